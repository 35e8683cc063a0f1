import type { LinearAlgebraKernels } from '../kernels/linear-algebra.ts';
import type { Arena } from '../kernels/memory.ts';
import { pause } from './pause.ts';

/** How many columns are factorised at a time. */
const panelColumns = 64;

/** A pivot below this part of the largest diagonal entry is zero, up to rounding. */
const negligible = 1e-12;

/**
 * A symmetric matrix with further rows below it, float64, row-major, in the kernels' memory: entry (i, j) is
 * `data[i * stride + j]`. Only the lower triangle of the symmetric part is used.
 */
export interface TallMatrix {
  readonly data: Float64Array;
  readonly stride: number;
  /** The order of the symmetric part, padded to a multiple of 64; the first of the further rows has this number. */
  readonly order: number;
  /** All rows, padded to a multiple of 4. */
  readonly rows: number;
}

/** A zero matrix of `size` rows and columns, with `extraRows` below. */
export function createTallMatrix(arena: Arena, size: number, extraRows: number): TallMatrix {
  const order = Math.ceil(size / panelColumns) * panelColumns;
  const rows = order + Math.ceil(extraRows / 4) * 4;
  // Rows that start a multiple of 4096 bytes from each other would all compete for the same few lines of the cache.
  const stride = order + 8;
  return { data: arena.float64(rows * stride), stride, order, rows };
}

/**
 * Replaces a symmetric matrix A and the rows B below it by L and B L⁻ᵀ, where A = L Lᵀ is the Cholesky factorisation.
 * Rows and columns of A from `size` on are padding, and become those of the identity matrix times a factor.
 *
 * @returns whether A is positive definite, as far as rounding lets it be told
 */
export async function factorise(
  kernels: LinearAlgebraKernels,
  matrix: TallMatrix,
  size: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const { data, stride, order, rows } = matrix;
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, data[i * stride + i]!);
  if (largest === 0) return false;
  for (let i = size; i < order; i++) data[i * stride + i] = largest;

  const address = (row: number, column: number) => data.byteOffset + 8 * (row * stride + column);
  const smallest = negligible * largest;
  for (let first = 0; first < order; first += panelColumns) {
    await pause(signal);
    const panel = address(first, first);
    const left = address(first, 0);
    const panelRows = rows - first;
    kernels.subtractProduct(panel, left, left, stride, panelRows, panelColumns, first);
    if (!kernels.factorPanel(panel, stride, panelRows, panelColumns, smallest)) return false;
  }
  return true;
}

/** Replaces every row b of `rows` by the solution w of w L = b, where L is a factor that `factorise` made. */
export function solveRows({ data, stride, order }: TallMatrix, rows: readonly Float64Array[]): void {
  for (let i = order - 1; i >= 0; i--) {
    const factor = data.subarray(i * stride, i * stride + i + 1);
    for (const row of rows) {
      const solved = row[i]! / factor[i]!;
      row[i] = solved;
      for (let j = 0; j < i; j++) row[j]! -= solved * factor[j]!;
    }
  }
}
