import * as labelled from './label-synapses';
import { LabelSynapses, LeftFactor, Program, Rate, RegressionSynapses } from './layout';
import { advance, begin } from './left-factor';
import { multiplyAdd } from './multiply-add';
import * as sample from './sample';
import { addPromoted, demote, multiplyVector, promote } from './small-matrices';
import { addScaled, clear, paddedLength } from './vector';

// Synapses from linear units z to the label that learn from the error of what they say, W2 ← W2 + η ε zᵀ with ε = y − W2 z.
// With U = W2ᵀ = A (V + w 1ᵀ), K = U Uᵀ, and the ridge:
//
//   drive  W2ᵀ ε = U y − K z
//   learn  U ← (I − η (z zᵀ + λ G)) U + η z yᵀ:  A is multiplied from the left, V and w learn the label (left-factor.ts)
//
// so that neither W2 z nor ε is computed, and of the columns of U, one a label, only those that the label names are touched.

/** Samples between two times that A and w are multiplied into V, at most: then K is measured. */
const rebaseInterval: i64 = 8192;

/** output = W2ᵀ (y − W2 z); and behind it, what the directions of the ridge's noise add to it, −K. */
export function driveError(synapses: RegressionSynapses, z: usize, output: usize): void {
  const left = changetype<LeftFactor>(synapses.left);
  const rows = left.rows;
  const bytes = <usize>paddedLength(rows) << 2;
  const numbers = synapses.scratch;
  const product = numbers + 2 * bytes;
  const current = synapses.current;
  labelled.drive(changetype<LabelSynapses>(synapses.columns), output);
  promote(output, numbers, bytes);
  multiplyVector(left.factor, numbers, current, rows, 2 * bytes);
  promote(z, numbers, bytes);
  multiplyVector(left.gram, numbers, product, rows, 2 * bytes);
  for (let at: usize = 0; at < 2 * bytes; at += 16) {
    v128.store(product + at, f64x2.sub(v128.load(current + at), v128.load(product + at)));
  }
  demote(product, output, bytes);
  const responses = output + bytes;
  const size = <usize>rows * bytes;
  demote(left.gram, responses, size);
  for (let at: usize = 0; at < size; at += 16) v128.store(responses + at, f32x4.neg(v128.load(responses + at)));
}

/** W2 ← W2 + η (ε zᵀ − λ W2 G), after `driveError`; G and λ are those of the program. */
export function learn(synapses: RegressionSynapses, z: usize, program: Program): void {
  const left = changetype<LeftFactor>(synapses.left);
  const columns = changetype<LabelSynapses>(synapses.columns);
  const rows = left.rows;
  const bytes = <usize>paddedLength(rows) << 2;
  const eta = changetype<Rate>(synapses.rate).eta;
  const e = synapses.changes;
  const d = e + bytes;
  const etas = f32x4.splat(<f32>eta);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(e + at, f32x4.mul(etas, v128.load(z + at)));

  demote(program.gram, left.effect, <usize>rows * bytes);
  const strength = f32x4.splat(<f32>(eta * program.ridge));
  let column = left.effect;
  for (let j = 0; j < rows; j++) {
    const ofE = v128.load32_splat(z + (<usize>j << 2));
    for (let at: usize = 0; at < bytes; at += 16) {
      const decay = multiplyAdd(f32x4.mul(strength, v128.load(column + at)), ofE, v128.load(e + at));
      v128.store(column + at, f32x4.neg(decay));
    }
    column += bytes;
  }

  if (!advance(left, synapses.current, e, d, sample.squareOfLabel(columns.labels))) rebase(synapses);
  labelled.add(columns, d, 1);
  if (!sample.completes(rebaseInterval)) return;
  rebase(synapses);
  measureGram(synapses);
}

/** V ← A (V + w 1ᵀ), w ← 0, A ← I; V 1 is computed anew. What rounding has taken from V is let go. */
function rebase(synapses: RegressionSynapses): void {
  const left = changetype<LeftFactor>(synapses.left);
  const columns = changetype<LabelSynapses>(synapses.columns);
  const bytes = <usize>columns.stride << 2;
  const numbers = synapses.scratch;
  const product = numbers + 2 * bytes;
  let values = columns.values;
  clear(columns.sums, bytes);
  clear(columns.residues, <usize>columns.labels * bytes);
  for (let label = 0; label < columns.labels; label++) {
    promote(columns.common, numbers, bytes);
    for (let at: usize = 0; at < bytes; at += 16) addPromoted(numbers + 2 * at, v128.load(values + at));
    multiplyVector(left.factor, numbers, product, left.rows, 2 * bytes);
    demote(product, values, bytes);
    addScaled(columns.sums, 1, values, bytes);
    values += bytes;
  }
  clear(columns.common, bytes);
  begin(left);
}

/** K = U Uᵀ, computed anew, for synapses of which A = I and w = 0. */
function measureGram(synapses: RegressionSynapses): void {
  const left = changetype<LeftFactor>(synapses.left);
  const columns = changetype<LabelSynapses>(synapses.columns);
  const rows = left.rows;
  const bytes = <usize>columns.stride << 2;
  const gram = left.gram;
  memory.fill(gram, 0, 2 * <usize>rows * bytes);
  let values = columns.values;
  for (let label = 0; label < columns.labels; label++) {
    let column = gram;
    for (let j = 0; j < rows; j++) {
      const number = f64x2.splat(<f64>load<f32>(values + (<usize>j << 2)));
      for (let at: usize = 0; at < bytes; at += 8) {
        const products = f64x2.mul(number, f64x2.promote_low_f32x4(v128.load64_zero(values + at)));
        v128.store(column + 2 * at, f64x2.add(v128.load(column + 2 * at), products));
      }
      column += 2 * bytes;
    }
    values += bytes;
  }
}

/** A = I, and K what it is for the V that is there: after it was written from outside. */
export function start(synapses: RegressionSynapses): void {
  begin(changetype<LeftFactor>(synapses.left));
  measureGram(synapses);
}
