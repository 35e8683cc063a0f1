import { Source } from './layout';
import { inputOf, numberAt, scaleOf } from './sample-blocks';
import { addScaled, paddedLength } from './vector';

// Synapses from inputs of which many are zero, for a block of samples: only what is not zero is read, from lists that are made once
// a block. Weights are transposed: row j, padded as rows of matrices are, belongs to input j, and has a number a unit. What comes
// out has the bits of the products of matrices with all inputs (matrix-products.ts): zeros add nothing to a sum.
//
// Lists of a block of `count` samples with `inputs` numbers:
//   count × uint32, to a multiple of 16 bytes   how many numbers of each sample are not zero
//   count × inputs × (uint32, float32)          of sample s from entry s · inputs on: the input j, and x_sj
//   the same again, input after input: the sample s, and factor x_sj
//   (inputs + 1) × uint32                       where the entries of each input begin there

/** Bytes of an entry of a list. */
const entryBytes: usize = 8;
/** Bytes of the units that are computed at once. */
const stripBytes: usize = 128;
/** About how much of the deltas is used again and again before the next units are computed: the first cache holds it. */
const cachedBytes: usize = 32768;

@inline
function entriesBySample(lists: usize, count: i32): usize {
  return lists + ((((<usize>count) << 2) + 15) & ~15);
}

@inline
function entriesByInput(lists: usize, count: i32, inputs: i32): usize {
  return entriesBySample(lists, count) + <usize>count * <usize>inputs * entryBytes;
}

@inline
function startsOfInputs(lists: usize, count: i32, inputs: i32): usize {
  return entriesByInput(lists, count, inputs) + <usize>count * <usize>inputs * entryBytes;
}

/** How many bytes the lists of a block take. */
export function sparseListBytes(count: i32, inputs: i32): usize {
  return startsOfInputs(0, count, inputs) + (<usize>(inputs + 1) << 2);
}

/** Lists, for samples first … first + count − 1 of the source's order, the inputs x_j = scale raw_j that are not zero. The source has offset 0. */
export function listInputs(source: Source, first: i32, count: i32, inputs: i32, lists: usize): void {
  let entry = entriesBySample(lists, count);
  for (let s = 0; s < count; s++) {
    const number = numberAt(source, first + s);
    const raw = inputOf(source, number);
    const scale = scaleOf(source, number);
    const end =
      source.elementBytes == 1 ? listBytes(raw, inputs, scale, entry) : listFloats(raw, inputs, scale, entry);
    store<u32>(lists + (<usize>s << 2), <u32>((end - entry) / entryBytes));
    entry += <usize>inputs * entryBytes;
  }
}

/** Writes the entries of one sample; returns where they end. */
function listBytes(raw: usize, inputs: i32, scale: f64, entry: usize): usize {
  let j = 0;
  for (; j + 4 <= inputs; j += 4) {
    const four = load<u32>(raw + <usize>j);
    if (four == 0) continue;
    // What is zero is written, too, and the next one in its place.
    entry = list(entry, j, <u8>four, scale);
    entry = list(entry, j + 1, <u8>(four >> 8), scale);
    entry = list(entry, j + 2, <u8>(four >> 16), scale);
    entry = list(entry, j + 3, <u8>(four >> 24), scale);
  }
  for (; j < inputs; j++) {
    const value = load<u8>(raw + <usize>j);
    if (value) entry = list(entry, j, value, scale);
  }
  return entry;
}

@inline
function list(entry: usize, j: i32, value: u8, scale: f64): usize {
  store<u32>(entry, j);
  store<f32>(entry, <f32>(scale * <f64>value), 4);
  return entry + select<usize>(entryBytes, 0, value != 0);
}

function listFloats(raw: usize, inputs: i32, scale: f64, entry: usize): usize {
  for (let j = 0; j < inputs; j++) {
    const value = load<f32>(raw + (<usize>j << 2));
    if (value == 0) continue;
    store<u32>(entry, j);
    store<f32>(entry, <f32>(scale * <f64>value), 4);
    entry += entryBytes;
  }
  return entry;
}

