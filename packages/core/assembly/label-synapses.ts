import { LabelSynapses, Rate } from './layout';
import { multiplyAdd } from './multiply-add';
import * as sample from './sample';
import { addExactly, addScaled, addScaledExactly, clear, setScaled } from './vector';

// Synapses from the label to a population, or of a regression (regression-synapses.ts), W = α (V + w 1ᵀ): one column of V a
// label, with r = V 1. Labels that are one number (hot + cold) at the class c and another (cold) elsewhere, y = hot e_c + cold 1,
// touch one column:
//
//   drive  W y = α (hot V_c + (hot + cold n) w + cold r)
//   learn  W ← (1 − η δ) W + η s yᵀ:  α ← (1 − η δ) α,  V_c += (η hot / α) s,  r likewise,  w += (η cold / α) s

/** Below this size the scale α is multiplied into V and w, long before float32 loses digits by it. */
const smallestScale: f64 = 1e-3;
/** Samples between two times that this is done anyway, and r computed anew. */
const rebaseInterval: i64 = 8192;

@inline
function column(synapses: LabelSynapses, label: i32, bytes: usize): usize {
  return synapses.values + <usize>label * bytes;
}

/** output = W y for the label of the sample at hand. */
export function drive(synapses: LabelSynapses, output: usize): void {
  const bytes = <usize>synapses.stride << 2;
  const scale = <f32>load<f64>(synapses.scale);
  const labels = synapses.labels;
  const common = synapses.common;
  if (sample.label >= 0) {
    const hot = <f32>sample.source.hot;
    const cold = <f32>sample.source.cold;
    const ofColumn = f32x4.splat(scale * hot);
    const ofCommon = f32x4.splat(scale * (hot + cold * <f32>labels));
    const ofSums = f32x4.splat(scale * cold);
    const values = column(synapses, sample.label, bytes);
    const sums = synapses.sums;
    for (let at: usize = 0; at < bytes; at += 16) {
      const driven = multiplyAdd(f32x4.mul(ofColumn, v128.load(values + at)), ofSums, v128.load(sums + at));
      v128.store(output + at, multiplyAdd(driven, ofCommon, v128.load(common + at)));
    }
    return;
  }
  driveNumbers(synapses, bytes, scale, output);
}

/** The same for a label of any numbers. */
function driveNumbers(synapses: LabelSynapses, bytes: usize, scale: f32, output: usize): void {
  let total: f32 = 0;
  for (let at: usize = 0; at < bytes; at += 64) {
    const fours = <i32>((bytes - at) >> 4);
    if (fours >= 4) total = sumColumns(4, synapses, at, bytes, scale, output);
    else if (fours == 3) total = sumColumns(3, synapses, at, bytes, scale, output);
    else if (fours == 2) total = sumColumns(2, synapses, at, bytes, scale, output);
    else total = sumColumns(1, synapses, at, bytes, scale, output);
  }
  addScaled(output, scale * total, synapses.common, bytes);
}

/**
 * output = α V y from a byte on, for so many fours of rows, a constant where this is inlined: their sums stay in registers. Returns 1ᵀ y.
 */
@inline
function sumColumns(fours: i32, synapses: LabelSynapses, at: usize, bytes: usize, scale: f32, output: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let total: f32 = 0;
  let values = synapses.values + at;
  const end = sample.target + (<usize>synapses.labels << 2);
  for (let label = sample.target; label < end; label += 4) {
    const number = load<f32>(label);
    const y = f32x4.splat(scale * number);
    total += number;
    s0 = multiplyAdd(s0, y, v128.load(values));
    if (fours > 1) s1 = multiplyAdd(s1, y, v128.load(values, 16));
    if (fours > 2) s2 = multiplyAdd(s2, y, v128.load(values, 32));
    if (fours > 3) s3 = multiplyAdd(s3, y, v128.load(values, 48));
    values += bytes;
  }
  output += at;
  v128.store(output, s0);
  if (fours > 1) v128.store(output, s1, 16);
  if (fours > 2) v128.store(output, s2, 32);
  if (fours > 3) v128.store(output, s3, 48);
  return total;
}

