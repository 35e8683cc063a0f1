import { ActiveCells, ActiveSynapses, Rate } from './layout';
import { multiplyAdd } from './multiply-add';
import { addScaled, clear, dot, dotOf4, setScaled } from './vector';

// Synapses with rectified cells at one end (active-cells.ts), one row a cell, W = α (T − ζ Pᵀ): only the rows of T that belong
// to active cells are touched. With R = Tᵀr and S = Tᵀζ, and everything but α, ρ and ζ from before the sample's changes:
//
//   to the cells    (W s)_i = α (T_i · s − ζ_i (P · s)), for the active i
//   from the cells  Wᵀz = α ((1 − ε) R − ρ S − (ζ · z) P)
//   learn           W ← (1 − η δ) W + η z sᵀ:  α ← (1 − η δ) α,  and with w = (ε / ρ) P + (η / α) s:
//                   T_i += r_i w for the active i,  P += (η ρ / α) s,  S += (ε / ρ) R + (r · ζ) w
//
// (ε / ρ) P in w is what keeps W as it is while ζ moves.

/** Below this size the scale α is multiplied into T, long before float32 loses digits by it. */
const smallestScale: f64 = 1e-3;

@inline
function rowAddress(values: usize, bytes: usize, rows: usize, at: usize): usize {
  return values + <usize>load<i32>(rows + at) * bytes;
}

/** output = W input for the active cells, one after the other as `cells` lists them. */
export function driveTo(synapses: ActiveSynapses, input: usize, output: usize): void {
  const cells = changetype<ActiveCells>(synapses.cells);
  const values = synapses.values;
  const bytes = <usize>synapses.stride << 2;
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  const common = f32x4.splat(dot(synapses.common, input, bytes));
  const zeta = cells.zetaBefore;
  const rows = cells.rows;
  const end = <usize>cells.count << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const sums = dotOf4(
      rowAddress(values, bytes, rows, at),
      rowAddress(values, bytes, rows, at + 4),
      rowAddress(values, bytes, rows, at + 8),
      rowAddress(values, bytes, rows, at + 12),
      input,
      bytes,
    );
    v128.store(output + at, f32x4.mul(scale, f32x4.sub(sums, f32x4.mul(common, v128.load(zeta + at)))));
  }
}

/** output = Wᵀ z; keeps R = Tᵀr for `learn`. */
export function driveFrom(synapses: ActiveSynapses, output: usize): void {
  const cells = changetype<ActiveCells>(synapses.cells);
  const values = synapses.values;
  const bytes = <usize>synapses.stride << 2;
  const driven = synapses.driven;
  const rows = cells.rows;
  const end = <usize>cells.count << 2;
  clear(driven, bytes);
  for (let at: usize = 0; at < end; at += 16) {
    const r0 = rowAddress(values, bytes, rows, at);
    const r1 = rowAddress(values, bytes, rows, at + 4);
    const r2 = rowAddress(values, bytes, rows, at + 8);
    const r3 = rowAddress(values, bytes, rows, at + 12);
    const z0 = v128.load32_splat(cells.values + at);
    const z1 = v128.load32_splat(cells.values + at, 4);
    const z2 = v128.load32_splat(cells.values + at, 8);
    const z3 = v128.load32_splat(cells.values + at, 12);
    for (let column: usize = 0; column < bytes; column += 16) {
      let sum = v128.load(driven + column);
      sum = multiplyAdd(sum, v128.load(r0 + column), z0);
      sum = multiplyAdd(sum, v128.load(r1 + column), z1);
      sum = multiplyAdd(sum, v128.load(r2 + column), z2);
      sum = multiplyAdd(sum, v128.load(r3 + column), z3);
      v128.store(driven + column, sum);
    }
  }
  const scale = load<f64>(synapses.scale);
  const ofDriven = f32x4.splat(<f32>(scale * (1 - cells.meanRate)));
  const ofProjected = f32x4.splat(<f32>(scale * load<f64>(cells.scales)));
  const ofCommon = f32x4.splat(<f32>(scale * cells.zetaDotOutput));
  for (let column: usize = 0; column < bytes; column += 16) {
    const mean = multiplyAdd(f32x4.mul(ofProjected, v128.load(synapses.projected + column)), ofCommon, v128.load(synapses.common + column));
    v128.store(output + column, f32x4.sub(f32x4.mul(ofDriven, v128.load(driven + column)), mean));
  }
}

