import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { InputError } from '../errors.ts';
import { diagonalise, rankOf, symmetricPower } from './eigen.ts';
import type { SecondMoments } from './second-moments.ts';

// What rules that descend from an objective strive for, in closed form and float64. Directions are rows; all are known up to a rotation.

/** The principal components of a covariance, by descending variance. */
export interface PrincipalComponents {
  readonly variances: Float64Array;
  /** Unit vectors, one a row. */
  readonly directions: Matrix;
}

export function principalComponents(covariance: Matrix): PrincipalComponents {
  const { eigenvalues, eigenvectors } = diagonalise(covariance);
  return { variances: eigenvalues, directions: new Matrix(eigenvectors) };
}

/** Canonical correlations ρ, descending, and the directions of the two views: Uᵀ Cxx^(−½) and Vᵀ Cyy^(−½), one a row. */
export interface CanonicalCorrelations {
  readonly correlations: Float64Array;
  readonly x: Matrix;
  readonly y: Matrix;
}

/**
 * The singular values of `Cxx^(−½) Cxy Cyy^(−½)`, and its singular vectors in the coordinates of the views. Where a view's covariance has no
 * inverse, as where a number is always 0 or a combination of others, the pseudo-inverse is in its place: there are as many correlations
 * as the view has dimensions in which it varies.
 * @throws InputError where a view does not vary at all
 */
export function canonicalCorrelations({ Cxx, Cxy, Cyy }: SecondMoments): CanonicalCorrelations {
  const [whiteX, whiteY] = [inverseRoot(Cxx, 'inputs'), inverseRoot(Cyy, 'the second view')];
  const { values, left, right } = singular(whiteX.mmul(Cxy).mmul(whiteY));
  const most = Math.min(rankOf(Cxx), rankOf(Cyy));
  const first = (rows: Matrix) => rows.subMatrix(0, most - 1, 0, rows.columns - 1);
  return { correlations: values.slice(0, most), x: first(left).mmul(whiteX), y: first(right).mmul(whiteY) };
}

/** Where reduced-rank regression with k cells is at rest, and what its objective is there. */
export interface ReducedRankOptimum {
  /** min ⟨(y − W2 Wx x)ᵀ Σs (y − W2 Wx x)⟩ over matrices of rank k. */
  readonly value: number;
  /** Without any cell, tr(Σs Cyy). */
  readonly power: number;
  /** The singular values of F, descending. */
  readonly singularValues: Float64Array;
  /** Wx, k × m, and Wy, k × n; QQᵀ = diag(σ²). */
  readonly Wx: Matrix;
  readonly Wy: Matrix;
}

/**
 * The optimum of reduced-rank regression at any s: with `Σs = (s Cyy + (1 − s) I)⁻¹` and F = Cxx^(−½) Cxy Σs^(½) = U diag(σ) Vᵀ,
 * Wx = Ukᵀ Cxx^(−½), Wy = Wx Cxy Σs, and the objective tr(Σs Cyy) − Σ_{i ≤ k} σ_i². A ridge is that of the moments.
 *
 * Source: derived from the objective of Golkar et al. 2020 (Bio-RRR).
 * @param s from 0, least squares, to 1, canonical correlation
 * Pseudo-inverses are in the place of inverses that there are not.
 * @throws InputError for s and k out of range, and where inputs, or at s = 1 labels, do not vary at all
 */
export function reducedRankOptimum(
  { Cxx, Cxy, Cyy }: SecondMoments,
  { hidden, s }: { readonly hidden: number; readonly s: number },
): ReducedRankOptimum {
  if (!(s >= 0 && s <= 1)) throw new InputError(`s is ${s}, but must be from 0 to 1`);
  checkRank(hidden, Math.min(Cxx.rows, Cyy.rows), 'numbers in an input and in a label');
  const whiteX = inverseRoot(Cxx, 'inputs');
  const whiteY = inverseRoot(metric(Cyy, s), 'the labels');
  const { values, left } = singular(whiteX.mmul(Cxy).mmul(whiteY));
  const Wx = left.subMatrix(0, hidden - 1, 0, Cxx.rows - 1).mmul(whiteX);
  const Sigma = whiteY.mmul(whiteY);
  const power = Sigma.mmul(Cyy).trace();
  const explained = values.subarray(0, hidden).reduce((sum, each) => sum + each * each, 0);
  return { value: power - explained, power, singularValues: values, Wx, Wy: Wx.mmul(Cxy).mmul(Sigma) };
}

/** Σs⁻¹ = s Cyy + (1 − s) I */
export function metric(Cyy: Matrix, s: number): Matrix {
  return Matrix.mul(Cyy, s).add(Matrix.eye(Cyy.rows).mul(1 - s));
}

/** Refuses a rank that the data cannot have. @throws InputError */
export function checkRank(rank: number, most: number, what: string): void {
  if (Number.isInteger(rank) && rank >= 1 && rank <= most) return;
  throw new InputError(`the rank is ${rank}, but must be a whole number from 1 to ${most}, the fewer of the ${what}`);
}

/** The Moore–Penrose inverse of C^½: where C does not vary, it is 0. */
function inverseRoot(C: Matrix, what: string): Matrix {
  if (C.trace() === 0) throw new InputError(`the covariance of ${what} is zero: all its numbers are constant`);
  return symmetricPower(C, -1 / 2);
}

/** Singular values, descending, and vectors, one a row. */
function singular(F: Matrix): { readonly values: Float64Array; readonly left: Matrix; readonly right: Matrix } {
  const { diagonal, leftSingularVectors, rightSingularVectors } = new SingularValueDecomposition(F, {
    autoTranspose: true,
  });
  return {
    values: Float64Array.from(diagonal),
    left: leftSingularVectors.transpose(),
    right: rightSingularVectors.transpose(),
  };
}