/** W ← (1 − η decay) W + η post yᵀ, with the label of the sample at hand. */
export function learn(synapses: LabelSynapses, post: usize, decay: f64): void {
  const eta = changetype<Rate>(synapses.rate).eta;
  let scale = load<f64>(synapses.scale) * (1 - eta * decay);
  store<f64>(synapses.scale, scale);
  if (Math.abs(scale) < smallestScale || sample.completes(rebaseInterval)) {
    rebase(synapses);
    scale = 1;
  }
  add(synapses, post, <f32>(eta / scale));
}

/** V + w 1ᵀ ← V + w 1ᵀ + gain · s yᵀ, with the label of the sample at hand. */
export function add(synapses: LabelSynapses, s: usize, gain: f32): void {
  const bytes = <usize>synapses.stride << 2;
  if (sample.label >= 0) {
    const toColumn = gain * <f32>sample.source.hot;
    const residues = synapses.residues + <usize>sample.label * bytes;
    addScaledExactly(column(synapses, sample.label, bytes), residues, toColumn, s, bytes);
    addScaled(synapses.sums, toColumn, s, bytes);
    addScaled(synapses.common, gain * <f32>sample.source.cold, s, bytes);
    return;
  }
  addNumbers(synapses, s, gain, bytes);
}

/** The same for a label of any numbers. */
function addNumbers(synapses: LabelSynapses, s: usize, gain: f32, bytes: usize): void {
  let total: f32 = 0;
  for (let at: usize = 0; at < bytes; at += 64) {
    const fours = <i32>((bytes - at) >> 4);
    if (fours >= 4) total = addToColumns(4, synapses, at, bytes, gain, s);
    else if (fours == 3) total = addToColumns(3, synapses, at, bytes, gain, s);
    else if (fours == 2) total = addToColumns(2, synapses, at, bytes, gain, s);
    else total = addToColumns(1, synapses, at, bytes, gain, s);
  }
  addScaled(synapses.sums, gain * total, s, bytes);
}

/** V += gain · s yᵀ from a byte on, for so many fours of rows, a constant where this is inlined. Returns 1ᵀ y. */
@inline
function addToColumns(fours: i32, synapses: LabelSynapses, at: usize, bytes: usize, gain: f32, s: usize): f32 {
  s += at;
  const s0 = v128.load(s);
  const s1 = fours > 1 ? v128.load(s, 16) : s0;
  const s2 = fours > 2 ? v128.load(s, 32) : s0;
  const s3 = fours > 3 ? v128.load(s, 48) : s0;
  let total: f32 = 0;
  let values = synapses.values + at;
  let residues = synapses.residues + at;
  const end = sample.target + (<usize>synapses.labels << 2);
  for (let label = sample.target; label < end; label += 4) {
    const number = load<f32>(label);
    const y = f32x4.splat(gain * number);
    total += number;
    addExactly(values, residues, f32x4.mul(y, s0));
    if (fours > 1) addExactly(values + 16, residues + 16, f32x4.mul(y, s1));
    if (fours > 2) addExactly(values + 32, residues + 32, f32x4.mul(y, s2));
    if (fours > 3) addExactly(values + 48, residues + 48, f32x4.mul(y, s3));
    values += bytes;
    residues += bytes;
  }
  return total;
}

/** V ← α (V + w 1ᵀ), w ← 0, α ← 1; r is computed anew. Also after V was written from outside. */
export function rebase(synapses: LabelSynapses): void {
  const bytes = <usize>synapses.stride << 2;
  const scale = <f32>load<f64>(synapses.scale);
  clear(synapses.sums, bytes);
  for (let j = 0; j < synapses.labels; j++) {
    const values = column(synapses, j, bytes);
    const residues = synapses.residues + <usize>j * bytes;
    addScaledExactly(values, residues, 1, synapses.common, bytes);
    setScaled(values, scale, values, bytes);
    setScaled(residues, scale, residues, bytes);
    addScaled(synapses.sums, 1, values, bytes);
  }
  clear(synapses.common, bytes);
  store<f64>(synapses.scale, 1);
}
