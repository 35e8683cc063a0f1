import { rebaseNow } from './input-passes';
import { InputSynapses, LeftFactor } from './layout';
import { advance } from './left-factor';
import * as sample from './sample';
import { demote, promote } from './small-matrices';
import { clear, paddedLength, setScaled } from './vector';

// The ridge multiplies the synapses from the stimulus from the left: W ← (I + η λ L) W + e xᵀ, L being k × k: see left-factor.ts.

/** Beyond this, or below its inverse, A of one or two rows is multiplied into V. */
const largestFactor: f64 = 1e4;
/** Below this part of its largest entry squared, the determinant of a 2 × 2 matrix A has lost digits, and A is multiplied into V. */
const smallestDeterminant: f64 = 1e-4;

/**
 * A and G of the next sample, e being the changes in the scratch, which become d with A d = e. `strength` is η λ; column j of L is
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
  const left = changetype<LeftFactor>(synapses.left);
  const bytes = <usize>paddedLength(rows) << 2;
  const size = <usize>rows * bytes;
  const changes = synapses.scratch;
  const e = changes + synapses.vectorBytes;
  const d = e + synapses.vectorBytes;
  if (responses) setScaled(left.effect, <f32>strength, responses, size);
  else clear(left.effect, size);
  demote(changes, e, bytes);
  if (!advance(left, synapses.current, e, d, sample.square)) rebaseNow(synapses);
  promote(d, changes, bytes);
}

/** The same of one row: all are numbers. */
function applyRidge1(synapses: InputSynapses, strength: f64, response: usize): void {
  const left = changetype<LeftFactor>(synapses.left);
  const changes = synapses.scratch;
  const effect = strength == 0 ? 1 : 1 + strength * <f64>load<f32>(response);
  const driven = effect * load<f64>(synapses.current);
  const e = load<f64>(changes);
  const factor = effect * load<f64>(left.factor);
  const inverse = 1 / factor;
  const gram = effect * effect * load<f64>(left.gram) + (2 * driven + sample.square * e) * e;
  if (factor > 1 / largestFactor && factor < largestFactor) {
    store<f64>(left.factor, factor);
    v128.store(changes, f64x2.replace_lane(f64x2.splat(0), 0, e * inverse));
  } else {
    store<f64>(left.factor, factor);
    rebaseNow(synapses);
  }
  store<f64>(left.gram, gram);
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

  const left = changetype<LeftFactor>(synapses.left);
  const factor = left.factor;
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

  const gram = left.gram;
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
