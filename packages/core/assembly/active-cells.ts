import { ActiveCells } from './layout';

// Rectified cells, z = r − z̄ with r = max(u, 0), of which few are active: what is computed for them is computed for the
// active ones only. The running mean z̄ ← (1 − ε) z̄ + ε r touches every cell; kept as z̄ = ρ ζ it does not:
//
//   ρ ← (1 − ε) ρ,  ζ ← ζ + (ε / ρ) r

/** Lists the active cells for the current u, and moves the running mean. A current that is not a number counts as active. */
export function activateCells(cells: ActiveCells, input: usize): void {
  const size = cells.size;
  const rows = cells.rows;
  let count = 0;
  for (let i = 0; i < size; i++) {
    store<i32>(rows + (<usize>count << 2), i);
    count += i32(!(load<f32>(input + (<usize>i << 2)) <= 0));
  }
  cells.count = count;

  const zeta = cells.zeta;
  const values = cells.values;
  const zetaBefore = cells.zetaBefore;
  const rho = load<f64>(cells.scales) * (1 - cells.meanRate);
  const norm = load<f64>(cells.scales, 8);
  const step = cells.meanRate / rho;
  let product: f64 = 0;
  let square: f64 = 0;
  for (let j = 0; j < count; j++) {
    const at = <usize>j << 2;
    const row = <usize>load<i32>(rows + at);
    const value = load<f32>(input + (row << 2));
    const r = <f64>value;
    const before = load<f64>(zeta + (row << 3));
    store<f32>(values + at, value);
    store<f32>(zetaBefore + at, <f32>before);
    store<f64>(zeta + (row << 3), before + step * r);
    product += before * r;
    square += r * r;
  }
  for (let j = count; j & 3; j++) {
    const at = <usize>j << 2;
    store<i32>(rows + at, size + j - count);
    store<f32>(values + at, 0);
    store<f32>(zetaBefore + at, 0);
  }
  cells.step = step;
  cells.zetaDotOutput = product - rho * (norm + step * product);
  cells.valuesDotZeta = product + step * square;
  store<f64>(cells.scales, rho);
  store<f64>(cells.scales, norm + step * (2 * product + step * square), 8);
}

/** ζ ← ρ ζ, ρ ← 1; ‖ζ‖² is computed anew. */
export function rebaseCells(cells: ActiveCells): void {
  const rho = load<f64>(cells.scales);
  let norm: f64 = 0;
  for (let i = 0; i < cells.size; i++) {
    const at = cells.zeta + (<usize>i << 3);
    const mean = rho * load<f64>(at);
    store<f64>(at, mean);
    norm += mean * mean;
  }
  store<f64>(cells.scales, 1);
  store<f64>(cells.scales, norm, 8);
}
