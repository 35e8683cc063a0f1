import { rebaseNow } from './input-synapses';
import { InputSynapses } from './layout';
import * as sample from './sample';
import { addProduct, addPromoted, copyPairs, demoted, largestRowSum, multiplyMatrices } from './small-matrices';
import { addScaled, clear, paddedLength, setScaled } from './vector';

// The ridge multiplies the synapses from the stimulus from the left: W ← M W + e xᵀ with M = I + η λ L, k × k. Only A, of
// W = A (V + c 1ᵀ), is multiplied. G = W Wᵀ, which others need, is kept by recursion:
//
//   G ← M G Mᵀ + (M W x) eᵀ + e (M W x)ᵀ + ‖x‖² e eᵀ

/** A further from I than this, by its rows' sums, is multiplied into V. */
const largestDeviation: f32 = 0.125;
/** Below half a unit in the last place of float32. */
const precision: f32 = 2e-8;
/** Beyond this, or below its inverse, A of one or two rows is multiplied into V. */
const largestFactor: f64 = 1e4;
/** Below this part of its largest entry squared, the determinant of a 2 × 2 matrix A has lost digits, and A is multiplied into V. */
const smallestDeterminant: f64 = 1e-4;

/**
 * A ← M A and G as above, e being the changes in the scratch, which become d with A d = e. `strength` is η λ; column j of L is
 * the response to noise direction j (0: there is none).
 */
export function applyRidge(synapses: InputSynapses, strength: f64, responses: usize): void {
  const rows = synapses.rows;
  if (rows == 1) {
    applyRidge1(synapses, responses ? strength : 0, responses);
    return;
  }
  if (rows == 2) {
    applyRidge2(synapses, responses ? strength : 0, responses);
    return;
  }
  const bytes = <usize>paddedLength(rows) << 2;
  const changes = synapses.scratch;
  const e = changes + synapses.vectorBytes;
  const d = e + synapses.vectorBytes;
  const half = d + synapses.vectorBytes;
  const effect = half + synapses.vectorBytes;
  const matrixBytes = bytes * <usize>paddedLength(rows);
  const work = effect + matrixBytes;
  const product = work + matrixBytes;
  const sum = product + matrixBytes;

  demote(changes, e, bytes);
  fillEffect(effect, strength, responses, rows, bytes);
  advanceFactor(synapses.factor, effect, work, product, rows, bytes);
  demote(synapses.current, d, bytes);
  addProduct(d, 1, effect, d, half, rows, bytes);
  addScaled(half, <f32>(0.5 * sample.square), e, bytes);
  solve(synapses, work, e, d, rows, bytes);
  advanceGram(synapses.gram, effect, work, product, sum, half, e, rows, bytes);
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(d + at);
    v128.store(changes + 2 * at, f64x2.promote_low_f32x4(value));
    v128.store(changes + 2 * at, f64x2.promote_low_f32x4(v128.shuffle<f64>(value, value, 1, 1)), 16);
  }
}

/** N = strength L. */
function fillEffect(effect: usize, strength: f64, responses: usize, rows: i32, bytes: usize): void {
  const size = <usize>rows * bytes;
  if (responses) setScaled(effect, <f32>strength, responses, size);
  else clear(effect, size);
}

/** A ← (I + N) A, and D = A − I as float32. */
function advanceFactor(factor: usize, effect: usize, out: usize, product: usize, rows: i32, bytes: usize): void {
  const size = <usize>rows * bytes;
  demote(factor, out, size);
  for (let i: usize = 0; i < <usize>rows; i++) {
    store<f32>(out + i * (bytes + 4), <f32>(load<f64>(factor + i * (2 * bytes + 8)) - 1));
  }
  multiplyMatrices(effect, out, 4, bytes, product, rows, bytes);
  for (let at: usize = 0; at < size; at += 16) {
    const change = f32x4.add(v128.load(effect + at), v128.load(product + at));
    v128.store(out + at, f32x4.add(v128.load(out + at), change));
    addPromoted(factor + 2 * at, change);
  }
}

/**
 * A d = e, with D = A − I small: d = e − D d, again and again, each time closer by the factor ‖D‖. Where it is not small, A is
 * multiplied into V, and d is e.
 */
function solve(synapses: InputSynapses, small: usize, e: usize, d: usize, rows: i32, bytes: usize): void {
  copyPairs(e, d, bytes);
  const norm = largestRowSum(small, rows, bytes);
  if (!(norm < largestDeviation)) {
    rebaseNow(synapses);
    return;
  }
  for (let rest = norm; rest > precision; rest *= norm) addProduct(e, -1, small, d, d, rows, bytes);
}

