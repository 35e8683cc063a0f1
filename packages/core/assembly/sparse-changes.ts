import { addToListedRows } from './listed-rows';
import {
  endOfSample,
  entriesByInput,
  entriesBySample,
  entryBytes,
  roomForStrip,
  startsOfInputs,
  transposeLists,
} from './sparse-lists';
import { stripBytes, sumStrip } from './sparse-strips';
import { Sum } from './sums';
import { copy, paddedLength } from './vector';

// What synapses from inputs of which many are zero learn from a block of samples; weights lie as in sparse-inputs.ts.

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
  const packed = roomForStrip(lists, count, inputs);
  let width: usize = 0;
  for (let unit: usize = 0; unit < bytes; unit += width) {
    const rest = bytes - unit;
    width = rest > 128 ? stripBytes() : 128;
    const length = min(width, rest);
    packStrip(deltas + unit, bytes, count, length, width, packed);
    const row = target + unit;
    if (sum == Sum.GoesOn) {
      if (width == 256) continueSixteen(lists, count, inputs, packed, row, bytes, length);
      else if (width == 192) continueTwelve(lists, count, inputs, packed, row, bytes, length);
      else continueEight(lists, count, inputs, packed, row, bytes, length);
    } else {
      if (width == 256) addSixteen(lists, count, inputs, packed, row, bytes, length);
      else if (width == 192) addTwelve(lists, count, inputs, packed, row, bytes, length);
      else addEight(lists, count, inputs, packed, row, bytes, length);
    }
  }
}

/** So many bytes of each vector, filled up with zeros to the strip's width, one after the other: the first cache then holds them. */
function packStrip(vectors: usize, bytes: usize, count: i32, length: usize, width: usize, to: usize): void {
  for (let s = 0; s < count; s++) {
    for (let at: usize = 0; at < width; at += 16) {
      v128.store(to + at, at < length ? v128.load(vectors + at) : f32x4.splat(0));
    }
    vectors += bytes;
    to += width;
  }
}

// A function a width: in one function, the compiler would make one loop of theirs, which asks for the width again and again.

function addSixteen(lists: usize, count: i32, inputs: i32, packed: usize, row: usize, bytes: usize, length: usize): void {
  learnStrip(16, Sum.IsAdded, lists, count, inputs, packed, row, bytes, length);
}

function addTwelve(lists: usize, count: i32, inputs: i32, packed: usize, row: usize, bytes: usize, length: usize): void {
  learnStrip(12, Sum.IsAdded, lists, count, inputs, packed, row, bytes, length);
}

function addEight(lists: usize, count: i32, inputs: i32, packed: usize, row: usize, bytes: usize, length: usize): void {
  learnStrip(8, Sum.IsAdded, lists, count, inputs, packed, row, bytes, length);
}

function continueSixteen(lists: usize, count: i32, inputs: i32, packed: usize, row: usize, bytes: usize, length: usize): void {
  learnStrip(16, Sum.GoesOn, lists, count, inputs, packed, row, bytes, length);
}

function continueTwelve(lists: usize, count: i32, inputs: i32, packed: usize, row: usize, bytes: usize, length: usize): void {
  learnStrip(12, Sum.GoesOn, lists, count, inputs, packed, row, bytes, length);
}

function continueEight(lists: usize, count: i32, inputs: i32, packed: usize, row: usize, bytes: usize, length: usize): void {
  learnStrip(8, Sum.GoesOn, lists, count, inputs, packed, row, bytes, length);
}

/**
 * The sums over all inputs' lists for a strip of `width` vectors of units, of which so many bytes are there; it and `sum` are constants where this
 * is inlined.
 */
@inline
function learnStrip(
  width: i32,
  sum: Sum,
  lists: usize,
  count: i32,
  inputs: i32,
  packed: usize,
  row: usize,
  bytes: usize,
  length: usize,
): void {
  const whole = <usize>width << 4;
  const entries = entriesByInput(lists, count, inputs);
  let starts = startsOfInputs(lists, count, inputs);
  // Of a strip that is not whole, sums are elsewhere, as they are longer than the row.
  const sums = packed + <usize>count * whole;
  for (let j = 0; j < inputs; j++) {
    const start = load<u32>(starts);
    const entriesOfInput = load<u32>(starts, 4) - start;
    starts += 4;
    if (entriesOfInput) {
      const out = length == whole ? row : sums;
      if (out != row) copy(row, out, <i32>(length >> 2));
      sumStrip(width, sum, entries + <usize>start * entryBytes, entriesOfInput, packed, whole, out);
      if (out != row) copy(out, row, <i32>(length >> 2));
    }
    row += bytes;
  }
}
