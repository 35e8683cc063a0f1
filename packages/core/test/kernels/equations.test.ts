import { Matrix, solve as solveMl } from 'ml-matrix';
import { expect, test } from 'vitest';
import { instantiateKernels } from '../../src/kernels/kernels.ts';
import { Arena, createMemory, padded } from '../../src/kernels/memory.ts';
import { normals, relativeError } from '../fixtures.ts';

async function solved(k: number, count: number, seed: number, spoil: (columns: Float32Array) => void = () => {}) {
  const memory = createMemory();
  const kernels = await instantiateKernels(memory);
  const arena = new Arena(memory);
  const stride = padded(k);
  const [columns, constants, solutions] = [
    arena.float32(k * stride),
    arena.float32(count * stride),
    arena.float32(count * stride),
  ];
  const fill = (vectors: Float32Array, rows: number, from: number) => {
    for (let s = 0; s < rows; s++) vectors.set(normals(from + s, k), s * stride);
  };
  fill(columns, k, 100 * seed);
  fill(constants, count, 100 * seed + 50);
  spoil(columns);
  const scratch = arena.float64(stride * (k + count + 2)).byteOffset;
  kernels.solveEquations(columns.byteOffset, k, stride, constants.byteOffset, solutions.byteOffset, count, scratch);
  const at = (vectors: Float32Array, s: number) => Array.from(vectors.subarray(s * stride, s * stride + k));
  return { columns, constants, solutions, stride, at };
}

test.each([
  [1, 1],
  [2, 3],
  [5, 1],
  [7, 4],
  [16, 1],
  [17, 9],
])('solves A z = −c of order %i for %i vectors as a library does, and keeps padding zero', async (k, count) => {
  const { columns, constants, solutions, stride, at } = await solved(k, count, k);
  const A = new Matrix(Array.from({ length: k }, (_, j) => at(columns, j))).transpose();
  for (let s = 0; s < count; s++) {
    const expected = solveMl(A, Matrix.columnVector(at(constants, s)))
      .mul(-1)
      .to1DArray();
    expect(relativeError(at(solutions, s), expected)).toBeLessThan(1e-6);
    expect(Array.from(solutions.subarray(s * stride + k, (s + 1) * stride)).every((value) => value === 0)).toBe(true);
  }
});

test('zeros on the diagonal are no matter; without an inverse, the solution is not finite', async () => {
  const swap = (columns: Float32Array) => columns.set([0, 1, 0, 0, 1, 0, 0, 0]);
  const { constants, solutions, at } = await solved(2, 1, 3, swap);
  expect(at(solutions, 0)).toEqual(
    at(constants, 0)
      .toReversed()
      .map((value) => -value),
  );
  const none = await solved(3, 1, 4, (columns) => columns.fill(0));
  expect(none.at(none.solutions, 0).every(Number.isFinite)).toBe(false);
});