/** G as above: with N G, and (G + N G) Nᵀ, which has the third power's worth of it; `half` is M W x + ‖x‖² e / 2. */
function advanceGram(
  gram: usize,
  effect: usize,
  before: usize,
  product: usize,
  sum: usize,
  half: usize,
  e: usize,
  rows: i32,
  bytes: usize,
): void {
  const size = <usize>rows * bytes;
  demote(gram, before, size);
  multiplyMatrices(effect, before, bytes, 4, product, rows, bytes);
  for (let at: usize = 0; at < size; at += 16) {
    v128.store(before + at, f32x4.add(v128.load(before + at), v128.load(product + at)));
  }
  multiplyMatrices(before, effect, bytes, 4, sum, rows, bytes);
  let at: usize = 0;
  for (let j = 0; j < rows; j++) {
    const ofE = v128.load32_splat(e + (<usize>j << 2));
    const ofHalf = v128.load32_splat(half + (<usize>j << 2));
    for (let row: usize = 0; row < bytes; row += 16) {
      const outer = f32x4.add(f32x4.mul(v128.load(half + row), ofE), f32x4.mul(v128.load(e + row), ofHalf));
      addPromoted(gram + 2 * at, f32x4.add(outer, f32x4.add(v128.load(product + at), v128.load(sum + at))));
      at += 16;
    }
  }
}

/** out = so many bytes of float32, a multiple of 16, from float64. */
function demote(from: usize, out: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(out + at, demoted(from + 2 * at));
}

/** The same of one row: all are numbers. */
function applyRidge1(synapses: InputSynapses, strength: f64, response: usize): void {
  const changes = synapses.scratch;
  const effect = strength == 0 ? 1 : 1 + strength * <f64>load<f32>(response);
  const driven = effect * load<f64>(synapses.current);
  const e = load<f64>(changes);
  const factor = effect * load<f64>(synapses.factor);
  const inverse = 1 / factor;
  const gram = effect * effect * load<f64>(synapses.gram) + (2 * driven + sample.square * e) * e;
  if (factor > 1 / largestFactor && factor < largestFactor) {
    store<f64>(synapses.factor, factor);
    v128.store(changes, f64x2.replace_lane(f64x2.splat(0), 0, e * inverse));
  } else {
    store<f64>(synapses.factor, factor);
    rebaseNow(synapses);
  }
  store<f64>(synapses.gram, gram);
}

/** The same of two rows: the products are written out. */
function applyRidge2(synapses: InputSynapses, strength: f64, responses: usize): void {
  const changes = synapses.scratch;
  let m00: f64 = 1;
  let m10: f64 = 0;
  let m01: f64 = 0;
  let m11: f64 = 1;
  if (strength != 0) {
    m00 += strength * <f64>load<f32>(responses);
    m10 = strength * <f64>load<f32>(responses, 4);
    m01 = strength * <f64>load<f32>(responses, 16);
    m11 += strength * <f64>load<f32>(responses, 20);
  }
  const u0 = load<f64>(synapses.current);
  const u1 = load<f64>(synapses.current, 8);
  const e0 = load<f64>(changes);
  const e1 = load<f64>(changes, 8);

  const factor = synapses.factor;
  const b0 = load<f64>(factor);
  const b1 = load<f64>(factor, 8);
  const b2 = load<f64>(factor, 32);
  const b3 = load<f64>(factor, 40);
  const a00 = m00 * b0 + m01 * b1;
  const a10 = m10 * b0 + m11 * b1;
  const a01 = m00 * b2 + m01 * b3;
  const a11 = m10 * b2 + m11 * b3;
  store<f64>(factor, a00);
  store<f64>(factor, a10, 8);
  store<f64>(factor, a01, 32);
  store<f64>(factor, a11, 40);

  const gram = synapses.gram;
  const g0 = load<f64>(gram);
  const g1 = load<f64>(gram, 8);
  const g2 = load<f64>(gram, 40);
  const t00 = m00 * g0 + m01 * g1;
  const t10 = m10 * g0 + m11 * g1;
  const t01 = m00 * g1 + m01 * g2;
  const t11 = m10 * g1 + m11 * g2;

  // d = A⁻¹ e by the determinant, which is not small beside the entries where the condition of A is moderate.
  const determinant = a00 * a11 - a01 * a10;
  const size = max(max(abs(a00), abs(a01)), max(abs(a10), abs(a11)));
  if (determinant > size * size * smallestDeterminant && size > 1 / largestFactor && size < largestFactor) {
    const inverse = 1 / determinant;
    const solved = f64x2.splat((a11 * e0 - a01 * e1) * inverse);
    v128.store(changes, f64x2.replace_lane(solved, 1, (a00 * e1 - a10 * e0) * inverse));
  } else {
    rebaseNow(synapses);
  }
  const half = 0.5 * sample.square;
  const h0 = m00 * u0 + m01 * u1 + half * e0;
  const h1 = m10 * u0 + m11 * u1 + half * e1;
  const mixed = t00 * m10 + t01 * m11 + h0 * e1 + h1 * e0;
  store<f64>(gram, t00 * m00 + t01 * m01 + 2 * h0 * e0);
  store<f64>(gram, mixed, 8);
  store<f64>(gram, mixed, 32);
  store<f64>(gram, t10 * m10 + t11 * m11 + 2 * h1 * e1, 40);
}
