import { DenseSynapses, Program, Rate } from './layout';
import { multiplyAdd } from './multiply-add';
import { addExactly, dotOf4, paddedLength, setScaled } from './vector';

/** Below this size the scale α is multiplied into V, long before float32 loses digits by it. */
const smallestScale: f64 = 1e-3;

/** out = W in, for `count` vectors that follow each other. */
export function drive(synapses: DenseSynapses, input: usize, output: usize, count: i32): void {
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  const rows = paddedLength(synapses.rows);
  const bytes = <usize>synapses.stride << 2;
  for (let vector = 0; vector < count; vector++) {
    let row = synapses.values;
    for (let i = 0; i < rows; i += 4) {
      const next = row + bytes + bytes;
      v128.store(output, f32x4.mul(scale, dotOf4(row, row + bytes, next, next + bytes, input, bytes)));
      row = next + bytes + bytes;
      output += 16;
    }
    input += bytes;
  }
}

/** out = Wᵀ in, for `count` vectors that follow each other. */
export function driveTransposed(synapses: DenseSynapses, input: usize, output: usize, count: i32): void {
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  const rows = synapses.rows;
  const bytes = <usize>synapses.stride << 2;
  const inputBytes = <usize>paddedLength(rows) << 2;
  for (let vector = 0; vector < count; vector++) {
    for (let column: usize = 0; column < bytes; column += 16) {
      let row = synapses.values + column;
      let sum = f32x4.mul(v128.load(row), v128.load32_splat(input));
      for (let i = 1; i < rows; i++) {
        row += bytes;
        sum = multiplyAdd(sum, v128.load(row), v128.load32_splat(input + (<usize>i << 2)));
      }
      v128.store(output + column, f32x4.mul(scale, sum));
    }
    input += inputBytes;
    output += bytes;
  }
}

/** out = Wᵀ in, followed by Wᵀ e_i for the unit vectors e_i: the rows of W. */
export function driveTransposedUnits(synapses: DenseSynapses, input: usize, output: usize): void {
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  const bytes = <usize>synapses.stride << 2;
  const end = input + (<usize>synapses.rows << 2);
  for (let column: usize = 0; column < bytes; column += 16) {
    let row = synapses.values + column;
    let out = output + column;
    let sum = f32x4.splat(0);
    for (let at = input; at < end; at += 4) {
      const entries = v128.load(row);
      sum = multiplyAdd(sum, entries, v128.load32_splat(at));
      row += bytes;
      out += bytes;
      v128.store(out, f32x4.mul(scale, entries));
    }
    v128.store(output + column, f32x4.mul(scale, sum));
  }
}

/** What the responses of two signals to the ridge's noise add where synapses learn from them (src/kernels/program.ts has the same). */
export enum Noise {
  None = 0,
  /** λ Σ_ij left_i G_ij right_jᵀ, where left_i and right_j follow the two signals. */
  Any = 1,
  /** The same where left_i is the unit vector e_i: λ Σ_j G_ij right_jᵀ in row i. */
  UnitLeft = 2,
}

/** W += η (left rightᵀ − decay W + what the noise adds); G and λ are those of the program. */
export function learn(
  synapses: DenseSynapses,
  left: usize,
  right: usize,
  decay: f64,
  noise: Noise,
  program: Program,
): void {
  const eta = changetype<Rate>(synapses.rate).eta;
  const rows = synapses.rows;
  const bytes = <usize>synapses.stride << 2;
  let values = synapses.values;
  let residues = synapses.residues;

  let scale = load<f64>(synapses.scale);
  if (decay != 0) {
    scale *= 1 - eta * decay;
    if (Math.abs(scale) < smallestScale) {
      setScaled(values, <f32>scale, values, <usize>rows * bytes);
      setScaled(residues, <f32>scale, residues, <usize>rows * bytes);
      scale = 1;
    }
    store<f64>(synapses.scale, scale);
  }

  const gain = eta / scale;
  const factorBytes = <usize>paddedLength(program.directions) << 2;
  let factors = synapses.scratch;
  if (noise == Noise.Any) mixLeft(left, rows, program, gain * program.ridge, factors);
  if (noise == Noise.UnitLeft) scaleGram(program, gain * program.ridge, factors);
  for (let i = 0; i < rows; i++) {
    const ofRight = f32x4.splat(<f32>(gain * <f64>load<f32>(left + (<usize>i << 2))));
    const end = factors + (noise == Noise.None ? 0 : <usize>program.directions << 2);
    let column: usize = 0;
    for (; column + 32 <= bytes; column += 32) {
      let response = right + column;
      let change = f32x4.mul(ofRight, v128.load(response));
      let next = f32x4.mul(ofRight, v128.load(response, 16));
      for (let at = factors; at < end; at += 4) {
        const factor = v128.load32_splat(at);
        response += bytes;
        change = multiplyAdd(change, factor, v128.load(response));
        next = multiplyAdd(next, factor, v128.load(response, 16));
      }
      addExactly(values + column, residues + column, change);
      addExactly(values + column + 16, residues + column + 16, next);
    }
    if (column < bytes) {
      let response = right + column;
      let change = f32x4.mul(ofRight, v128.load(response));
      for (let at = factors; at < end; at += 4) {
        response += bytes;
        change = multiplyAdd(change, v128.load32_splat(at), v128.load(response));
      }
      addExactly(values + column, residues + column, change);
    }
    values += bytes;
    residues += bytes;
    factors += factorBytes;
  }
}

/** out = gain Lᵀ G, float32, one row a cell, L having the rows left_i. */
function mixLeft(left: usize, rows: i32, program: Program, gain: f64, out: usize): void {
  const directions = program.directions;
  const bytes = <usize>paddedLength(directions) << 3;
  const leftBytes = <usize>paddedLength(rows) << 2;
  const responses = left + leftBytes;
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 32) {
      let response = responses + (<usize>row << 2);
      let gram = program.gram + at;
      let low = f64x2.splat(0);
      let high = f64x2.splat(0);
      for (let i = 0; i < directions; i++) {
        const factor = f64x2.splat(<f64>load<f32>(response));
        low = f64x2.add(low, f64x2.mul(factor, v128.load(gram)));
        high = f64x2.add(high, f64x2.mul(factor, v128.load(gram, 16)));
        response += leftBytes;
        gram += bytes;
      }
      v128.store(out, demoteScaled(gain, low, high));
      out += 16;
    }
  }
}

/** out = gain G, float32. */
function scaleGram(program: Program, gain: f64, out: usize): void {
  const gram = program.gram;
  const end = gram + ((<usize>program.directions * paddedLength(program.directions)) << 3);
  for (let at = gram; at < end; at += 32) {
    v128.store(out, demoteScaled(gain, v128.load(at), v128.load(at, 16)));
    out += 16;
  }
}

/** Two pairs of float64 numbers times a factor, as float32. */
@inline
function demoteScaled(factor: f64, low: v128, high: v128): v128 {
  const factors = f64x2.splat(factor);
  return v128.shuffle<f64>(
    f32x4.demote_f64x2_zero(f64x2.mul(factors, low)),
    f32x4.demote_f64x2_zero(f64x2.mul(factors, high)),
    0,
    2,
  );
}
