// Linear equations of small order, in float64. Every sum is taken in one order.

/**
 * Solves A z_s = −c_s for `count` vectors c_s, by Gaussian elimination with partial pivoting. Where A has no inverse, solutions are
 * not finite. Columns are kept as they come, so that numbers of one lie side by side.
 *
 * @param columns the k columns of A, float32 vectors that are `stride` numbers from each other, padded with zeros to a multiple of four
 * @param constants c_s, alike
 * @param solutions z_s, alike
 * @param scratch room for k + count + 2 columns, each of k numbers of float64 and up to three more
 */
export function solveEquations(
  columns: usize,
  k: i32,
  stride: i32,
  constants: usize,
  solutions: usize,
  count: i32,
  scratch: usize,
): void {
  const bytes = <usize>((k + 3) & ~3) << 3;
  const right = scratch + <usize>k * bytes;
  const end = right + <usize>count * bytes;
  for (let to = scratch; to < right; to += bytes) {
    promote(columns, to, bytes, 1);
    columns += <usize>stride << 2;
  }
  for (let to = right; to < end; to += bytes) {
    promote(constants, to, bytes, -1);
    constants += <usize>stride << 2;
  }
  const past = <usize>k << 3;
  for (let at: usize = 0, own = scratch; at + 8 < past; at += 16, own += 2 * bytes) eliminatePair(own, end, bytes, at, past);
  for (let z = right; z < end; z += bytes) {
    let own = right - bytes;
    let at = past - 8;
    // The number that is divided next does not wait for the store of all that a solution is taken from.
    let rest = load<f64>(z + at);
    for (; at > 0; at -= 8, own -= bytes) {
      const solution = rest / load<f64>(own + at);
      store<f32>(solutions + (at >> 1), <f32>solution);
      rest = load<f64>(z + at - 8) - solution * load<f64>(own + at - 8);
      subtract(z, own, solution, 0, at - 8);
    }
    store<f32>(solutions, <f32>(rest / load<f64>(own)));
    solutions += <usize>stride << 2;
  }
}

/** out = sign v, from float32 to so many bytes of float64. */
@inline
function promote(from: usize, out: usize, bytes: usize, sign: f64): void {
  const signs = f64x2.splat(sign);
  for (let at: usize = 0; at < bytes; at += 32) {
    const value = v128.load(from + (at >> 1));
    const upper = v128.shuffle<f64>(value, value, 1, 1);
    v128.store(out + at, f64x2.mul(signs, f64x2.promote_low_f32x4(value)));
    v128.store(out + at, f64x2.mul(signs, f64x2.promote_low_f32x4(upper)), 16);
  }
}

/** Where no a_ij / a_jj is larger, a_jj is the largest number of its column, whatever rounding did. */
const nearlyOne: f64 = 1 - 1e-12;

/** w = a_ij / a_jj in the rows below that of a pivot, which is made the largest of them; in the pair where they begin, 0 above them. */
@inline
function divide(own: usize, end: usize, w: usize, bytes: usize, at: usize, past: usize): void {
  if (divideBy(own, w, bytes, at) <= nearlyOne) return;
  pivot(own, end, bytes, at, past);
  divideBy(own, w, bytes, at);
}

/** The same as numbers stand. Returns the largest of them. */
function divideBy(own: usize, w: usize, bytes: usize, at: usize): f64 {
  const inverse = f64x2.splat(1 / load<f64>(own + at));
  let largest = f64x2.splat(0);
  for (let row = (at + 8) & ~15; row < bytes; row += 16) {
    let pair = f64x2.mul(v128.load(own + row), inverse);
    if (row == at) pair = f64x2.replace_lane(pair, 0, 0);
    v128.store(w + row, pair);
    largest = f64x2.pmax(largest, f64x2.abs(pair));
  }
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
}

/** Brings the largest number of a column from a row on to that row, in this column and all after it. */
function pivot(own: usize, end: usize, bytes: usize, at: usize, past: usize): void {
  let best = at;
  let largest = abs(load<f64>(own + at));
  for (let row = at + 8; row < past; row += 8) {
    const size = abs(load<f64>(own + row));
    if (size > largest) {
      largest = size;
      best = row;
    }
  }
  if (best == at) return;
  for (let column = own; column < end; column += bytes) {
    const held = load<f64>(column + at);
    store<f64>(column + at, load<f64>(column + best));
    store<f64>(column + best, held);
  }
}

/**
 * Takes two rows from those below them, in the columns after those of their pivots: a_ic −= (a_ij / a_jj) a_jc, for j and then for j + 1. One of each is read and
 * written once.
 */
function eliminatePair(own: usize, end: usize, bytes: usize, at: usize, past: usize): void {
  const next = own + bytes;
  const second = end + bytes;
  divide(own, end, end, bytes, at, past);
  subtract(next, end, load<f64>(next + at), at, bytes);
  // What the first row is taken with changes its order, too.
  divide(next, second, second, bytes, at + 8, past);
  let column = next + bytes;
  for (; column + 3 * bytes < end; column += 4 * bytes) subtractPairs(4, column, end, bytes, at);
  for (; column < end; column += bytes) subtractPairs(1, column, end, bytes, at);
}

/** v −= v_j w, and then v −= v_{j+1} w′, for one column v or four, a constant where this is inlined; w′ follows w. */
@inline
function subtractPairs(columns: i32, column: usize, w: usize, bytes: usize, at: usize): void {
  const other = w + bytes;
  const multiple = load<f64>(w + at + 8);
  let v0 = column + at;
  let v1 = columns > 1 ? v0 + bytes : v0;
  let v2 = columns > 1 ? v1 + bytes : v0;
  let v3 = columns > 1 ? v2 + bytes : v0;
  const a0 = v128.load64_splat(v0);
  const a1 = v128.load64_splat(v1);
  const a2 = v128.load64_splat(v2);
  const a3 = v128.load64_splat(v3);
  const b0 = below(v0, multiple);
  const b1 = columns > 1 ? below(v1, multiple) : b0;
  const b2 = columns > 1 ? below(v2, multiple) : b0;
  const b3 = columns > 1 ? below(v3, multiple) : b0;
  for (let row = at + 16; row < bytes; row += 16) {
    v0 += 16;
    v1 += 16;
    v2 += 16;
    v3 += 16;
    const first = v128.load(w + row);
    const second = v128.load(other + row);
    subtractBoth(v0, a0, first, b0, second);
    if (columns > 1) subtractBoth(v1, a1, first, b1, second);
    if (columns > 1) subtractBoth(v2, a2, first, b2, second);
    if (columns > 1) subtractBoth(v3, a3, first, b3, second);
  }
}

/** v_{j+1} −= v_j w_{j+1}; returns it twice. */
@inline
function below(at: usize, multiple: f64): v128 {
  const number = load<f64>(at, 8) - load<f64>(at) * multiple;
  store<f64>(at, number, 8);
  return f64x2.splat(number);
}

@inline
function subtractBoth(at: usize, a: v128, first: v128, b: v128, second: v128): void {
  v128.store(at, f64x2.sub(f64x2.sub(v128.load(at), f64x2.mul(a, first)), f64x2.mul(b, second)));
}

/** v −= factor w, from a byte to another; pairs of numbers. */
@inline
function subtract(v: usize, w: usize, factor: f64, from: usize, to: usize): void {
  const factors = f64x2.splat(factor);
  for (let at = from; at < to; at += 16) {
    v128.store(v + at, f64x2.sub(v128.load(v + at), f64x2.mul(factors, v128.load(w + at))));
  }
}
