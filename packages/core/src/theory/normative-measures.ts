import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { diagonalise, symmetricPower } from './eigen.ts';
import { metric } from './normative-optima.ts';
import type { SecondMoments } from './second-moments.ts';

// How far what was learned is from what is best. Maps and directions are matrices of one row a cell or direction.

/**
 * ‖P − P*‖²_F of the orthogonal projectors onto the spaces that the rows of two matrices span, from 0 to the sum of their dimensions;
 * of r dimensions each, 2r − 2 ‖P̂ᵀP*‖².
 * @param rank of the first, only the space of its `rank` leading right singular vectors; of 0 there is nothing to compare: NaN
 */
export function subspaceError(rows: Matrix, best: Matrix, rank: number = rows.rows): number {
  if (rank === 0) return Number.NaN;
  const [found, expected] = [orthonormal(rows, rank), orthonormal(best, best.rows)];
  return found.rows + expected.rows - 2 * squaredNorm(found.mmul(expected.transpose()));
}

/** Linear maps of two views into the same cells: z = Vx x + Vy y. */
export interface ViewMaps {
  readonly x: Matrix;
  readonly y: Matrix;
}

/** The covariance of the cells' outputs by each view's part alone, summed: Vx Cxx Vxᵀ + Vy Cyy Vyᵀ. */
function spread({ x, y }: ViewMaps, { Cxx, Cyy }: SecondMoments): Matrix {
  return x.mmul(Cxx).mmul(x.transpose()).add(y.mmul(Cyy).mmul(y.transpose()));
}

/**
 * By what part the correlation that the maps catch is below the most, ½ Σ ρ of as many: (½ Σ ρ_i − tr(V̂x Cxy V̂yᵀ)) / ½ Σ ρ_i, where
 * V̂ = N V with N = (Vx Cxx Vxᵀ + Vy Cyy Vyᵀ)^(−½).
 */
export function canonicalObjectiveError(maps: ViewMaps, moments: SecondMoments, correlations: Float64Array): number {
  const N = symmetricPower(spread(maps, moments), -1 / 2);
  const caught = N.mmul(maps.x).mmul(moments.Cxy).mmul(N.mmul(maps.y).transpose()).trace();
  const most = correlations.subarray(0, maps.x.rows).reduce((sum, each) => sum + each, 0) / 2;
  return (most - caught) / most;
}

/**
 * The canonical correlations, descending, of what the cells hear of the one view and of the other, Vx x and Vy y: at most those of the views
 * themselves. Of cells that hear nothing they are 0.
 */
export function heardCorrelations({ x, y }: ViewMaps, { Cxx, Cxy, Cyy }: SecondMoments): Float64Array {
  const white = (map: Matrix, covariance: Matrix) =>
    symmetricPower(map.mmul(covariance).mmul(map.transpose()), -1 / 2).mmul(map);
  const between = white(x, Cxx).mmul(Cxy).mmul(white(y, Cyy).transpose());
  if (!between.to1DArray().every(Number.isFinite)) return new Float64Array(x.rows).fill(Number.NaN);
  return Float64Array.from(new SingularValueDecomposition(between).diagonal);
}

/** ‖Vx Cxx Vxᵀ + Vy Cyy Vyᵀ − I‖²_F / k: zero where the maps are those of canonical correlations. */
export function orthonormality(maps: ViewMaps, moments: SecondMoments): number {
  const k = maps.x.rows;
  return squaredNorm(spread(maps, moments).sub(Matrix.eye(k))) / k;
}

/** The eigenvalues of ⟨z zᵀ⟩, descending, of the cells z = F x of a linear map. */
export function mappedSpectrum(map: Matrix, covariance: Matrix): Float64Array {
  return diagonalise(map.mmul(covariance).mmul(map.transpose())).eigenvalues;
}

/** The same of two views: z = Vx x + Vy y. */
export function viewSpectrum(maps: ViewMaps, moments: SecondMoments): Float64Array {
  const cross = maps.x.mmul(moments.Cxy).mmul(maps.y.transpose());
  return diagonalise(spread(maps, moments).add(cross).add(cross.transpose())).eigenvalues;
}

/** Σ (λ̂ − λ*)² of sorted eigenvalues; where one list is longer, the other goes on with zeros. */
export function spectrumError(found: Float64Array, best: readonly number[]): number {
  const length = Math.max(found.length, best.length);
  return Array.from({ length }, (_, i) => ((found[i] ?? 0) - (best[i] ?? 0)) ** 2).reduce((sum, each) => sum + each, 0);
}

/**
 * The objective of reduced-rank regression, ⟨(y − ŷ)ᵀ Σs (y − ŷ)⟩ with ŷ = Σs⁻¹ Wyᵀ Wx x:
 * tr(Σs Cyy) − 2 tr(Wx Cxy Wyᵀ) + tr(Wx Cxx Wxᵀ Wy Σs⁻¹ Wyᵀ).
 * @param power tr(Σs Cyy)
 */
export function reducedRankLoss(
  { Wx, Wy }: { readonly Wx: Matrix; readonly Wy: Matrix },
  { Cxx, Cxy, Cyy }: SecondMoments,
  { s, power }: { readonly s: number; readonly power: number },
): number {
  const output = Wx.mmul(Cxx).mmul(Wx.transpose());
  const weight = Wy.mmul(metric(Cyy, s)).mmul(Wy.transpose());
  return power - 2 * Wx.mmul(Cxy).mmul(Wy.transpose()).trace() + output.mmul(weight).trace();
}

/** ‖A − I‖_F / √k */
export function distanceFromIdentity(A: Matrix): number {
  return Math.sqrt(squaredNorm(Matrix.sub(A, Matrix.eye(A.rows))) / A.rows);
}

/** The leading right singular vectors of the rows, one a row. */
function orthonormal(rows: Matrix, rank: number): Matrix {
  if (!rows.to1DArray().every(Number.isFinite)) return new Matrix(rank, rows.columns).fill(Number.NaN);
  const { rightSingularVectors } = new SingularValueDecomposition(rows, { autoTranspose: true });
  return rightSingularVectors.subMatrix(0, rows.columns - 1, 0, rank - 1).transpose();
}

function squaredNorm(matrix: Matrix): number {
  return matrix.to1DArray().reduce((sum, each) => sum + each * each, 0);
}
