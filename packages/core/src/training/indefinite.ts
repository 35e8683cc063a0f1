import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { weightName } from '../circuit/synapses.ts';
import type { Network } from '../network/network.ts';

/** How far below zero an eigenvalue can be by rounding in float32, as a part of the largest entry. */
const rounding = 1e-4;

/**
 * The first of the lateral synapses that are running averages of z zᵀ which is not positive definite: what solves the equations of rest is then
 * no rest of the dynamics, and objectives mean nothing. Undefined where all are, and for weights that are not finite.
 */
export function indefiniteWeights(network: Network): string | undefined {
  const averages = network.blueprint.circuit.allSynapses.filter(
    ({ options, pre, post }) => options.average && pre === post,
  );
  if (averages.length === 0) return undefined;
  const weights = network.weights();
  return averages.map(({ name }) => weightName(name)).find((name) => !isPositive(weights[name]!));
}

function isPositive({ rows, data }: { readonly rows: number; readonly data: ArrayLike<number> }): boolean {
  if (!Array.prototype.every.call(data, Number.isFinite)) return true;
  const at = (i: number, j: number) => (data[i * rows + j]! + data[j * rows + i]!) / 2;
  const largest = Math.max(...Array.from({ length: rows }, (_, i) => Math.abs(at(i, i))));
  const symmetric = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows }, (_, j) => at(i, j) + (i === j ? rounding * largest : 0)),
  );
  return new CholeskyDecomposition(new Matrix(symmetric)).isPositiveDefinite();
}
