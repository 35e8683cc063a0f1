import { Source } from './layout';
import { paddedLength, sumLanesOf4 } from './vector';

// What a network computes for many samples without learning: products of matrices, in tiles of four samples and two rows of
// weights whose sums stay in registers. A sample's numbers do not depend on which others it is computed with. Vectors are
// float32, padded to a multiple of four; weights are row-major, with an even number of rows.

/** Samples of one tile. */
const tileSamples: i32 = 4;

/**
 * Four samples' vectors times two rows of weights, `bytes` each: the sums of each row, one a lane. `gap` is the distance from one
 * sample's number to the next one's, `step` that to the sample's next four: constants where this is inlined.
 */
@inline
function tile(
  inputs: usize,
  gap: usize,
  step: usize,
  weights: usize,
  bytes: usize,
  row: usize,
  output: usize,
  outputBytes: usize,
): void {
  let other = weights + bytes;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  for (const end = other; weights < end; weights += 16) {
    const w = v128.load(weights);
    const v = v128.load(other);
    let x = v128.load(inputs);
    s0 = f32x4.add(s0, f32x4.mul(w, x));
    t0 = f32x4.add(t0, f32x4.mul(v, x));
    x = v128.load(inputs + gap);
    s1 = f32x4.add(s1, f32x4.mul(w, x));
    t1 = f32x4.add(t1, f32x4.mul(v, x));
    x = v128.load(inputs + 2 * gap);
    s2 = f32x4.add(s2, f32x4.mul(w, x));
    t2 = f32x4.add(t2, f32x4.mul(v, x));
    x = v128.load(inputs + 3 * gap);
    s3 = f32x4.add(s3, f32x4.mul(w, x));
    t3 = f32x4.add(t3, f32x4.mul(v, x));
    other += 16;
    inputs += step;
  }
  const s = sumLanesOf4(s0, s1, s2, s3);
  const t = sumLanesOf4(t0, t1, t2, t3);
  let to = output + row;
  v128.store64_lane(to, v128.shuffle<f32>(s, t, 0, 4, 0, 4), 0);
  to += outputBytes;
  v128.store64_lane(to, v128.shuffle<f32>(s, t, 1, 5, 1, 5), 0);
  to += outputBytes;
  v128.store64_lane(to, v128.shuffle<f32>(s, t, 2, 6, 2, 6), 0);
  to += outputBytes;
  v128.store64_lane(to, v128.shuffle<f32>(s, t, 3, 7, 3, 7), 0);
}

/** outputs = W inputs for `count` vectors, a multiple of four, that follow each other. */
export function multiplyVectors(inputs: usize, count: i32, weights: usize, rows: i32, columns: i32, outputs: usize): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const outputBytes = <usize>paddedLength(rows) << 2;
  for (let sample = 0; sample < count; sample += tileSamples) {
    let pair = weights;
    for (let row = 0; row < rows; row += 2) {
      tile(inputs, bytes, 16, pair, bytes, <usize>row << 2, outputs, outputBytes);
      pair += 2 * bytes;
    }
    inputs += tileSamples * bytes;
    outputs += tileSamples * outputBytes;
  }
}

/**
 * outputs = W x for samples first … first + count − 1 of the source, where there is room for a multiple of four outputs. `sums`
 * are those of W's rows, float64, and `staged` is room for the inputs of a tile: four numbers of each sample in turns.
 */
export function multiplyInputs(
  source: Source,
  first: i32,
  count: i32,
  weights: usize,
  sums: usize,
  rows: i32,
  columns: i32,
  staged: usize,
  outputs: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const outputBytes = <usize>paddedLength(rows) << 2;
  const offset = source.offset;
  for (let sample = 0; sample < count; sample += tileSamples) {
    for (let i = 0; i < tileSamples; i++) {
      const raw = source.inputs + <usize>(first + min(sample + i, count - 1)) * source.inputStride;
      const to = staged + (<usize>i << 4);
      if (source.elementBytes == 1) convert<u8>(raw, columns, to);
      else convert<f32>(raw, columns, to);
    }
    let pair = weights;
    for (let row = 0; row < rows; row += 2) {
      tile(staged, 16, 64, pair, bytes, <usize>row << 2, outputs, outputBytes);
      pair += 2 * bytes;
    }
    for (let i = 0; i < min(tileSamples, count - sample); i++) {
      const scale = load<f64>(source.records + (<usize>(first + sample + i) << 5));
      for (let row = 0; row < rows; row++) {
        const at = outputs + (<usize>row << 2);
        store<f32>(at, <f32>(scale * <f64>load<f32>(at) + offset * load<f64>(sums + (<usize>row << 3))));
      }
      outputs += outputBytes;
    }
  }
}

/** A raw input as float32, its numbers four by four at every fourth vector. The padding beyond it is left as it is: zero. */
@inline
function convert<T>(raw: usize, columns: i32, to: usize): void {
  let column = 0;
  if (sizeof<T>() == 1) {
    for (; column + 8 <= columns; column += 8) {
      const bytes = v128.load8x8_u(raw + column);
      v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(bytes)));
      v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(bytes)), 64);
      to += 128;
    }
  }
  for (; column < columns; column++) {
    store<f32>(to, <f32>load<T>(raw + <usize>column * sizeof<T>()));
    to += column % 4 < 3 ? 4 : 4 + 48;
  }
}

/** Σ ‖label − output‖² over samples first … first + count − 1, whose outputs follow each other. */
export function squaredDistance(source: Source, first: i32, count: i32, outputs: usize, labels: i32): f64 {
  let total: f64 = 0;
  for (let sample = first; sample < first + count; sample++) {
    const row = source.classes ? <i32>load<u8>(source.classes + <usize>sample) : sample;
    const target = source.targets + <usize>row * source.labelStride;
    for (let j = 0; j < labels; j++) {
      const at = <usize>j << 2;
      const difference = <f64>load<f32>(target + at) - <f64>load<f32>(outputs + at);
      total += difference * difference;
    }
    outputs += <usize>paddedLength(labels) << 2;
  }
  return total;
}