/** out_s = Σ_j x_sj W_j over the listed inputs j, one after the other; W_j is the row of input j. */
export function driveSparse(lists: usize, count: i32, inputs: i32, weights: usize, units: i32, outputs: usize): void {
  const bytes = <usize>paddedLength(units) << 2;
  const entries = entriesBySample(lists, count);
  let unit: usize = 0;
  for (; unit + stripBytes <= bytes; unit += stripBytes) {
    driveStrip(8, lists, entries, count, inputs, weights + unit, bytes, outputs + unit);
  }
  while (unit < bytes) {
    const width = strip(bytes - unit);
    if (width == 64) driveStrip(4, lists, entries, count, inputs, weights + unit, bytes, outputs + unit);
    else if (width == 32) driveStrip(2, lists, entries, count, inputs, weights + unit, bytes, outputs + unit);
    else driveStrip(1, lists, entries, count, inputs, weights + unit, bytes, outputs + unit);
    unit += width;
  }
}

/** The same for a strip of `width` vectors of units, a constant where this is inlined: its weights stay in the cache. */
@inline
function driveStrip(
  width: i32,
  lists: usize,
  entry: usize,
  count: i32,
  inputs: i32,
  weights: usize,
  bytes: usize,
  output: usize,
): void {
  for (let s = 0; s < count; s++) {
    sumStrip(width, false, entry, load<u32>(lists + (<usize>s << 2)), weights, bytes, output);
    entry += <usize>inputs * entryBytes;
    output += bytes;
  }
}

/** target_j += Σ_s (factor x_sj) delta_s over the samples in whose lists j is, one after the other; target_j is the row of input j. */
export function learnSparse(
  lists: usize,
  count: i32,
  inputs: i32,
  deltas: usize,
  factor: f64,
  target: usize,
  units: i32,
): void {
  const bytes = <usize>paddedLength(units) << 2;
  if (count == 1) {
    learnSample(entriesBySample(lists, 1), load<u32>(lists), deltas, <f32>factor, target, bytes);
    return;
  }
  transposeLists(lists, count, inputs, <f32>factor);
  const entries = entriesByInput(lists, count, inputs);
  const starts = startsOfInputs(lists, count, inputs);
  const groupBytes = max(stripBytes, (cachedBytes / <usize>count) & ~(stripBytes - 1));
  for (let group: usize = 0; group < bytes; group += groupBytes) {
    const end = min(group + groupBytes, bytes);
    let row = target;
    for (let j = 0; j < inputs; j++) {
      const start = load<u32>(starts + (<usize>j << 2));
      const length = load<u32>(starts + (<usize>j << 2), 4) - start;
      const entry = entries + <usize>start * entryBytes;
      if (length) {
        let unit = group;
        for (; unit + stripBytes <= end; unit += stripBytes) {
          sumStrip(8, true, entry, length, deltas + unit, bytes, row + unit);
        }
        while (unit < end) {
          const width = strip(end - unit);
          if (width == 64) sumStrip(4, true, entry, length, deltas + unit, bytes, row + unit);
          else if (width == 32) sumStrip(2, true, entry, length, deltas + unit, bytes, row + unit);
          else sumStrip(1, true, entry, length, deltas + unit, bytes, row + unit);
          unit += width;
        }
      }
      row += bytes;
    }
  }
}

/** The same for one sample, row by row. */
function learnSample(entry: usize, length: u32, delta: usize, factor: f32, target: usize, bytes: usize): void {
  for (const end = entry + <usize>length * entryBytes; entry < end; entry += entryBytes) {
    addScaled(target + <usize>load<u32>(entry) * bytes, factor * load<f32>(entry, 4), delta, bytes);
  }
}

