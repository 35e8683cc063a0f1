import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { weightName } from '../circuit/synapses.ts';
import { DivergenceError } from '../errors.ts';
import type { Matrix as Weights } from '../matrix.ts';
import type { Engine } from './engine.ts';
import type { Blueprint } from './options.ts';

/** How far below zero an eigenvalue can be by rounding in float32, as a part of the largest entry. */
const rounding = 1e-4;

/** After how many samples it is looked whether cells still come to rest, besides whenever something is computed. */
const interval = 8192;

/**
 * Whether the cells of a network come to rest, by its lateral synapses that are running averages of z zᵀ: where these are not positive definite,
 * what solves the equations of rest is no rest of the dynamics, and what is computed means nothing.
 */
export class Rest {
  readonly #averages: readonly string[];
  readonly #engine: Engine;
  readonly #rule: string;
  readonly #batch: number;
  /** Whether it is known that they do. */
  #isKnown = false;

  /** @param batch samples that are learned at once */
  constructor({ circuit, rule }: Pick<Blueprint, 'circuit' | 'rule'>, engine: Engine, batch: number) {
    const averages = circuit.allSynapses.filter(({ options, pre, post }) => options.average && pre === post);
    this.#averages = averages.map(({ name }) => weightName(name));
    this.#engine = engine;
    this.#rule = rule.name;
    this.#batch = batch;
  }

  /** How many samples can be learned before it is looked: learning one by one, that is after the same samples however calls are cut. */
  get next(): number {
    if (this.#averages.length === 0 || this.#batch > 1) return Number.POSITIVE_INFINITY;
    return interval - (this.#engine.samplesSeen % interval);
  }

  /** Whether it is to be looked, so many samples having been learned before. */
  isDue(before: number): boolean {
    return Math.floor(before / interval) < Math.floor(this.#engine.samplesSeen / interval);
  }

  /** Where weights change. */
  forget(): void {
    this.#isKnown = false;
  }

  /** @throws DivergenceError that tells the first weights that are not positive definite */
  check(): void {
    if (this.#isKnown) return;
    const indefinite = this.#averages.find((name) => !isPositive(this.#engine.weightsOf(name)));
    if (indefinite !== undefined) throw new DivergenceError(this.#engine.samplesSeen, this.#rule, { indefinite });
    this.#isKnown = true;
  }
}

/** Whether weights are positive definite to rounding; those that are not finite are, for all that is told here. */
function isPositive({ rows, data }: Weights): boolean {
  if (!data.every(Number.isFinite)) return true;
  const A = Matrix.from1DArray(rows, rows, Array.from(data));
  const symmetric = A.transpose().add(A);
  const diagonal = symmetric.diagonal();
  const allowed = rounding * Math.max(...diagonal.map(Math.abs));
  for (const [i, value] of diagonal.entries()) symmetric.set(i, i, value + allowed);
  return new CholeskyDecomposition(symmetric).isPositiveDefinite();
}
