// One vector and a block of `count` vectors, all float32 of `stride` numbers, a multiple of four.

/** out_s = v. */
export function broadcast(v: usize, out: usize, count: i32, stride: i32): void {
  const bytes = <usize>stride << 2;
  for (let s = 0; s < count; s++) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(out + at, v128.load(v + at));
    out += bytes;
  }
}

/** out_s = in_s + v. */
export function addToEach(input: usize, v: usize, out: usize, count: i32, stride: i32): void {
  const bytes = <usize>stride << 2;
  for (let s = 0; s < count; s++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(out + at, f32x4.add(v128.load(input + at), v128.load(v + at)));
    }
    input += bytes;
    out += bytes;
  }
}

/**
 * out_s = in_s − m, where the running mean m of each cell (float64, `stride` numbers, zero in the padding) moves first:
 * m ← m + rate (Σ_s in_s / count − m). With rate 0 it stays.
 */
export function centre(input: usize, out: usize, count: i32, stride: i32, mean: usize, rate: f64): void {
  const bytes = <usize>stride << 2;
  const rates = f64x2.splat(rate);
  const counts = f64x2.splat(<f64>count);
  for (let at: usize = 0; at < bytes; at += 8) {
    const m = mean + 2 * at;
    if (rate != 0) {
      let sum = f64x2.splat(0);
      for (let s = 0, from = input + at; s < count; s++, from += bytes) {
        sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.load64_zero(from)));
      }
      const before = v128.load(m);
      v128.store(m, f64x2.add(before, f64x2.mul(rates, f64x2.sub(f64x2.div(sum, counts), before))));
    }
    const value = v128.load(m);
    for (let s: usize = 0; s < <usize>count; s++) {
      const from = f64x2.promote_low_f32x4(v128.load64_zero(input + s * bytes + at));
      v128.store64_lane(out + s * bytes + at, f32x4.demote_f64x2_zero(f64x2.sub(from, value)), 0);
    }
  }
}
