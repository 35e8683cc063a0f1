/**
 * The first dimensions of `new-joe-kuo-6.21201`, the direction numbers of S. Joe and F. Y. Kuo, *Constructing Sobol sequences
 * with better two-dimensional projections*, SIAM J. Sci. Comput. 30, 2635–2654 (2008),
 * https://web.maths.unsw.edu.au/~fkuo/sobol/: for each dimension from the second on, the polynomial's inner coefficients as a
 * number (a), and the initial numbers m; there are as many as the polynomial's degree. BSD licence.
 */
const directions: readonly (readonly [a: number, m: readonly number[]])[] = [
  [0, [1]],
  [1, [1, 3]],
  [1, [1, 3, 1]],
  [2, [1, 1, 1]],
  [1, [1, 1, 3, 3]],
  [4, [1, 3, 5, 13]],
  [2, [1, 1, 5, 5, 17]],
  [4, [1, 1, 5, 5, 5]],
  [7, [1, 1, 7, 11, 19]],
  [11, [1, 1, 5, 1, 1]],
  [13, [1, 1, 1, 3, 11]],
  [14, [1, 3, 5, 5, 31]],
  [1, [1, 3, 3, 9, 7, 49]],
  [13, [1, 1, 1, 15, 21, 21]],
  [16, [1, 3, 1, 13, 27, 49]],
  [19, [1, 1, 1, 15, 7, 5]],
  [22, [1, 3, 1, 15, 13, 25]],
  [25, [1, 1, 5, 5, 19, 61]],
  [1, [1, 3, 7, 11, 23, 15, 103]],
  [4, [1, 3, 7, 13, 13, 15, 69]],
];

/** How many dimensions there are numbers for. */
export const sobolDimensions = directions.length + 1;

const bits = 32;

/**
 * Sobol's sequence in the unit cube, in the Gray code order of Antonov and Saleev: point i is the point before it with one
 * direction number of every dimension added without carry. The first is the origin.
 *
 * @param shift added without carry to every point, a 32-bit number a dimension: a random one makes the points' mean unbiased,
 *   and keeps how evenly they are spread. Default: none
 */
export function* sobolPoints(dimensions: number, shift?: Uint32Array): Generator<Float64Array, never, void> {
  const numbers = Array.from({ length: dimensions }, (_, dimension) => directionNumbers(dimension));
  const state = new Uint32Array(dimensions);
  if (shift) state.set(shift);
  for (let index = 0; ; index++) {
    yield Float64Array.from(state, (word) => word / 2 ** bits);
    // The place of the lowest zero bit of the index.
    const zero = 31 - Math.clz32(~index & (index + 1));
    for (let dimension = 0; dimension < dimensions; dimension++) {
      state[dimension]! ^= numbers[dimension]![zero] as number;
    }
  }
}

/** v_i = m_i / 2^i as 32-bit fractions; those beyond the given ones by the polynomial's recurrence. */
function directionNumbers(dimension: number): Uint32Array {
  const v = new Uint32Array(bits);
  const given = directions[dimension - 1];
  if (given === undefined) return v.map((_, i) => 2 ** (bits - 1 - i));
  const [a, m] = given;
  const degree = m.length;
  for (let i = 0; i < bits; i++) {
    if (i < degree) {
      v[i] = m[i]! * 2 ** (bits - 1 - i);
      continue;
    }
    let word = v[i - degree]! ^ (v[i - degree]! >>> degree);
    for (let k = 1; k < degree; k++) if ((a >>> (degree - 1 - k)) & 1) word ^= v[i - k]!;
    v[i] = word;
  }
  return v;
}
