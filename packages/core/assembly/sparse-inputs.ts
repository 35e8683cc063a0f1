import { sumListedRows } from './listed-rows';
import { endOfSample, entriesBySample, entryBytes, partsOf } from './sparse-lists';
import { stripBytes, sumStrip } from './sparse-strips';
import { Sum } from './sums';
import { paddedLength } from './vector';
import { wideBytes } from './wide-rows';

// What synapses from inputs of which many are zero drive, for a block of samples: only what is not zero is read, from lists that are made once
// a block (sparse-lists.ts). Weights are transposed: row j, padded as rows of matrices are, belongs to input j, and has a number a unit. What comes
// out has the bits of the products of matrices with all inputs (matrix-products.ts): zeros add nothing to a sum.

/** out_s = Σ_j x_sj W_j over the listed inputs j, one after the other; W_j is the row of input j. */
export function driveSparse(lists: usize, count: i32, inputs: i32, weights: usize, units: i32, outputs: usize): void {
  const bytes = <usize>paddedLength(units) << 2;
  if (count == 1 && bytes >= wideBytes) {
    sumListedRows(entriesBySample(lists, 1, inputs), endOfSample(lists, inputs), weights, bytes, outputs);
    return;
  }
  if (bytes < 128) {
    driveNarrow(lists, count, inputs, weights, bytes, outputs);
    return;
  }
  const whole = stripBytes();
  let unit: usize = 0;
  while (unit < bytes) {
    // The last strip ends where the units do: what it has in common with the one before comes to the same numbers.
    const width = bytes - unit > 128 && bytes >= whole ? whole : 128;
    const at = min(unit, bytes - width);
    if (width == 256) driveSixteen(lists, count, inputs, weights + at, bytes, outputs + at);
    else if (width == 192) driveTwelve(lists, count, inputs, weights + at, bytes, outputs + at);
    else driveEight(lists, count, inputs, weights + at, bytes, outputs + at);
    unit += width;
  }
}

// A function a width: in one function, the compiler would make one loop of theirs, which asks for the width again and again.

function driveSixteen(lists: usize, count: i32, inputs: i32, weights: usize, bytes: usize, output: usize): void {
  driveStrip(16, lists, count, inputs, weights, bytes, output);
}

function driveTwelve(lists: usize, count: i32, inputs: i32, weights: usize, bytes: usize, output: usize): void {
  driveStrip(12, lists, count, inputs, weights, bytes, output);
}

function driveEight(lists: usize, count: i32, inputs: i32, weights: usize, bytes: usize, output: usize): void {
  driveStrip(8, lists, count, inputs, weights, bytes, output);
}

/** The same for few units. */
function driveNarrow(lists: usize, count: i32, inputs: i32, weights: usize, bytes: usize, output: usize): void {
  if (bytes & 64) {
    driveStrip(4, lists, count, inputs, weights, bytes, output);
    weights += 64;
    output += 64;
  }
  if (bytes & 32) {
    driveStrip(2, lists, count, inputs, weights, bytes, output);
    weights += 32;
    output += 32;
  }
  if (bytes & 16) driveStrip(1, lists, count, inputs, weights, bytes, output);
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
