// Products of rows of large matrices, in tiles of 4 × 2 that stay in registers, and in blocks that stay in the cache.
// Matrices are row-major; `stride` is the distance from a row to the next, in numbers. Every sum is taken in one order.

/** Tiles are taken in groups of this many rows on the right, which the cache then holds. */
const groupRows: i32 = 64;
/** Long rows are multiplied piece by piece, for the same reason; numbers, a multiple of 2. */
const pieceLength: i32 = 256;

@inline
function address(matrix: usize, stride: i32, row: i32, column: i32): usize {
  return matrix + ((<usize>row * <usize>stride + <usize>column) << 3);
}

@inline
function sumIntegers(v: v128): f64 {
  return <f64>(
    (i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + (i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3)))
  );
}

@inline
function sumDoubles(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

/**
 * gram += P Pᵀ, exactly: its lower triangle, and nothing that matters above the diagonal.
 *
 * @param gram rows × rows, float64
 * @param pixels P: rows × count, int16 from 0 to 255, without gaps
 * @param rows a multiple of 4
 * @param count a multiple of 8, at most 33,000, as 33,000 · 255² < 2^31
 */
export function addGram(gram: usize, stride: i32, pixels: usize, rows: i32, count: i32): void {
  const rowBytes = <usize>count << 1;
  for (let group = 0; group < rows; group += groupRows) {
    for (let i = group; i < rows; i += 4) {
      const end = min(min(group + groupRows, rows), i + 4);
      const a = pixels + <usize>i * rowBytes;
      for (let j = group; j < end; j += 2) {
        let a0 = a;
        let a1 = a0 + rowBytes;
        let a2 = a1 + rowBytes;
        let a3 = a2 + rowBytes;
        let b0 = pixels + <usize>j * rowBytes;
        let b1 = b0 + rowBytes;
        let c00 = i32x4.splat(0);
        let c01 = c00;
        let c10 = c00;
        let c11 = c00;
        let c20 = c00;
        let c21 = c00;
        let c30 = c00;
        let c31 = c00;
        for (const stop = a0 + rowBytes; a0 < stop; ) {
          const right0 = v128.load(b0);
          const right1 = v128.load(b1);
          let left = v128.load(a0);
          c00 = i32x4.add(c00, i32x4.dot_i16x8_s(left, right0));
          c01 = i32x4.add(c01, i32x4.dot_i16x8_s(left, right1));
          left = v128.load(a1);
          c10 = i32x4.add(c10, i32x4.dot_i16x8_s(left, right0));
          c11 = i32x4.add(c11, i32x4.dot_i16x8_s(left, right1));
          left = v128.load(a2);
          c20 = i32x4.add(c20, i32x4.dot_i16x8_s(left, right0));
          c21 = i32x4.add(c21, i32x4.dot_i16x8_s(left, right1));
          left = v128.load(a3);
          c30 = i32x4.add(c30, i32x4.dot_i16x8_s(left, right0));
          c31 = i32x4.add(c31, i32x4.dot_i16x8_s(left, right1));
          a0 += 16;
          a1 += 16;
          a2 += 16;
          a3 += 16;
          b0 += 16;
          b1 += 16;
        }
        addPair(address(gram, stride, i, j), sumIntegers(c00), sumIntegers(c01));
        addPair(address(gram, stride, i + 1, j), sumIntegers(c10), sumIntegers(c11));
        addPair(address(gram, stride, i + 2, j), sumIntegers(c20), sumIntegers(c21));
        addPair(address(gram, stride, i + 3, j), sumIntegers(c30), sumIntegers(c31));
      }
    }
  }
}

@inline
function addPair(at: usize, first: f64, second: f64): void {
  store<f64>(at, load<f64>(at) + first);
  store<f64>(at, load<f64>(at, 8) + second, 8);
}

/**
 * C −= A Bᵀ, where C, A and B are parts of one float64 matrix, or of matrices of one stride.
 *
 * @param c rows × columns
 * @param a rows × depth
 * @param b columns × depth
 * @param rows a multiple of 4
 * @param columns, depth multiples of 2
 */
export function subtractProduct(
  c: usize,
  a: usize,
  b: usize,
  stride: i32,
  rows: i32,
  columns: i32,
  depth: i32,
): void {
  const rowBytes = <usize>stride << 3;
  for (let piece = 0; piece < depth; piece += pieceLength) {
    const pieceBytes = <usize>min(pieceLength, depth - piece) << 3;
    for (let i = 0; i < rows; i += 4) {
      const left = address(a, stride, i, piece);
      for (let j = 0; j < columns; j += 2) {
        let a0 = left;
        let a1 = a0 + rowBytes;
        let a2 = a1 + rowBytes;
        let a3 = a2 + rowBytes;
        let b0 = address(b, stride, j, piece);
        let b1 = b0 + rowBytes;
        let c00 = f64x2.splat(0);
        let c01 = c00;
        let c10 = c00;
        let c11 = c00;
        let c20 = c00;
        let c21 = c00;
        let c30 = c00;
        let c31 = c00;
        for (const stop = a0 + pieceBytes; a0 < stop; ) {
          const right0 = v128.load(b0);
          const right1 = v128.load(b1);
          let row = v128.load(a0);
          c00 = f64x2.add(c00, f64x2.mul(row, right0));
          c01 = f64x2.add(c01, f64x2.mul(row, right1));
          row = v128.load(a1);
          c10 = f64x2.add(c10, f64x2.mul(row, right0));
          c11 = f64x2.add(c11, f64x2.mul(row, right1));
          row = v128.load(a2);
          c20 = f64x2.add(c20, f64x2.mul(row, right0));
          c21 = f64x2.add(c21, f64x2.mul(row, right1));
          row = v128.load(a3);
          c30 = f64x2.add(c30, f64x2.mul(row, right0));
          c31 = f64x2.add(c31, f64x2.mul(row, right1));
          a0 += 16;
          a1 += 16;
          a2 += 16;
          a3 += 16;
          b0 += 16;
          b1 += 16;
        }
        addPair(address(c, stride, i, j), -sumDoubles(c00), -sumDoubles(c01));
        addPair(address(c, stride, i + 1, j), -sumDoubles(c10), -sumDoubles(c11));
        addPair(address(c, stride, i + 2, j), -sumDoubles(c20), -sumDoubles(c21));
        addPair(address(c, stride, i + 3, j), -sumDoubles(c30), -sumDoubles(c31));
      }
    }
  }
}

/**
 * Replaces a panel of float64 columns, whose first `columns` rows are a symmetric matrix A (its lower triangle is read)
 * and the others a matrix B, by L and B L⁻ᵀ, where A = L Lᵀ is the Cholesky factorisation.
 *
 * @param smallest the least pivot (a squared diagonal entry of L) that is allowed
 * @returns 1 if A is positive definite, 0 if a pivot was smaller than that, or not a number
 */
export function factorPanel(panel: usize, stride: i32, rows: i32, columns: i32, smallest: f64): i32 {
  for (let i = 0; i < rows; i++) {
    const row = address(panel, stride, i, 0);
    for (let j = 0, end = min(i + 1, columns); j < end; j++) {
      const above = address(panel, stride, j, 0);
      const at = <usize>j << 3;
      const value = load<f64>(row + at) - dot(row, above, j);
      if (i != j) {
        store<f64>(row + at, value / load<f64>(above + at));
      } else if (value >= smallest) {
        store<f64>(row + at, sqrt(value));
      } else {
        return 0;
      }
    }
  }
  return 1;
}

@inline
function dot(a: usize, b: usize, length: i32): f64 {
  let sum = f64x2.splat(0);
  const stop = a + (<usize>(length & ~1) << 3);
  while (a < stop) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
  }
  return length & 1 ? sumDoubles(sum) + load<f64>(a) * load<f64>(b) : sumDoubles(sum);
}
