/**
 * The functions of assembly/linear-algebra.ts, which documents them. Matrices are given by their address and stride (the
 * numbers from one row to the next).
 */
export interface LinearAlgebraKernels {
  /** gram += pixels · pixelsᵀ, the lower triangle. */
  addGram(gram: number, stride: number, pixels: number, rows: number, count: number): void;
  /** c −= a · bᵀ. */
  subtractProduct(c: number, a: number, b: number, stride: number, rows: number, columns: number, depth: number): void;
  /** The Cholesky factorisation of a panel's first rows, and the triangular solution for its others; 0 if it fails. */
  factorPanel(panel: number, stride: number, rows: number, columns: number, smallest: number): number;
}
