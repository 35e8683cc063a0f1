import { changed, Keeping, kept } from './keeping';
import { Source } from './layout';
import { multiplyAdd } from './multiply-add';
import { copy } from './pointwise';
import { inputOf, isAsItLies, loadInputs, numberAt } from './sample-blocks';
import { paddedLength } from './vector';
import { passRows, wideBytes } from './wide-rows';

// What a sample changes and what the next one drives, in one pass over the weights. Matrices and vectors are as in matrix-products.ts. What is
// stored, and what is added, lies side by side: an engine that joins two instructions of 128 bits to one of 256 then finds them.

/**
 * W ← keep ⊙ W + (factor left) rightᵀ, and then out = Wᵀ next: the numbers that learnDecaying, learnDecayingColumns or addOuterProducts, and
 * then multiplyTransposed, come to. What is kept is 1 − factor decay, or where `decays` is not 0, of each column 1 − factor decays_j.
 */
export function learnAndDrive(
  weights: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  factor: f64,
  decay: f64,
  decays: usize,
  next: usize,
  out: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const end = left + (<usize>rows << 2);
  const keep = <f32>(1 - factor * decay);
  const keeping = decays ? Keeping.Each : decay == 0 ? Keeping.All : Keeping.Alike;
  if (bytes >= wideBytes) {
    if (keeping == Keeping.All) passKeepingAll(weights, rows, bytes, left, right, <f32>factor, next, out);
    else if (keeping == Keeping.Alike) passKeepingAlike(weights, rows, bytes, left, right, <f32>factor, keep, next, out);
    else passKeepingEach(weights, rows, bytes, left, right, <f32>factor, decays, next, out);
    return;
  }
  for (let column: usize = 0; column < bytes; column += 64) {
    const at = weights + column;
    const own = decays ? decays + column : 0;
    const to = out + column;
    const fours = min(4, (bytes - column) >> 4);
    if (fours == 4 && keeping == Keeping.All) passParts(Keeping.All, 4, at, bytes, left, end, right + column, <f32>factor, f32x4.splat(keep), own, next, to);
    else if (fours == 4 && keeping == Keeping.Alike) passParts(Keeping.Alike, 4, at, bytes, left, end, right + column, <f32>factor, f32x4.splat(keep), own, next, to);
    else if (fours == 4) passParts(Keeping.Each, 4, at, bytes, left, end, right + column, <f32>factor, f32x4.splat(keep), own, next, to);
    else if (fours == 3) passParts(Keeping.Each, 3, at, bytes, left, end, right + column, <f32>factor, f32x4.splat(keep), own, next, to);
    else if (fours == 2) passParts(Keeping.Each, 2, at, bytes, left, end, right + column, <f32>factor, f32x4.splat(keep), own, next, to);
    else passParts(Keeping.Each, 1, at, bytes, left, end, right + column, <f32>factor, f32x4.splat(keep), own, next, to);
  }
}

// A function each: in one, the compiler would make one loop of theirs, which asks again and again what is kept. They take `keep` as a number: V8
// ends the process where it finds a vector both to join with itself and to hand to a function (test/bit-identity).

function passKeepingAll(weights: usize, rows: i32, bytes: usize, left: usize, right: usize, factor: f32, next: usize, out: usize): void {
  passRows(Keeping.All, weights, rows, bytes, left, right, factor, f32x4.splat(1), 0, next, out);
}

function passKeepingAlike(
  weights: usize,
  rows: i32,
  bytes: usize,
  left: usize,
  right: usize,
  factor: f32,
  keep: f32,
  next: usize,
  out: usize,
): void {
  passRows(Keeping.Alike, weights, rows, bytes, left, right, factor, f32x4.splat(keep), 0, next, out);
}

function passKeepingEach(
  weights: usize,
  rows: i32,
  bytes: usize,
  left: usize,
  right: usize,
  factor: f32,
  decays: usize,
  next: usize,
  out: usize,
): void {
  passRows(Keeping.Each, weights, rows, bytes, left, right, factor, f32x4.splat(1), decays, next, out);
}

/**
 * The same for the sample at a position of a source's order, and the one after it: of inputs that are signals as they lie nothing is copied.
 * @param input where the sample's input is, if it is not as it lies; the next one's is put there then. @param room for the next one's
 */
export function learnAndDriveNext(
  source: Source,
  position: i32,
  input: usize,
  room: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  right: usize,
  factor: f64,
  decay: f64,
  decays: usize,
  out: usize,
): void {
  const own = numberAt(source, position);
  const following = numberAt(source, position + 1);
  const left = isAsItLies(source, own) ? inputOf(source, own) : input;
  if (isAsItLies(source, following)) {
    learnAndDrive(weights, rows, columns, left, right, factor, decay, decays, inputOf(source, following), out);
    return;
  }
  loadInputs(source, position + 1, 1, rows, room);
  learnAndDrive(weights, rows, columns, left, right, factor, decay, decays, room, out);
  copy(room, input, paddedLength(rows));
}

/**
 * What learnAndDrive does, for so many fours of columns, a constant where this is inlined, as is what is kept: what is the same for all rows stays in
 * registers, of which there are just enough.
 */
@inline
function passParts(
  keeping: Keeping,
  fours: i32,
  weights: usize,
  bytes: usize,
  left: usize,
  end: usize,
  right: usize,
  factor: f32,
  keep: v128,
  decays: usize,
  next: usize,
  out: usize,
): void {
  const r0 = v128.load(right);
  const r1 = fours > 1 ? v128.load(right, 16) : r0;
  const r2 = fours > 2 ? v128.load(right, 32) : r0;
  const r3 = fours > 3 ? v128.load(right, 48) : r0;
  // Where there are four, it is no question: what is chosen between is not joined.
  const isEach = keeping == Keeping.Each && (fours == 4 || decays != 0);
  const k0 = isEach ? kept(decays, factor) : keep;
  const k1 = isEach && fours > 1 ? kept(decays + 16, factor) : keep;
  const k2 = isEach && fours > 2 ? kept(decays + 32, factor) : keep;
  const k3 = isEach && fours > 3 ? kept(decays + 48, factor) : keep;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  while (left < end) {
    const a = f32x4.splat(factor * load<f32>(left));
    const x = v128.load32_splat(next);
    const w0 = changed(keeping, k0, v128.load(weights), a, r0);
    const w1 = fours > 1 ? changed(keeping, k1, v128.load(weights, 16), a, r1) : w0;
    v128.store(weights, w0);
    if (fours > 1) v128.store(weights, w1, 16);
    s0 = multiplyAdd(s0, w0, x);
    if (fours > 1) s1 = multiplyAdd(s1, w1, x);
    if (fours > 2) {
      const w2 = changed(keeping, k2, v128.load(weights, 32), a, r2);
      const w3 = fours > 3 ? changed(keeping, k3, v128.load(weights, 48), a, r3) : w2;
      v128.store(weights, w2, 32);
      if (fours > 3) v128.store(weights, w3, 48);
      s2 = multiplyAdd(s2, w2, x);
      if (fours > 3) s3 = multiplyAdd(s3, w3, x);
    }
    weights += bytes;
    left += 4;
    next += 4;
  }
  v128.store(out, s0);
  if (fours > 1) v128.store(out, s1, 16);
  if (fours > 2) v128.store(out, s2, 32);
  if (fours > 3) v128.store(out, s3, 48);
}
