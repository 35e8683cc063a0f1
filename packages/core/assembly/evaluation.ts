import { Source } from './layout';
import { lower, upper } from './listed-blocks';
import { multiplyAdd } from './multiply-add';
import { rowOf } from './sample';
import { chunkOf } from './staging';
import { paddedLength, sumLanesOf4 } from './vector';

// What a network computes for many samples without learning: products of matrices, in tiles of four samples and two rows of
// weights whose sums stay in registers, over the chunks of four columns that a list names. A sample's numbers do not depend on
// which others it is computed with. Vectors are float32, padded to a multiple of four; weights are row-major, with an even number
// of rows.

/** Samples of one tile. */
const tileSamples: i32 = 4;

/**
 * Four samples' chunks times two rows of weights, `bytes` each: the sums of each row, one a lane. `chunks` says where each of
 * `count` chunks begins in a row. `gap` is the distance from one sample's chunk to the next one's, `step` that to the sample's
 * next chunk: constants where this is inlined.
 */
@inline
function tile(
  inputs: usize,
  gap: usize,
  step: usize,
  chunks: usize,
  count: i32,
  weights: usize,
  bytes: usize,
  row: usize,
  output: usize,
  outputBytes: usize,
): void {
  const other = weights + bytes;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  for (const end = chunks + (<usize>count << 2); chunks < end; chunks += 4) {
    const at = <usize>load<i32>(chunks);
    const w = v128.load(weights + at);
    const v = v128.load(other + at);
    let x = v128.load(inputs);
    s0 = multiplyAdd(s0, w, x);
    t0 = multiplyAdd(t0, v, x);
    x = v128.load(inputs + gap);
    s1 = multiplyAdd(s1, w, x);
    t1 = multiplyAdd(t1, v, x);
    x = v128.load(inputs + 2 * gap);
    s2 = multiplyAdd(s2, w, x);
    t2 = multiplyAdd(t2, v, x);
    x = v128.load(inputs + 3 * gap);
    s3 = multiplyAdd(s3, w, x);
    t3 = multiplyAdd(t3, v, x);
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

/**
 * outputs = W inputs for `count` vectors, a multiple of four, that follow each other; `chunks` is room for an int32 number a
 * chunk.
 */
export function multiplyVectors(
  inputs: usize,
  count: i32,
  weights: usize,
  rows: i32,
  columns: i32,
  chunks: usize,
  outputs: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const outputBytes = <usize>paddedLength(rows) << 2;
  const chunkCount = <i32>(bytes >> 4);
  for (let chunk = 0; chunk < chunkCount; chunk++) store<i32>(chunks + (<usize>chunk << 2), chunk << 4);
  for (let sample = 0; sample < count; sample += tileSamples) {
    let pair = weights;
    for (let row = 0; row < rows; row += 2) {
      tile(inputs, bytes, 16, chunks, chunkCount, pair, bytes, <usize>row << 2, outputs, outputBytes);
      pair += 2 * bytes;
    }
    inputs += tileSamples * bytes;
    outputs += tileSamples * outputBytes;
  }
}

/**
 * outputs = W x for samples first … first + count − 1 of the source, where there is room for a multiple of four outputs. `sums`
 * are those of W's rows, float64; `staged` is room for the chunks of a tile, and `chunks` for an int32 number a chunk.
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
  chunks: usize,
  outputs: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const outputBytes = <usize>paddedLength(rows) << 2;
  const offset = source.offset;
  for (let sample = 0; sample < count; sample += tileSamples) {
    const from = first + sample;
    const last = first + count - 1;
    const found =
      source.elementBytes == 1
        ? stageTile<u8>(source, from, last, columns, staged, chunks)
        : stageTile<f32>(source, from, last, columns, staged, chunks);
    let pair = weights;
    for (let row = 0; row < rows; row += 2) {
      tile(staged, 16, 64, chunks, found, pair, bytes, <usize>row << 2, outputs, outputBytes);
      pair += 2 * bytes;
    }
    for (let i = 0; i < min(tileSamples, count - sample); i++) {
      const scale = load<f64>(source.records + (<usize>(from + i) << 5));
      for (let row = 0; row < rows; row++) {
        const at = outputs + (<usize>row << 2);
        store<f32>(at, <f32>(scale * <f64>load<f32>(at) + offset * load<f64>(sums + (<usize>row << 3))));
      }
      outputs += outputBytes;
    }
  }
}

/**
 * Stages the raw inputs of four samples from `first` on (of none beyond the last) as float32, chunk by chunk of each, but for
 * chunks in which all are zero; lists where the chunks begin in a row of weights, and returns how many they are.
 */
function stageTile<T>(source: Source, first: i32, last: i32, columns: i32, staged: usize, chunks: usize): i32 {
  const a = source.inputs + <usize>first * source.inputStride;
  const b = source.inputs + <usize>min(first + 1, last) * source.inputStride;
  const c = source.inputs + <usize>min(first + 2, last) * source.inputStride;
  const d = source.inputs + <usize>min(first + 3, last) * source.inputStride;
  let count = 0;
  let column = 0;
  if (sizeof<T>() == 1) {
    for (; column + 16 <= columns; column += 16) {
      const p = v128.load(a + column);
      const q = v128.load(b + column);
      const r = v128.load(c + column);
      const s = v128.load(d + column);
      const any = v128.or(v128.or(p, q), v128.or(r, s));
      if (!v128.any_true(any)) continue;
      let p8 = i16x8.extend_low_i8x16_u(p);
      let q8 = i16x8.extend_low_i8x16_u(q);
      let r8 = i16x8.extend_low_i8x16_u(r);
      let s8 = i16x8.extend_low_i8x16_u(s);
      stageChunk(staged, chunks, count, column, lower(p8), lower(q8), lower(r8), lower(s8));
      count += i32(i32x4.extract_lane(any, 0) != 0);
      stageChunk(staged, chunks, count, column + 4, upper(p8), upper(q8), upper(r8), upper(s8));
      count += i32(i32x4.extract_lane(any, 1) != 0);
      p8 = i16x8.extend_high_i8x16_u(p);
      q8 = i16x8.extend_high_i8x16_u(q);
      r8 = i16x8.extend_high_i8x16_u(r);
      s8 = i16x8.extend_high_i8x16_u(s);
      stageChunk(staged, chunks, count, column + 8, lower(p8), lower(q8), lower(r8), lower(s8));
      count += i32(i32x4.extract_lane(any, 2) != 0);
      stageChunk(staged, chunks, count, column + 12, upper(p8), upper(q8), upper(r8), upper(s8));
      count += i32(i32x4.extract_lane(any, 3) != 0);
    }
  }
  for (; column < columns; column += 4) {
    const at = <usize>column * sizeof<T>();
    const rest = columns - column;
    const p = chunkOf<T>(a + at, rest);
    const q = chunkOf<T>(b + at, rest);
    const r = chunkOf<T>(c + at, rest);
    const s = chunkOf<T>(d + at, rest);
    stageChunk(staged, chunks, count, column, p, q, r, s);
    count += i32(v128.any_true(v128.or(v128.or(p, q), v128.or(r, s))));
  }
  return count;
}

/** Writes four samples' chunk and where it begins; what is written next takes its place unless it is counted. */
@inline
function stageChunk(staged: usize, chunks: usize, number: i32, column: i32, p: v128, q: v128, r: v128, s: v128): void {
  const to = staged + (<usize>number << 6);
  v128.store(to, p);
  v128.store(to, q, 16);
  v128.store(to, r, 32);
  v128.store(to, s, 48);
  store<i32>(chunks + (<usize>number << 2), column << 2);
}

/** total + Σ ‖label − output‖² over samples first … first + count − 1, whose outputs follow each other. */
export function squaredDistance(source: Source, first: i32, count: i32, outputs: usize, labels: i32, total: f64): f64 {
  for (let sample = first; sample < first + count; sample++) {
    const target = source.targets + <usize>rowOf(source, sample) * source.labelStride;
    for (let j = 0; j < labels; j++) {
      const at = <usize>j << 2;
      const difference = <f64>load<f32>(target + at) - <f64>load<f32>(outputs + at);
      total += difference * difference;
    }
    outputs += <usize>paddedLength(labels) << 2;
  }
  return total;
}
