import { driveBlock, learnBlock, learnRows } from './blocks';
import { offsetsOf, stage } from './chunks';
import { ActiveCells, InputSynapses, Source } from './layout';
import { isMultiple } from './rate';
import { multiplyMatrices, multiplyTransposed, multiplyVector, solve } from './small-matrices';

// Synapses from the stimulus, W = A (V + c 1ᵀ), x = a p + b 1 with p the raw input (bytes, or floats with a = 1, b = 0),
// where a may differ from sample to sample:
//
//   drive  W x = A (a V p + b V1 + c (a 1ᵀp + b m))           only V p needs a pass over V
//   learn  W ← M W + e xᵀ:  A ← M A,  then with A d = e:  V += a d pᵀ,  c += b d,  V1 += a d (1ᵀp)
//   gram   G = W Wᵀ:  G ← M G Mᵀ + (M W x) eᵀ + e (M W x)ᵀ + ‖x‖² e eᵀ
//
// M = I + η λ L is the effect of the ridge (L: the responses of the post-signal to the noise directions).

/** Samples between two rebasings, which bound the rounding in V1, c, A and G. By count: the same in every run. */
const rebaseInterval: i64 = 8192;
/** Vectors of one number a row are padded to whole blocks: at most seven numbers more. */
const blockPadding: usize = 56;

@inline
function blockBytes(synapses: InputSynapses): usize {
  return (<usize>((synapses.columns + 3) & ~3) * synapses.blockRows) << 2;
}

/** products = V p, of the staged input. */
function multiply(synapses: InputSynapses, products: usize): void {
  const offsets = offsetsOf(synapses);
  const pixels = synapses.staged;
  const count = synapses.stagedCount;
  const rows = synapses.blockRows;
  const bytes = blockBytes(synapses);
  let values = synapses.values;
  for (let block = 0; block < synapses.blocks; block++) {
    if (rows == 1) driveBlock(values, pixels, offsets, count, 1, products);
    else if (rows == 2) driveBlock(values, pixels, offsets, count, 2, products);
    else if (rows == 4) driveBlock(values, pixels, offsets, count, 4, products);
    else driveBlock(values, pixels, offsets, count, 8, products);
    values += bytes;
    products += <usize>rows << 3;
  }
}

/** V += changes pᵀ, of the staged input. */
function addOuter(synapses: InputSynapses, changes: usize): void {
  const offsets = offsetsOf(synapses);
  const pixels = synapses.staged;
  const count = synapses.stagedCount;
  const rows = synapses.blockRows;
  const bytes = blockBytes(synapses);
  let values = synapses.values;
  for (let block = 0; block < synapses.blocks; block++) {
    if (rows == 1) learnBlock(values, pixels, offsets, count, 1, changes);
    else if (rows == 2) learnBlock(values, pixels, offsets, count, 2, changes);
    else if (rows == 4) learnBlock(values, pixels, offsets, count, 4, changes);
    else learnBlock(values, pixels, offsets, count, 8, changes);
    values += bytes;
    changes += <usize>rows << 3;
  }
}

/** output = W x for the sample; keeps W x in float64 for `learn`. */
export function drive(synapses: InputSynapses, source: Source, sample: i32, output: usize): void {
  const rows = synapses.rows;
  const raw = source.inputs + <usize>sample * source.inputStride;
  const products = synapses.scratch;
  stage(synapses, source.elementBytes, raw);
  multiply(synapses, products);

  const a = load<f64>(source.scales + (<usize>sample << 3));
  const b = source.offset;
  const inputSum = a * load<f64>(source.sums + (<usize>sample << 3)) + b * <f64>synapses.columns;
  const current = synapses.current;
  const ridge = synapses.ridge > 0;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i << 3;
    const value =
      a * load<f64>(products + at) + b * load<f64>(synapses.sums + at) + inputSum * load<f64>(synapses.common + at);
    store<f64>((ridge ? products : current) + at, value);
  }
  if (ridge) multiplyVector(synapses.factor, products, current, rows);
  for (let i = 0; i < rows; i++) {
    store<f32>(output + (<usize>i << 2), <f32>load<f64>(current + (<usize>i << 3)));
  }
}

/**
 * W ← W + η (post xᵀ + λ L W), L being the responses to the noise directions that follow `post` (0: none).
 * Returns whether all of `post` was finite.
 */
