import { LeftFactor } from './layout';
import { multiplyAdd } from './multiply-add';
import { addProduct, addPromoted, copyPairs, demote, largestRowSum, multiplyMatrices } from './small-matrices';
import { addScaled, paddedLength } from './vector';

// What a sample does to synapses W = A (V + c 1ᵀ) from the left: W ← (I + N) W + e xᵀ, with N and A k × k. Only A is multiplied,
// A ← (I + N) A, and V + c 1ᵀ learns d xᵀ with A d = e. G = W Wᵀ, which others need, is kept by recursion:
//
//   G ← G + N G + (G + N G) Nᵀ + u eᵀ + e uᵀ + ‖x‖² e eᵀ,   u = (I + N) W x
//
// A and G are float64, and what one sample adds to them is float32. G is symmetric: N G is computed as N Gᵀ.

/** Where A is further from I than this, by the sums of its rows, it is to be multiplied into V. */
const largestDeviation: f32 = 0.125;
/** A third of half a unit in the last place of float32. */
const precision: f32 = 2e-8;

/** Makes A = I. */
export function begin(left: LeftFactor): void {
  const rows = left.rows;
  const bytes = <usize>paddedLength(rows) << 3;
  memory.fill(left.factor, 0, <usize>rows * bytes);
  for (let i: usize = 0; i < <usize>rows; i++) store<f64>(left.factor + i * (bytes + 8), 1);
}

/**
 * A and G of the next sample, as above, with N at `left.effect`; writes d. `current` is W x, float64; e and d are float32, and
 * `square` is ‖x‖². Returns false where A has moved too far from I: it is then to be multiplied into V, and d is e.
 */
export function advance(left: LeftFactor, current: usize, e: usize, d: usize, square: f64): bool {
  const rows = left.rows;
  const bytes = <usize>paddedLength(rows) << 2;
  const matrixBytes = bytes * <usize>paddedLength(rows);
  const before = left.scratch;
  const product = before + matrixBytes;
  const sum = product + matrixBytes;
  const half = sum + matrixBytes;

  advanceFactor(left, before, product, bytes);
  demote(current, d, bytes);
  addProduct(d, 1, left.effect, d, half, rows, bytes);
  addScaled(half, <f32>(0.5 * square), e, bytes);
  const isNear = solve(before, e, d, rows, bytes);
  advanceGram(left, before, product, sum, half, e, bytes);
  return isNear;
}

/** A ← (I + N) A; `deviation` becomes A − I. */
function advanceFactor(left: LeftFactor, deviation: usize, product: usize, bytes: usize): void {
  const rows = left.rows;
  const size = <usize>rows * bytes;
  const factor = left.factor;
  const effect = left.effect;
  demote(factor, deviation, size);
  for (let i: usize = 0; i < <usize>rows; i++) {
    store<f32>(deviation + i * (bytes + 4), <f32>(load<f64>(factor + i * (2 * bytes + 8)) - 1));
  }
  multiplyMatrices(effect, deviation, 4, bytes, product, rows, bytes);
  for (let at: usize = 0; at < size; at += 16) {
    const change = f32x4.add(v128.load(effect + at), v128.load(product + at));
    v128.store(deviation + at, f32x4.add(v128.load(deviation + at), change));
    addPromoted(factor + 2 * at, change);
  }
}

/** A d = e, with D = A − I small: d = e − D d, again and again, each time closer by the factor ‖D‖. Else d = e, and false. */
function solve(deviation: usize, e: usize, d: usize, rows: i32, bytes: usize): bool {
  const norm = largestRowSum(deviation, rows, bytes);
  copyPairs(e, d, bytes);
  if (!(norm < largestDeviation)) return false;
  for (let rest = norm; rest > precision; rest *= norm) addProduct(e, -1, deviation, d, d, rows, bytes);
  return true;
}

/** G of the next sample; `half` is u + ‖x‖² e / 2, which makes both mixed products and the square of e. */
function advanceGram(
  left: LeftFactor,
  before: usize,
  product: usize,
  sum: usize,
  half: usize,
  e: usize,
  bytes: usize,
): void {
  const rows = left.rows;
  const size = <usize>rows * bytes;
  const effect = left.effect;
  const gram = left.gram;
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
      const outer = multiplyAdd(f32x4.mul(v128.load(half + row), ofE), v128.load(e + row), ofHalf);
      addPromoted(gram + 2 * at, f32x4.add(outer, f32x4.add(v128.load(product + at), v128.load(sum + at))));
      at += 16;
    }
  }
}
