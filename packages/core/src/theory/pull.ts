import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** The dimensions in which the largest eigenvalue is looked for. */
const dimensions = 30;
/** How far vectors are moved on both sides, as a part of 1 + their largest number. */
const difference = 1e-5;

/**
 * How strongly vectors v are drawn back by g(v), which has as many numbers: the largest real part of the eigenvalues of −∂g/∂v, found in 30
 * dimensions (Arnoldi), of more numbers from below.
 */
export function largestPull(
  drives: (vectors: readonly Float64Array[]) => readonly Float64Array[],
  start: readonly Float64Array[],
): number {
  return largestEigenvalue(joined(start).length, (direction) => pull(drives, start, direction));
}

/** −∂g/∂v times a direction, by central differences. */
function pull(
  drives: (states: readonly Float64Array[]) => readonly Float64Array[],
  start: readonly Float64Array[],
  direction: Float64Array,
): Float64Array {
  const largest = start.reduce((most, state) => state.reduce((own, value) => Math.max(own, Math.abs(value)), most), 0);
  const h = difference * (1 + largest);
  const moved = (by: number) => {
    let at = 0;
    return joined(drives(start.map((state) => state.map((value) => value + by * direction[at++]!))));
  };
  const [ahead, behind] = [moved(h), moved(-h)];
  return behind.map((value, i) => (value - ahead[i]!) / (2 * h));
}

/** The largest real part of the eigenvalues of a square matrix that is known by its products with vectors: Arnoldi's iteration. */
function largestEigenvalue(size: number, product: (vector: Float64Array) => Float64Array): number {
  // Some direction that no symmetry of weights has.
  const first = Float64Array.from({ length: size }, (_, i) => 1 + Math.sin(12.9898 * (i + 1)) / 2);
  const basis = [scaled(first, 1 / norm(first))];
  const H = Matrix.zeros(dimensions, dimensions);
  let found = 0;
  for (let j = 0; j < Math.min(size, dimensions); j++) {
    let next = product(basis[j]!);
    if (!next.every(Number.isFinite)) return Number.NaN;
    const length = norm(next);
    // Twice, since once leaves what rounding does.
    for (let again = 0; again < 2; again++) {
      for (const [i, vector] of basis.entries()) {
        const part = vector.reduce((sum, value, at) => sum + value * next[at]!, 0);
        H.set(i, j, H.get(i, j) + part);
        next = next.map((value, at) => value - part * vector[at]!);
      }
    }
    found = j + 1;
    const left = norm(next);
    if (left <= 1e-8 * length || found === dimensions) break;
    H.set(found, j, left);
    basis.push(scaled(next, 1 / left));
  }
  const { realEigenvalues } = new EigenvalueDecomposition(H.subMatrix(0, found - 1, 0, found - 1));
  return Math.max(...realEigenvalues);
}

const norm = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const scaled = (vector: Float64Array, factor: number) => vector.map((value) => factor * value);

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}