/** W ← (1 − η decay) W + η z inputᵀ. */
export function learn(synapses: ActiveSynapses, input: usize, decay: f64): void {
  const cells = changetype<ActiveCells>(synapses.cells);
  const bytes = <usize>synapses.stride << 2;
  const eta = changetype<Rate>(synapses.rate).eta;
  const rho = load<f64>(cells.scales);
  const scale = load<f64>(synapses.scale) * (1 - eta * decay);
  const common = synapses.common;
  const gain = synapses.gain;
  store<f64>(synapses.scale, scale);
  if (Math.abs(scale) < smallestScale) {
    setScaled(gain, <f32>cells.step, common, bytes);
    addToActive(synapses, cells, gain, bytes);
    rebase(synapses);
    addScaled(common, <f32>(eta * rho), input, bytes);
    setScaled(gain, <f32>eta, input, bytes);
    addToActive(synapses, cells, gain, bytes);
    project(synapses);
    return;
  }

  const step = f32x4.splat(<f32>cells.step);
  const ofInput = f32x4.splat(<f32>(eta / scale));
  for (let column: usize = 0; column < bytes; column += 16) {
    const s = f32x4.mul(ofInput, v128.load(input + column));
    v128.store(gain + column, multiplyAdd(s, step, v128.load(common + column)));
  }
  const projected = synapses.projected;
  if (projected) {
    addScaled(projected, <f32>cells.step, synapses.driven, bytes);
    addScaled(projected, <f32>cells.valuesDotZeta, gain, bytes);
  }
  addScaled(common, <f32>((eta * rho) / scale), input, bytes);
  addToActive(synapses, cells, gain, bytes);
}

/** T_i += r_i w for the active cells. */
function addToActive(synapses: ActiveSynapses, cells: ActiveCells, gain: usize, bytes: usize): void {
  const values = synapses.values;
  const rows = cells.rows;
  const end = <usize>cells.count << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const r0 = rowAddress(values, bytes, rows, at);
    const r1 = rowAddress(values, bytes, rows, at + 4);
    const r2 = rowAddress(values, bytes, rows, at + 8);
    const r3 = rowAddress(values, bytes, rows, at + 12);
    const z0 = v128.load32_splat(cells.values + at);
    const z1 = v128.load32_splat(cells.values + at, 4);
    const z2 = v128.load32_splat(cells.values + at, 8);
    const z3 = v128.load32_splat(cells.values + at, 12);
    for (let column: usize = 0; column < bytes; column += 16) {
      const w = v128.load(gain + column);
      v128.store(r0 + column, multiplyAdd(v128.load(r0 + column), z0, w));
      v128.store(r1 + column, multiplyAdd(v128.load(r1 + column), z1, w));
      v128.store(r2 + column, multiplyAdd(v128.load(r2 + column), z2, w));
      v128.store(r3 + column, multiplyAdd(v128.load(r3 + column), z3, w));
    }
  }
}

/** T ← α (T − ζ Pᵀ), P ← 0, α ← 1. */
export function rebase(synapses: ActiveSynapses): void {
  const cells = changetype<ActiveCells>(synapses.cells);
  const bytes = <usize>synapses.stride << 2;
  const scale = f32x4.splat(<f32>load<f64>(synapses.scale));
  let row = synapses.values;
  for (let i = 0; i < cells.size; i++) {
    const zeta = f32x4.splat(<f32>load<f64>(cells.zeta + (<usize>i << 3)));
    for (let column: usize = 0; column < bytes; column += 16) {
      const shifted = f32x4.sub(v128.load(row + column), f32x4.mul(zeta, v128.load(synapses.common + column)));
      v128.store(row + column, f32x4.mul(scale, shifted));
    }
    row += bytes;
  }
  clear(synapses.common, bytes);
  store<f64>(synapses.scale, 1);
}

/** S = Tᵀζ. */
export function project(synapses: ActiveSynapses): void {
  const cells = changetype<ActiveCells>(synapses.cells);
  const projected = synapses.projected;
  if (!projected) return;
  const bytes = <usize>synapses.stride << 2;
  let row = synapses.values;
  clear(projected, bytes);
  for (let i = 0; i < cells.size; i++) {
    addScaled(projected, <f32>load<f64>(cells.zeta + (<usize>i << 3)), row, bytes);
    row += bytes;
  }
}
