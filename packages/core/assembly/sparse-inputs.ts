import { addToListedRows, sumListedRows } from './listed-rows';
import { multiplyAdd } from './multiply-add';
import { entriesByInput, entriesBySample, entryBytes, partsOf, startsOfInputs, transposeLists } from './sparse-lists';
import { Sum } from './sums';
import { paddedLength } from './vector';
import { wideBytes } from './wide-rows';

// Synapses from inputs of which many are zero, for a block of samples: only what is not zero is read, from lists that are made once
// a block (sparse-lists.ts). Weights are transposed: row j, padded as rows of matrices are, belongs to input j, and has a number a unit. What comes
// out has the bits of the products of matrices with all inputs (matrix-products.ts): zeros add nothing to a sum.

/** Bytes of the units that are computed at once. */
const stripBytes: usize = 192;
/** About how much of the deltas is used again and again before the next units are computed: the first cache holds it. */
const cachedBytes: usize = 32768;

/** out_s = Σ_j x_sj W_j over the listed inputs j, one after the other; W_j is the row of input j. */
export function driveSparse(lists: usize, count: i32, inputs: i32, weights: usize, units: i32, outputs: usize): void {
  const bytes = <usize>paddedLength(units) << 2;
  if (count == 1 && bytes >= wideBytes) {
    sumListedRows(entriesBySample(lists, 1, inputs), endOfSample(lists, inputs), weights, bytes, outputs);
    return;
  }
  let unit: usize = 0;
  for (; unit + stripBytes <= bytes; unit += stripBytes) {
    driveStrip(12, lists, count, inputs, weights + unit, bytes, outputs + unit);
  }
  while (unit < bytes) {
    const width = strip(bytes - unit);
    if (width == 128) driveStrip(8, lists, count, inputs, weights + unit, bytes, outputs + unit);
    else if (width == 64) driveStrip(4, lists, count, inputs, weights + unit, bytes, outputs + unit);
    else if (width == 32) driveStrip(2, lists, count, inputs, weights + unit, bytes, outputs + unit);
    else driveStrip(1, lists, count, inputs, weights + unit, bytes, outputs + unit);
    unit += width;
  }
}

/**
 * The same for a strip of `width` vectors of units, a constant where this is inlined, in parts of the inputs whose weights stay in the
 * first cache.
 */
@inline
function driveStrip(width: i32, lists: usize, count: i32, inputs: i32, weights: usize, bytes: usize, output: usize): void {
  const parts = partsOf(inputs);
  const entries = entriesBySample(lists, count, inputs);
  for (let part = 0; part < parts; part++) {
    let ends = lists + (<usize>part << 2);
    let to = output;
    for (let s = 0; s < count; s++) {
      const start = load<u32>(ends);
      const length = load<u32>(ends, 4) - start;
      const first = entries + <usize>start * entryBytes;
      if (part == 0) sumStrip(width, Sum.Begins, first, length, weights, bytes, to);
      else if (length) sumStrip(width, Sum.GoesOn, first, length, weights, bytes, to);
      ends += <usize>parts << 2;
      to += bytes;
    }
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
  sumSparse(Sum.IsAdded, lists, count, inputs, deltas, factor, target, units);
}

/** The same, each sample being added to what was summed of those before: a sum over several blocks has the bits of one over all. */
export function continueSparse(
  lists: usize,
  count: i32,
  inputs: i32,
  deltas: usize,
  factor: f64,
  target: usize,
  units: i32,
): void {
  sumSparse(Sum.GoesOn, lists, count, inputs, deltas, factor, target, units);
}

/** Either of them: `sum` is a constant where this is inlined. */
@inline
function sumSparse(
  sum: Sum,
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
    addToListedRows(entriesBySample(lists, 1, inputs), endOfSample(lists, inputs), <f32>factor, target, bytes, deltas);
    return;
  }
  transposeLists(lists, count, inputs, <f32>factor);
  const entries = entriesByInput(lists, count, inputs);
  const starts = startsOfInputs(lists, count, inputs);
  const groupBytes = max(stripBytes, stripBytes * (cachedBytes / (<usize>count * stripBytes)));
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
          sumStrip(12, sum, entry, length, deltas + unit, bytes, row + unit);
        }
        while (unit < end) {
          const width = strip(end - unit);
          if (width == 128) sumStrip(8, sum, entry, length, deltas + unit, bytes, row + unit);
          else if (width == 64) sumStrip(4, sum, entry, length, deltas + unit, bytes, row + unit);
          else if (width == 32) sumStrip(2, sum, entry, length, deltas + unit, bytes, row + unit);
          else sumStrip(1, sum, entry, length, deltas + unit, bytes, row + unit);
          unit += width;
        }
      }
      row += bytes;
    }
  }
}

