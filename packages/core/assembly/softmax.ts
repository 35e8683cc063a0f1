import { exponential } from './exponential';
import { lastLanes } from './functions';

// What pools the cells of each vector: `count` vectors of `size` float32 numbers, one every `stride` numbers, a multiple of four.
// Padding gets zeros. Numbers of each class modulo four are summed one after the other, then the four sums.

/** The sum of the four lanes, (0 + 2) + (1 + 3), in all of them. */
@inline
function sumInAllLanes(v: v128): v128 {
  const halves = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.add(halves, v128.shuffle<f32>(halves, halves, 1, 0, 3, 2));
}

@inline
function largestInAllLanes(v: v128): v128 {
  const halves = f32x4.max(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.max(halves, v128.shuffle<f32>(halves, halves, 1, 0, 3, 2));
}

/** out = exp(u − max u) / Σ exp(u − max u). */
export function softmax(input: usize, output: usize, count: i32, size: i32, stride: i32): void {
  const mask = lastLanes(size);
  const bytes = <usize>stride << 2;
  const last = bytes - 16;
  for (let s = 0; s < count; s++) {
    let largest = v128.bitselect(v128.load(input + last), f32x4.splat(-Infinity), mask);
    for (let at: usize = 0; at < last; at += 16) largest = f32x4.max(largest, v128.load(input + at));
    largest = largestInAllLanes(largest);
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      let e = exponential(f32x4.sub(v128.load(input + at), largest));
      if (at == last) e = v128.and(e, mask);
      sum = f32x4.add(sum, e);
      v128.store(output + at, e);
    }
    sum = sumInAllLanes(sum);
    for (let at: usize = 0; at < bytes; at += 16) v128.store(output + at, f32x4.div(v128.load(output + at), sum));
    input += bytes;
    output += bytes;
  }
}

/** Every cell of out_s gets the sum over the cells of in_s. */
export function pooledSum(input: usize, output: usize, count: i32, size: i32, stride: i32): void {
  const mask = lastLanes(size);
  const bytes = <usize>stride << 2;
  const last = bytes - 16;
  for (let s = 0; s < count; s++) {
    let sum = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) sum = f32x4.add(sum, v128.load(input + at));
    sum = sumInAllLanes(sum);
    for (let at: usize = 0; at < last; at += 16) v128.store(output + at, sum);
    v128.store(output + last, v128.and(sum, mask));
    input += bytes;
    output += bytes;
  }
}
