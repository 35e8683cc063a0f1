// Loops over row-major matrices in typed arrays, as one writes them first.

export type Numbers = Float32Array | Float64Array;

/** out = W v, W with as many rows as `out` has numbers. */
export function multiply(W: Numbers, v: Numbers, out: Numbers): void {
  const columns = v.length;
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += W[i * columns + j]! * v[j]!;
    out[i] = sum;
  }
}

/** out = Wᵀ v. */
export function multiplyTransposed(W: Numbers, v: Numbers, out: Numbers): void {
  const columns = out.length;
  out.fill(0);
  for (let i = 0; i < v.length; i++) {
    for (let j = 0; j < columns; j++) out[j]! += W[i * columns + j]! * v[i]!;
  }
}

/** W = keep · W + factor · a bᵀ. */
export function addOuter(W: Numbers, keep: number, factor: number, a: Numbers, b: Numbers): void {
  const columns = b.length;
  for (let i = 0; i < a.length; i++) {
    const change = factor * a[i]!;
    for (let j = 0; j < columns; j++) W[i * columns + j] = keep * W[i * columns + j]! + change * b[j]!;
  }
}

/** out = W Wᵀ, rows × rows. */
export function gram(W: Numbers, rows: number, out: Numbers): void {
  const columns = W.length / rows;
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l <= i; l++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += W[i * columns + j]! * W[l * columns + j]!;
      out[i * rows + l] = out[l * rows + i] = sum;
    }
  }
}

/** out = Wᵀ W, for W of `rows` rows. */
export function gramOfColumns(W: Numbers, rows: number, out: Numbers): void {
  const columns = W.length / rows;
  out.fill(0);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) out[i * columns + j]! += W[r * columns + i]! * W[r * columns + j]!;
    }
  }
}

/** W += factor · A B, where B has `inner` rows; B may be a copy of what W was. */
export function addProduct(W: Numbers, factor: number, A: Numbers, B: Numbers, inner: number): void {
  const columns = B.length / inner;
  const rows = W.length / columns;
  for (let i = 0; i < rows; i++) {
    for (let l = 0; l < inner; l++) {
      const a = factor * A[i * inner + l]!;
      for (let j = 0; j < columns; j++) W[i * columns + j]! += a * B[l * columns + j]!;
    }
  }
}
