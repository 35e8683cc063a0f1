import { InputError } from '@apical/core';
import { preprocessRows } from '@apical/data';
import type { ModelFile } from './model-file.ts';

type Way = NonNullable<ModelFile['preprocessing']>['inputs'];

/** Labels that are numbers, or second views, T × n, prepared as those were that the model learned: y′ = (y − mean) / sd. */
export function preparedLabels(
  numbers: ArrayLike<number>,
  count: number,
  { preprocessing }: Pick<ModelFile, 'preprocessing'>,
): ArrayLike<number> {
  const way = preprocessing?.secondView;
  return way ? preprocessRows(numbers, count, { inputs: way }) : numbers;
}

/**
 * Outputs ŷ′ of a model, T × n, in the units that the labels have: ŷ = ŷ′ sd + mean, the inverse of how the labels were prepared.
 * @throws InputError where every label was scaled to length 1, which has no inverse
 */
export function inUnitsOfLabels(
  outputs: Float32Array,
  labels: number,
  { preprocessing, path }: Pick<ModelFile, 'preprocessing' | 'path'>,
): Float32Array {
  const way = preprocessing?.secondView;
  if (way === undefined || way === 'raw') return outputs;
  if (way === 'unit-length') {
    throw new InputError(`${path}: learned labels of length 1, and what their lengths were cannot be told of outputs`);
  }
  const { mean, sd } = way === 'unit' ? { mean: 0, sd: 255 } : way;
  const of = (moment: number | readonly number[], j: number) => (typeof moment === 'number' ? moment : moment[j]!);
  return outputs.map((value, i) => value * of(sd, i % labels) + of(mean, i % labels));
}

/** How the labels that a model learned were made, in a line; nothing where they are as they were. */
export function labelNotes({ preprocessing }: Pick<ModelFile, 'preprocessing'>): readonly string[] {
  const way: Way = preprocessing?.secondView ?? 'raw';
  if (typeof way !== 'object') return [];
  const isEach = typeof way.mean !== 'number';
  return [
    `labels: (y − mean) / sd, the mean${isEach ? 's' : ''} and standard deviation${isEach ? 's' : ''} of ${isEach ? 'the columns that were' : 'what was'} learned; the objective is of these`,
  ];
}