export function learn(
  synapses: InputSynapses,
  source: Source,
  sample: i32,
  post: usize,
  responses: usize,
  time: f64,
): bool {
  const rows = synapses.rows;
  const eta = synapses.eta0 / (1 + time / synapses.t0);
  const sum = load<f64>(source.sums + (<usize>sample << 3));
  const a = load<f64>(source.scales + (<usize>sample << 3));
  const b = source.offset;
  const changes = synapses.scratch;

  let finite = true;
  for (let i = 0; i < rows; i++) {
    const value = <f64>load<f32>(post + (<usize>i << 2));
    if (value - value != 0) finite = false;
    store<f64>(changes + (<usize>i << 3), eta * value);
  }
  if (synapses.ridge > 0) {
    const square =
      a * a * load<f64>(source.squares + (<usize>sample << 3)) + 2 * a * b * sum + b * b * <f64>synapses.columns;
    applyRidge(synapses, eta * synapses.ridge, responses, square);
  }
  for (let i = 0; i < rows; i++) {
    const at = <usize>i << 3;
    const change = load<f64>(changes + at);
    const rounded = <f64>(<f32>(a * change));
    store<f64>(changes + at, rounded);
    store<f64>(synapses.common + at, load<f64>(synapses.common + at) + b * change);
    store<f64>(synapses.sums + at, load<f64>(synapses.sums + at) + rounded * sum);
  }
  addOuter(synapses, changes);

  if (isMultiple(time + 1, rebaseInterval)) rebase(synapses);
  return finite;
}

/** The same where only the active cells of `cells` learn, and `post` lists theirs; without ridge. */
export function learnActive(
  synapses: InputSynapses,
  source: Source,
  sample: i32,
  post: usize,
  cells: ActiveCells,
  time: f64,
): bool {
  const eta = synapses.eta0 / (1 + time / synapses.t0);
  const sum = load<f64>(source.sums + (<usize>sample << 3));
  const a = load<f64>(source.scales + (<usize>sample << 3));
  const b = source.offset;
  const sums = synapses.sums;
  const common = synapses.common;
  const offsets = offsetsOf(synapses);
  const pixels = synapses.staged;
  const chunks = synapses.stagedCount;
  const stride = <usize>synapses.blockRows;
  const count = cells.count;

  let finite = true;
  let previous: usize = 0;
  let previousChange: f32 = 0;
  for (let j = 0; j < count; j++) {
    const row = load<i32>(cells.rows + (<usize>j << 2));
    const value = <f64>load<f32>(post + (<usize>j << 2));
    if (value - value != 0) finite = false;
    const change = eta * value;
    const rounded = <f32>(a * change);
    const at = <usize>row << 3;
    store<f64>(common + at, load<f64>(common + at) + b * change);
    store<f64>(sums + at, load<f64>(sums + at) + <f64>rounded * sum);
    const begin = rowAddress(synapses, row);
    if (j & 1) learnRows(true, previous, begin, previousChange, rounded, pixels, offsets, chunks, stride);
    else if (j + 1 == count) learnRows(false, begin, begin, rounded, rounded, pixels, offsets, chunks, stride);
    previous = begin;
    previousChange = rounded;
  }

  if (isMultiple(time + 1, rebaseInterval)) rebase(synapses);
  return finite;
}

/** Where a row of V begins. */
@inline
function rowAddress(synapses: InputSynapses, row: i32): usize {
  const blockRows = synapses.blockRows;
  return synapses.values + <usize>(row / blockRows) * blockBytes(synapses) + (<usize>(row % blockRows) << 4);
}

/**
 * The part of `learn` that is k × k: A ← M A, G as above with e the changes in the scratch (`square` is ‖x‖²), and then
 * e ← A⁻¹ e.
 */
function applyRidge(synapses: InputSynapses, strength: f64, responses: usize, square: f64): void {
  const rows = synapses.rows;
  const vectorBytes = (<usize>rows << 3) + blockPadding;
  const matrixBytes = <usize>(rows * rows) << 3;
  const changes = synapses.scratch;
  const solved = changes + vectorBytes;
  const driven = solved + vectorBytes;
  const effect = driven + 2 * vectorBytes;
  const work = effect + matrixBytes;

  fillRidgeEffect(effect, strength, responses, rows);
  multiplyVector(effect, synapses.current, driven, rows);
  multiplyMatrices(effect, synapses.factor, work, rows);
  memory.copy(synapses.factor, work, matrixBytes);
  memory.copy(solved, changes, <usize>rows << 3);
  if (solve(work, solved, rows)) {
    multiplyMatrices(effect, synapses.gram, work, rows);
    multiplyTransposed(work, effect, synapses.gram, rows);
  } else {
    memory.copy(solved, changes, <usize>rows << 3);
    rebase(synapses);
  }
  addToGram(synapses.gram, driven, changes, square, rows);
  memory.copy(changes, solved, <usize>rows << 3);
}

