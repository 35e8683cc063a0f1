import { LabelSynapses, Rate } from './layout';
import * as sample from './sample';
import { addScaled, addScaledExactly, clear, setScaled } from './vector';

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
      const driven = f32x4.add(
        f32x4.mul(ofColumn, v128.load(values + at)),
        f32x4.mul(ofSums, v128.load(sums + at)),
      );
      v128.store(output + at, f32x4.add(driven, f32x4.mul(ofCommon, v128.load(common + at))));
    }
    return;
  }
  let total: f32 = 0;
  for (let j = 0; j < labels; j++) total += load<f32>(sample.target + (<usize>j << 2));
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) sumColumns(4, synapses, at, bytes, scale, output);
  for (; at < bytes; at += 16) sumColumns(1, synapses, at, bytes, scale, output);
  addScaled(output, scale * total, common, bytes);
}

/** output = α V y from a byte on, for so many vectors of rows, a constant where this is inlined: their sums stay in registers. */
@inline
function sumColumns(vectors: i32, synapses: LabelSynapses, at: usize, bytes: usize, scale: f32, output: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let values = synapses.values + at;
  const end = sample.target + (<usize>synapses.labels << 2);
  for (let label = sample.target; label < end; label += 4) {
    const y = f32x4.splat(scale * load<f32>(label));
    s0 = f32x4.add(s0, f32x4.mul(y, v128.load(values)));
    if (vectors > 1) {
      s1 = f32x4.add(s1, f32x4.mul(y, v128.load(values, 16)));
      s2 = f32x4.add(s2, f32x4.mul(y, v128.load(values, 32)));
      s3 = f32x4.add(s3, f32x4.mul(y, v128.load(values, 48)));
    }
    values += bytes;
  }
  output += at;
  v128.store(output, s0);
  if (vectors > 1) {
    v128.store(output, s1, 16);
    v128.store(output, s2, 32);
    v128.store(output, s3, 48);
  }
}

/** V_c += factor · s. */
@inline
function addToColumn(synapses: LabelSynapses, label: i32, factor: f32, s: usize, bytes: usize): void {
  const residues = synapses.residues + <usize>label * bytes;
  addScaledExactly(column(synapses, label, bytes), residues, factor, s, bytes);
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
    addToColumn(synapses, sample.label, toColumn, s, bytes);
    addScaled(synapses.sums, toColumn, s, bytes);
    addScaled(synapses.common, gain * <f32>sample.source.cold, s, bytes);
    return;
  }
  let total: f32 = 0;
  for (let j = 0; j < synapses.labels; j++) {
    const y = load<f32>(sample.target + (<usize>j << 2));
    total += y;
    addToColumn(synapses, j, gain * y, s, bytes);
  }
  addScaled(synapses.sums, gain * total, s, bytes);
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