/** The largest strip smaller than a whole one that so many bytes have. */
@inline
function strip(bytes: usize): usize {
  return bytes >= 64 ? 64 : bytes >= 32 ? 32 : 16;
}

/** Σ value · row over the entries of a list, for a strip of `width` vectors (a constant where this is inlined): `out` gets it, or has it added. */
@inline
function sumStrip(width: i32, isAdded: bool, entry: usize, length: u32, rows: usize, bytes: usize, out: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (const end = entry + <usize>length * entryBytes; entry < end; entry += entryBytes) {
    const row = rows + <usize>load<u32>(entry) * bytes;
    const x = v128.load32_splat(entry, 4);
    s0 = f32x4.add(s0, f32x4.mul(v128.load(row), x));
    if (width > 1) s1 = f32x4.add(s1, f32x4.mul(v128.load(row, 16), x));
    if (width > 2) {
      s2 = f32x4.add(s2, f32x4.mul(v128.load(row, 32), x));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(row, 48), x));
    }
    if (width > 4) {
      s4 = f32x4.add(s4, f32x4.mul(v128.load(row, 64), x));
      s5 = f32x4.add(s5, f32x4.mul(v128.load(row, 80), x));
      s6 = f32x4.add(s6, f32x4.mul(v128.load(row, 96), x));
      s7 = f32x4.add(s7, f32x4.mul(v128.load(row, 112), x));
    }
  }
  v128.store(out, isAdded ? f32x4.add(v128.load(out), s0) : s0);
  if (width > 1) v128.store(out, isAdded ? f32x4.add(v128.load(out, 16), s1) : s1, 16);
  if (width > 2) {
    v128.store(out, isAdded ? f32x4.add(v128.load(out, 32), s2) : s2, 32);
    v128.store(out, isAdded ? f32x4.add(v128.load(out, 48), s3) : s3, 48);
  }
  if (width > 4) {
    v128.store(out, isAdded ? f32x4.add(v128.load(out, 64), s4) : s4, 64);
    v128.store(out, isAdded ? f32x4.add(v128.load(out, 80), s5) : s5, 80);
    v128.store(out, isAdded ? f32x4.add(v128.load(out, 96), s6) : s6, 96);
    v128.store(out, isAdded ? f32x4.add(v128.load(out, 112), s7) : s7, 112);
  }
}

/** Makes the lists of inputs from those of samples, with values times the factor. */
function transposeLists(lists: usize, count: i32, inputs: i32, factor: f32): void {
  const from = entriesBySample(lists, count);
  const to = entriesByInput(lists, count, inputs);
  const starts = startsOfInputs(lists, count, inputs);
  memory.fill(starts, 0, <usize>(inputs + 1) << 2);
  const sampleBytes = <usize>inputs * entryBytes;
  for (let s = 0, first = from; s < count; s++, first += sampleBytes) {
    const end = first + <usize>load<u32>(lists + (<usize>s << 2)) * entryBytes;
    for (let entry = first; entry < end; entry += entryBytes) {
      const at = starts + (<usize>load<u32>(entry) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  // Where each input's entries end; the last place has where all do. Entries are then put from the last to the first.
  let total: u32 = 0;
  for (let j = 0; j <= inputs; j++) {
    const at = starts + (<usize>j << 2);
    total += load<u32>(at);
    store<u32>(at, total);
  }
  for (let s = count - 1; s >= 0; s--) {
    const first = from + <usize>s * sampleBytes;
    const end = first + <usize>load<u32>(lists + (<usize>s << 2)) * entryBytes;
    for (let entry = first; entry < end; entry += entryBytes) {
      const at = starts + (<usize>load<u32>(entry) << 2);
      const place = load<u32>(at) - 1;
      store<u32>(at, place);
      store<u32>(to + <usize>place * entryBytes, s);
      store<f32>(to + <usize>place * entryBytes, factor * load<f32>(entry, 4), 4);
    }
  }
}