/** M = I + strength · L, where column j of L is the response to noise direction j. */
function fillRidgeEffect(matrix: usize, strength: f64, responses: usize, rows: i32): void {
  const responseBytes = <usize>((rows + 3) & ~3) << 2;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < rows; i++) {
      const response = responses ? <f64>load<f32>(responses + responseBytes * <usize>j + (<usize>i << 2)) : 0;
      store<f64>(matrix + (<usize>(i * rows + j) << 3), (i == j ? 1 : 0) + strength * response);
    }
  }
}

/** G += driven eᵀ + e drivenᵀ + square · e eᵀ. */
function addToGram(gram: usize, driven: usize, e: usize, square: f64, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const ei = load<f64>(e + (<usize>i << 3));
    const di = load<f64>(driven + (<usize>i << 3));
    for (let j = 0; j < rows; j++) {
      const ej = load<f64>(e + (<usize>j << 3));
      const dj = load<f64>(driven + (<usize>j << 3));
      const at = gram + (<usize>(i * rows + j) << 3);
      store<f64>(at, load<f64>(at) + (di * ej + ei * dj + square * (ei * ej)));
    }
  }
}

/** The address of V's entry. */
@inline
function entry(synapses: InputSynapses, row: i32, column: i32): usize {
  const blockRows = synapses.blockRows;
  const inBlock = (((column >> 2) * blockRows + row % blockRows) << 2) + (column & 3);
  return synapses.values + <usize>(row / blockRows) * blockBytes(synapses) + (<usize>inBlock << 2);
}

/** The true weight: row of A (V + c 1ᵀ). */
@inline
function weight(synapses: InputSynapses, row: i32, column: i32): f64 {
  if (synapses.ridge == 0) {
    return <f64>load<f32>(entry(synapses, row, column)) + load<f64>(synapses.common + (<usize>row << 3));
  }
  const rows = synapses.rows;
  let sum: f64 = 0;
  for (let l = 0; l < rows; l++) {
    const shifted = <f64>load<f32>(entry(synapses, l, column)) + load<f64>(synapses.common + (<usize>l << 3));
    sum += load<f64>(synapses.factor + (<usize>(row * rows + l) << 3)) * shifted;
  }
  return sum;
}

/** V ← A (V + c 1ᵀ), A ← I, c ← 0; V 1 and G are computed anew. */
function rebase(synapses: InputSynapses): void {
  const rows = synapses.rows;
  const column = synapses.scratch + 3 * ((<usize>rows << 3) + blockPadding);
  for (let j = 0; j < synapses.columns; j++) {
    for (let i = 0; i < rows; i++) store<f64>(column + (<usize>i << 3), weight(synapses, i, j));
    for (let i = 0; i < rows; i++) {
      store<f32>(entry(synapses, i, j), <f32>load<f64>(column + (<usize>i << 3)));
    }
  }
  initialiseInput(synapses);
}

/** Makes A = I, c = 0, and V 1 and G what they are for the V that is there: after V was written from outside. */
export function initialiseInput(synapses: InputSynapses): void {
  const rows = synapses.rows;
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j = 0; j < synapses.columns; j++) sum += <f64>load<f32>(entry(synapses, i, j));
    store<f64>(synapses.sums + (<usize>i << 3), sum);
    store<f64>(synapses.common + (<usize>i << 3), 0);
  }
  if (synapses.ridge == 0) return;
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l <= i; l++) {
      let product: f64 = 0;
      for (let j = 0; j < synapses.columns; j++) {
        product += <f64>load<f32>(entry(synapses, i, j)) * <f64>load<f32>(entry(synapses, l, j));
      }
      store<f64>(synapses.gram + (<usize>(i * rows + l) << 3), product);
      store<f64>(synapses.gram + (<usize>(l * rows + i) << 3), product);
      store<f64>(synapses.factor + (<usize>(i * rows + l) << 3), i == l ? 1 : 0);
      store<f64>(synapses.factor + (<usize>(l * rows + i) << 3), i == l ? 1 : 0);
    }
  }
}

/** Writes the true weights, float32, row-major without padding. Changes nothing. */
export function readInput(synapses: InputSynapses, output: usize): void {
  for (let i = 0; i < synapses.rows; i++) {
    for (let j = 0; j < synapses.columns; j++) {
      store<f32>(output, <f32>weight(synapses, i, j));
      output += 4;
    }
  }
}

/** Writes V from float32 weights, row-major without padding. */
export function writeInput(synapses: InputSynapses, input: usize): void {
  for (let i = 0; i < synapses.rows; i++) {
    for (let j = 0; j < synapses.columns; j++) {
      store<f32>(entry(synapses, i, j), load<f32>(input));
      input += 4;
    }
  }
  initialiseInput(synapses);
}
