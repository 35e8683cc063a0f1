/**
 * sum + a b in each lane. The kernels are built twice: in one build the product is rounded before it is added, on every machine alike; in
 * the other, fused, only the sum is, which most processors do in one instruction (`fuses` tells).
 */
@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Whether a² − 1 − 2⁻¹¹ is not 0 for a = 1 + 2⁻¹²: it is 2⁻²⁴ where a² is not rounded. */
export function fuses(a: f32): bool {
  const factor = f32x4.splat(a);
  return f32x4.extract_lane(multiplyAdd(f32x4.splat(-1 - 2 ** -11), factor, factor), 0) != 0;
}