/** Where the list of a single sample ends. */
@inline
function endOfSample(lists: usize, inputs: i32): usize {
  return entriesBySample(lists, 1, inputs) + <usize>load<u32>(lists + (<usize>partsOf(inputs) << 2)) * entryBytes;
}

/** The largest strip smaller than a whole one that so many bytes have. */
@inline
function strip(bytes: usize): usize {
  return bytes >= 128 ? 128 : bytes >= 64 ? 64 : bytes >= 32 ? 32 : 16;
}

/**
 * Σ value · row over the entries of a list, for a strip of `width` vectors; it and `sum` are constants where this is inlined. Everything is
 * read before anything is stored: only then can an engine join pairs of stores, and so of sums.
 */
@inline
function sumStrip(width: i32, sum: Sum, entry: usize, length: u32, rows: usize, bytes: usize, out: usize): void {
  const goesOn = sum == Sum.GoesOn;
  let s0 = goesOn ? v128.load(out) : f32x4.splat(0);
  let s1 = goesOn && width > 1 ? v128.load(out, 16) : f32x4.splat(0);
  let s2 = goesOn && width > 2 ? v128.load(out, 32) : f32x4.splat(0);
  let s3 = goesOn && width > 2 ? v128.load(out, 48) : f32x4.splat(0);
  let s4 = goesOn && width > 4 ? v128.load(out, 64) : f32x4.splat(0);
  let s5 = goesOn && width > 4 ? v128.load(out, 80) : f32x4.splat(0);
  let s6 = goesOn && width > 4 ? v128.load(out, 96) : f32x4.splat(0);
  let s7 = goesOn && width > 4 ? v128.load(out, 112) : f32x4.splat(0);
  let s8 = goesOn && width > 8 ? v128.load(out, 128) : f32x4.splat(0);
  let s9 = goesOn && width > 8 ? v128.load(out, 144) : f32x4.splat(0);
  let s10 = goesOn && width > 8 ? v128.load(out, 160) : f32x4.splat(0);
  let s11 = goesOn && width > 8 ? v128.load(out, 176) : f32x4.splat(0);
  for (const end = entry + <usize>length * entryBytes; entry < end; entry += entryBytes) {
    const row = rows + <usize>load<u32>(entry) * bytes;
    const x = v128.load32_splat(entry, 4);
    s0 = multiplyAdd(s0, v128.load(row), x);
    if (width > 1) s1 = multiplyAdd(s1, v128.load(row, 16), x);
    if (width > 2) {
      s2 = multiplyAdd(s2, v128.load(row, 32), x);
      s3 = multiplyAdd(s3, v128.load(row, 48), x);
    }
    if (width > 4) {
      s4 = multiplyAdd(s4, v128.load(row, 64), x);
      s5 = multiplyAdd(s5, v128.load(row, 80), x);
      s6 = multiplyAdd(s6, v128.load(row, 96), x);
      s7 = multiplyAdd(s7, v128.load(row, 112), x);
    }
    if (width > 8) {
      s8 = multiplyAdd(s8, v128.load(row, 128), x);
      s9 = multiplyAdd(s9, v128.load(row, 144), x);
      s10 = multiplyAdd(s10, v128.load(row, 160), x);
      s11 = multiplyAdd(s11, v128.load(row, 176), x);
    }
  }
  if (sum == Sum.IsAdded) {
    s0 = f32x4.add(v128.load(out), s0);
    if (width > 1) s1 = f32x4.add(v128.load(out, 16), s1);
    if (width > 2) {
      s2 = f32x4.add(v128.load(out, 32), s2);
      s3 = f32x4.add(v128.load(out, 48), s3);
    }
    if (width > 4) {
      s4 = f32x4.add(v128.load(out, 64), s4);
      s5 = f32x4.add(v128.load(out, 80), s5);
      s6 = f32x4.add(v128.load(out, 96), s6);
      s7 = f32x4.add(v128.load(out, 112), s7);
    }
    if (width > 8) {
      s8 = f32x4.add(v128.load(out, 128), s8);
      s9 = f32x4.add(v128.load(out, 144), s9);
      s10 = f32x4.add(v128.load(out, 160), s10);
      s11 = f32x4.add(v128.load(out, 176), s11);
    }
  }
  v128.store(out, s0);
  if (width > 1) v128.store(out, s1, 16);
  if (width > 2) {
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  if (width > 4) {
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
  }
  if (width > 8) {
    v128.store(out, s8, 128);
    v128.store(out, s9, 144);
    v128.store(out, s10, 160);
    v128.store(out, s11, 176);
  }
}
