import { InputSynapses, LeftFactor } from './layout';
import { begin as beginFactor } from './left-factor';
import { paddedLength } from './vector';

// Synapses from the stimulus as a whole: their true weights A (V + c 1ᵀ), four columns at a time, in float64.

/** V + c 1ᵀ in one row and four columns: the first two and the last two. */
@inline
function shiftedLow(synapses: InputSynapses, row: i32, chunk: i32): v128 {
  const common = v128.load64_splat(synapses.common + (<usize>row << 3));
  return f64x2.add(common, f64x2.promote_low_f32x4(v128.load(entries(synapses, row, chunk))));
}
@inline
function shiftedHigh(synapses: InputSynapses, row: i32, chunk: i32): v128 {
  const common = v128.load64_splat(synapses.common + (<usize>row << 3));
  const values = v128.load(entries(synapses, row, chunk));
  return f64x2.add(common, f64x2.promote_low_f32x4(v128.shuffle<f64>(values, values, 1, 1)));
}

/** The address of V's four entries in a row and a chunk of columns. */
@inline
function entries(synapses: InputSynapses, row: i32, chunk: i32): usize {
  const blockRows = synapses.blockRows;
  const inBlock = row & (blockRows - 1);
  return synapses.values + (<usize>((row - inBlock) * synapses.chunks + chunk * blockRows + inBlock) << 4);
}

/** The true weights of one chunk of columns, float32, all rows one after the other. */
function weightsOfChunk(synapses: InputSynapses, chunk: i32, output: usize): void {
  const rows = synapses.rows;
  const shifted = output + (<usize>rows << 4);
  const shiftedEnd = shifted + (<usize>rows << 5);
  for (let i = 0; i < rows; i++) {
    const low = shiftedLow(synapses, i, chunk);
    const high = shiftedHigh(synapses, i, chunk);
    v128.store(shifted + (<usize>i << 5), low);
    v128.store(shifted + (<usize>i << 5), high, 16);
    storeWeights(output + (<usize>i << 4), low, high);
  }
  if (!synapses.left) return;
  const factors = changetype<LeftFactor>(synapses.left).factor;
  const columnBytes = <usize>paddedLength(rows) << 3;
  for (let i = 0; i < rows; i++) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let factor = factors + (<usize>i << 3);
    for (let at = shifted; at < shiftedEnd; at += 32) {
      const number = v128.load64_splat(factor);
      low = f64x2.add(low, f64x2.mul(number, v128.load(at)));
      high = f64x2.add(high, f64x2.mul(number, v128.load(at, 16)));
      factor += columnBytes;
    }
    storeWeights(output + (<usize>i << 4), low, high);
  }
}

/** Writes four float64 numbers as float32. */
@inline
function storeWeights(to: usize, low: v128, high: v128): void {
  v128.store(to, v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
}

/** Columns of the chunk that are not padding, at most four. */
@inline
function columnsOf(synapses: InputSynapses, chunk: i32): i32 {
  return min(4, synapses.columns - (chunk << 2));
}

/** V ← A (V + c 1ᵀ), A ← I, c ← 0; V 1 is computed anew. */
export function rebase(synapses: InputSynapses): void {
  const weights = synapses.transfer;
  for (let chunk = 0; chunk < synapses.chunks; chunk++) {
    weightsOfChunk(synapses, chunk, weights);
    for (let i = 0; i < synapses.rows; i++) {
      setChunk(synapses, i, chunk, v128.load(weights + (<usize>i << 4)));
    }
  }
  begin(synapses);
}

/** Sets V's entries in a row and a chunk of columns; padding stays zero. */
@inline
function setChunk(synapses: InputSynapses, row: i32, chunk: i32, values: v128): void {
  const columns = columnsOf(synapses, chunk);
  if (columns < 4) values = f32x4.replace_lane(values, 3, 0);
  if (columns < 3) values = f32x4.replace_lane(values, 2, 0);
  if (columns < 2) values = f32x4.replace_lane(values, 1, 0);
  v128.store(entries(synapses, row, chunk), values);
}

/** Makes A = I, c = 0, and V 1 what it is for the V that is there. */
function begin(synapses: InputSynapses): void {
  const rows = synapses.rows;
  for (let i = 0; i < rows; i++) store<f64>(synapses.common + (<usize>i << 3), 0);
  for (let i = 0; i < rows; i++) {
    let sum = f64x2.splat(0);
    for (let chunk = 0; chunk < synapses.chunks; chunk++) {
      sum = f64x2.add(sum, f64x2.add(shiftedLow(synapses, i, chunk), shiftedHigh(synapses, i, chunk)));
    }
    store<f64>(synapses.sums + (<usize>i << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
  }
  if (synapses.left) beginFactor(changetype<LeftFactor>(synapses.left));
}

/** G = W Wᵀ, computed anew, for synapses of which A = I. Nothing where there is no ridge. */
export function measureGram(synapses: InputSynapses): void {
  if (!synapses.left) return;
  const gram = changetype<LeftFactor>(synapses.left).gram;
  const rows = synapses.rows;
  const columnBytes = <usize>paddedLength(rows) << 3;
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l <= i; l++) {
      let sum = f64x2.splat(0);
      for (let chunk = 0; chunk < synapses.chunks; chunk++) {
        sum = f64x2.add(sum, f64x2.mul(shiftedLow(synapses, i, chunk), shiftedLow(synapses, l, chunk)));
        sum = f64x2.add(sum, f64x2.mul(shiftedHigh(synapses, i, chunk), shiftedHigh(synapses, l, chunk)));
      }
      const product = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
      store<f64>(gram + <usize>l * columnBytes + (<usize>i << 3), product);
      store<f64>(gram + <usize>i * columnBytes + (<usize>l << 3), product);
    }
  }
}

/**
 * Writes the true weights of chunks of columns from `first` on, `count` of them, float32, row-major, whole chunks. Changes nothing that learning
 * depends on.
 */
export function readInput(synapses: InputSynapses, first: i32, count: i32, output: usize): void {
  const weights = synapses.transfer;
  for (let chunk = 0; chunk < count; chunk++) {
    weightsOfChunk(synapses, first + chunk, weights);
    for (let i = 0; i < synapses.rows; i++) {
      v128.store(output + (<usize>(i * count + chunk) << 4), v128.load(weights + (<usize>i << 4)));
    }
  }
}

/** Writes V in these chunks of columns from float32 weights, row-major, whole chunks. `startInput` follows. */
export function writeInput(synapses: InputSynapses, first: i32, count: i32, input: usize): void {
  for (let i = 0; i < synapses.rows; i++) {
    for (let chunk = 0; chunk < count; chunk++) {
      setChunk(synapses, i, first + chunk, v128.load(input + (<usize>(i * count + chunk) << 4)));
    }
  }
}

/** Begins with the V that is there. */
export function startInput(synapses: InputSynapses): void {
  begin(synapses);
  measureGram(synapses);
}
