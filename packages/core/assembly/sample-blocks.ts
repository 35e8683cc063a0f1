import { Source } from './layout';
import { rowOf } from './sample';
import { chunkOf } from './staging';

// Samples as blocks of vectors: those at positions first … first + count − 1 of a source's order, as float32 vectors that follow
// each other, padded with zeros to a multiple of four numbers.

/** The number of the sample at a position of the source's order. */
@inline
export function numberAt(source: Source, position: i32): i32 {
  return source.order ? load<i32>(source.order + (<usize>position << 2)) : position;
}

/** Where the raw input of a sample lies, by its number. */
@inline
export function inputOf(source: Source, number: i32): usize {
  return source.inputs + <usize>number * source.inputStride;
}

/** The factor of a sample's raw input, by its number. */
@inline
export function scaleOf(source: Source, number: i32): f64 {
  return load<f64>(source.records + (<usize>number << 5));
}

/** Whether a sample's raw input is what it stands for: float32, neither scaled nor shifted. */
@inline
export function isAsItLies(source: Source, number: i32): bool {
  return source.elementBytes == 4 && source.offset == 0 && scaleOf(source, number) == 1;
}

/** Where the label of a sample lies, by its number: by its class, where there are classes. */
@inline
function labelOf(source: Source, number: i32): usize {
  return source.targets + <usize>rowOf(source, number) * source.labelStride;
}

/** out_s = scale_s raw_s + offset 1: `inputs` numbers, each computed in float64 and rounded. */
export function loadInputs(source: Source, first: i32, count: i32, inputs: i32, outputs: usize): void {
  if (source.elementBytes == 1) loadVectors<u8>(source, first, count, inputs, outputs);
  else loadVectors<f32>(source, first, count, inputs, outputs);
}

@inline
function loadVectors<T>(source: Source, first: i32, count: i32, inputs: i32, output: usize): void {
  const offset = f64x2.splat(source.offset);
  for (let position = first; position < first + count; position++) {
    const number = numberAt(source, position);
    const scale = f64x2.splat(scaleOf(source, number));
    let raw = inputOf(source, number);
    if (isAsItLies(source, number)) {
      copyNumbers(raw, inputs, output);
      output += <usize>((inputs + 3) & ~3) << 2;
      continue;
    }
    for (let rest = inputs; rest > 0; rest -= 4) {
      let chunk: v128;
      if (sizeof<T>() == 1 && rest >= 4) {
        const pairs = i16x8.extend_low_i8x16_u(v128.load32_zero(raw));
        chunk = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(pairs));
      } else {
        chunk = chunkOf<T>(raw, rest);
      }
      const low = f64x2.add(f64x2.mul(scale, f64x2.promote_low_f32x4(chunk)), offset);
      const upper = f64x2.promote_low_f32x4(v128.shuffle<f64>(chunk, chunk, 1, 1));
      const high = f64x2.add(f64x2.mul(scale, upper), offset);
      let x = v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
      if (rest < 4) x = v128.and(x, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest)));
      v128.store(output, x);
      raw += 4 * sizeof<T>();
      output += 16;
    }
  }
}

/** Numbers as they are, padded with zeros; −0 is 0. */
@inline
function copyNumbers(raw: usize, count: i32, output: usize): void {
  const zero = f32x4.splat(0);
  for (const end = raw + (<usize>(count & ~3) << 2); raw < end; raw += 16) {
    v128.store(output, f32x4.add(v128.load(raw), zero));
    output += 16;
  }
  if (count & 3) v128.store(output, f32x4.add(chunkOf<f32>(raw, count & 3), zero));
}

/** out_s = y_s: `labels` numbers. */
export function loadTargets(source: Source, first: i32, count: i32, labels: i32, outputs: usize): void {
  for (let position = first; position < first + count; position++) {
    const label = labelOf(source, numberAt(source, position));
    for (let j = 0; j < labels; j += 4) {
      v128.store(outputs, chunkOf<f32>(label + (<usize>j << 2), labels - j));
      outputs += 16;
    }
  }
}
