import { learnRows } from './blocks';
import { addOuter, blockBytes, isDenseBytes, multiply, rebaseNow } from './input-passes';
import { measureGram, rebase } from './input-weights';
import { ActiveCells, InputSynapses, LeftFactor, Rate } from './layout';
import { applyRidge } from './ridge';
import * as sample from './sample';
import { demote, multiplyVector } from './small-matrices';
import { offsetsOf } from './staging';
import { paddedLength } from './vector';

// Synapses from the stimulus, W = A (V + c 1ᵀ), x = a p + b 1 with p the raw input (bytes or floats),
// where a may differ from sample to sample:
//
//   drive  W x = A (a V p + b V1 + c (a 1ᵀp + b m))           only V p needs a pass over V
//   learn  W ← M W + e xᵀ:  A ← M A,  then with A d = e:  V += a d pᵀ,  c += b d,  V1 += a d (1ᵀp)
//
// M = I + η λ L is the effect of the ridge (ridge.ts). Vectors of one float64 a row are padded to whole blocks.

/** Samples between two rebasings, at most, which bound the rounding in V1, c, A and G. By count: the same in every run. */
const rebaseInterval: i64 = 8192;
/** The same where inputs are dense and read in one pass, but of G: bytes far from zero let V and c grow and cancel each other's digits. */
const denseRebaseInterval: i64 = 1024;

/** output = W x for the sample at hand; keeps W x in float64 for `learn`. */
@inline
export function drive(synapses: InputSynapses, output: usize): void {
  const rows = synapses.rows;
  const products = synapses.scratch;
  multiply(synapses, products);

  const a = f64x2.splat(sample.scale);
  const b = f64x2.splat(sample.source.offset);
  const inputSum = f64x2.splat(sample.scale * sample.sum + sample.source.offset * <f64>synapses.columns);
  const bytes = <usize>(((rows + 1) & ~1) << 3);
  const current = synapses.current;
  const factor = synapses.left ? changetype<LeftFactor>(synapses.left).factor : 0;
  if (rows <= 2) {
    let value = f64x2.add(f64x2.mul(a, v128.load(products)), f64x2.mul(b, v128.load(synapses.sums)));
    value = f64x2.add(value, f64x2.mul(inputSum, v128.load(synapses.common)));
    if (factor) {
      const first = f64x2.mul(v128.load(factor), v128.shuffle<f64>(value, value, 0, 0));
      value = rows == 1 ? first : f64x2.add(first, f64x2.mul(v128.load(factor, 32), v128.shuffle<f64>(value, value, 1, 1)));
    }
    v128.store(current, value);
    v128.store(output, f32x4.demote_f64x2_zero(value));
    return;
  }
  const shifted = factor ? products : current;
  const sums = synapses.sums;
  const common = synapses.common;
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = f64x2.add(f64x2.mul(a, v128.load(products + at)), f64x2.mul(b, v128.load(sums + at)));
    v128.store(shifted + at, f64x2.add(value, f64x2.mul(inputSum, v128.load(common + at))));
  }
  if (factor) multiplyVector(factor, products, current, rows, <usize>paddedLength(rows) << 3);
  demote(current, output, <usize>paddedLength(rows) << 2);
}

/**
 * W ← W + η (post xᵀ + λ L W), L being the responses to the noise directions that follow `post` (0: none).
 * Returns whether all of `post` was finite.
 */
@inline
export function learn(synapses: InputSynapses, post: usize, responses: usize): bool {
  const rows = synapses.rows;
  const eta = changetype<Rate>(synapses.rate).eta;
  const etas = f64x2.splat(eta);
  const changes = synapses.scratch;
  let notFinite = f32x4.splat(0);
  for (let i = 0; i < rows; i += 4) {
    const value = v128.load(post + (<usize>i << 2));
    const at = changes + (<usize>i << 3);
    notFinite = v128.or(notFinite, f32x4.ne(f32x4.sub(value, value), f32x4.splat(0)));
    v128.store(at, f64x2.mul(etas, f64x2.promote_low_f32x4(value)));
    v128.store(at, f64x2.mul(etas, f64x2.promote_low_f32x4(v128.shuffle<f64>(value, value, 1, 1))), 16);
  }
  if (synapses.left) applyRidge(synapses, eta * synapses.ridge, responses);

  const a = f64x2.splat(sample.scale);
  const b = f64x2.splat(sample.source.offset);
  const sum = f64x2.splat(sample.sum);
  const sums = synapses.sums;
  const common = synapses.common;
  const bytes = <usize>(((rows + 1) & ~1) << 3);
  for (let at: usize = 0; at < bytes; at += 16) {
    const change = v128.load(changes + at);
    const rounded = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(f64x2.mul(a, change)));
    v128.store(changes + at, rounded);
    v128.store(common + at, f64x2.add(v128.load(common + at), f64x2.mul(b, change)));
    v128.store(sums + at, f64x2.add(v128.load(sums + at), f64x2.mul(rounded, sum)));
  }
  addOuter(synapses, changes);

  if (sample.completes(isDenseBytes(synapses) ? denseRebaseInterval : rebaseInterval)) rebaseNow(synapses);
  if (sample.completes(rebaseInterval)) measureGram(synapses);
  return !v128.any_true(notFinite);
}

/** The same where only the active cells of `cells` learn, and `post` lists theirs; without ridge. */
export function learnActive(synapses: InputSynapses, post: usize, cells: ActiveCells): bool {
  const eta = changetype<Rate>(synapses.rate).eta;
  const sum = sample.sum;
  const a = sample.scale;
  const b = sample.source.offset;
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

  if (sample.completes(rebaseInterval)) rebase(synapses);
  return finite;
}

/** Where a row of V begins. */
@inline
function rowAddress(synapses: InputSynapses, row: i32): usize {
  const blockRows = synapses.blockRows;
  return synapses.values + <usize>(row / blockRows) * blockBytes(synapses) + (<usize>(row % blockRows) << 4);
}
