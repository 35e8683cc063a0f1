import { multiplyAdd } from './multiply-add';
import { Sum } from './sums';

// Products of matrices that have one column, as biases are: each of their rows is filled up with three zeros, which are left out. The bits are those
// of matrix-products.ts and outer-products.ts. `numbers` is room for a number a row.

/** out_s = w x_s for each of `count` samples, one number of every four at `inputs`; a vector out_s takes so many bytes. */
export function multiplyColumn(weights: usize, inputs: usize, count: i32, outputs: usize, bytes: usize, numbers: usize): void {
  gather(weights, numbers, bytes);
  for (let s = 0; s < count; s++) {
    const x = v128.load32_splat(inputs);
    for (let at: usize = 0; at < bytes; at += 16) {
      // A sum begins with 0, and is never −0.
      v128.store(outputs + at, f32x4.add(f32x4.splat(0), f32x4.mul(v128.load(numbers + at), x)));
    }
    inputs += 16;
    outputs += bytes;
  }
}

/** target += Σ_s (factor left_s) right_s, or what else `sum` says, a constant where this is inlined: one number of every four at `rights`. */
@inline
export function sumColumn(
  sum: Sum,
  target: usize,
  lefts: usize,
  bytes: usize,
  rights: usize,
  count: i32,
  factor: f32,
  numbers: usize,
): void {
  if (sum == Sum.GoesOn) gather(target, numbers, bytes);
  else memory.fill(numbers, 0, bytes);
  const factors = f32x4.splat(factor);
  for (let s = 0; s < count; s++) {
    const right = v128.load32_splat(rights);
    for (let at: usize = 0; at < bytes; at += 16) {
      const left = f32x4.mul(factors, v128.load(lefts + at));
      v128.store(numbers + at, multiplyAdd(v128.load(numbers + at), left, right));
    }
    lefts += bytes;
    rights += 16;
  }
  for (const end = numbers + bytes; numbers < end; numbers += 4) {
    const before = sum == Sum.GoesOn ? <f32>0 : load<f32>(target);
    store<f32>(target, before + load<f32>(numbers));
    target += 16;
  }
}

/** The one column of a matrix, its numbers side by side: so many bytes. */
function gather(matrix: usize, numbers: usize, bytes: usize): void {
  for (const end = numbers + bytes; numbers < end; numbers += 4) {
    store<f32>(numbers, load<f32>(matrix));
    matrix += 16;
  }
}
