import { predictsLabels } from '@apical/core';
import type { NumericArray } from '@apical/data';
import { classNumbers } from './class-numbers.ts';
import { knownSamples } from './known-samples.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';
import { inUnitsOfLabels } from './prepared-labels.ts';

/**
 * What can be asked of a model: the class of a sample, by name or by number, its label ŷ (numbers in the units that the labels have, whichever way they
 * were prepared), or the activity z of the hidden units; of a model with a second view
 * also the part that this has in z, and z of both views.
 */
export type PredictionKind = 'classes' | 'class-numbers' | 'outputs' | 'hidden' | 'second' | 'both';

/** What is asked where nothing is said: classes; of models that learned numbers ŷ, and of those that predict no labels z. */
export function usualPrediction({
  network,
  preprocessing,
}: Pick<ModelFile, 'network' | 'preprocessing'>): PredictionKind {
  if (!predictsLabels(network.blueprint.rule.shape)) return 'hidden';
  return preprocessing?.labels === 'numbers' || network.labels === 1 ? 'outputs' : 'classes';
}

/** What a model says of samples: an array with a row a sample, and what its columns are. */
export interface Prediction {
  readonly values: NumericArray;
  readonly columns: readonly string[];
  /** The class of each sample by name, where classes are asked for and the model calls them otherwise than by these numbers. */
  readonly names?: readonly string[];
}

/** @throws InputError where something is asked of a model that it does not know, and where the second view is not known */
export function predict(model: ModelFile, data: ModelData, kind: PredictionKind): Prediction {
  const { network, classNames } = model;
  const { X, count } = data;
  switch (kind) {
    case 'classes':
    case 'class-numbers': {
      const numbers = classNumbers(model);
      const places = Array.from(network.predictClass(X));
      const data = Int32Array.from(places, (place) => numbers[place]!);
      const isNamed = kind === 'classes' && classNames?.some((name, i) => name !== String(numbers[i]));
      return {
        values: { shape: [count], data },
        columns: ['class'],
        ...(classNames && isNamed && { names: places.map((place) => classNames[place]!) }),
      };
    }
    case 'outputs': {
      const { targetColumns } = model.data?.table?.found ?? {};
      const isNamed = !classNames && targetColumns?.length === network.labels;
      const columns = isNamed
        ? targetColumns
        : Array.from({ length: network.labels }, (_, i) => `output ${classNames?.[i] ?? i}`);
      const outputs = network.predict(X);
      const isAsIs = 'asIs' in data && data.asIs;
      const values = isAsIs ? outputs : inUnitsOfLabels(outputs, network.labels, model);
      return { values: { shape: [count, network.labels], data: values }, columns };
    }
    case 'hidden':
      return ofUnits(model, count, network.transform(X));
    case 'second':
      return ofUnits(model, count, network.transformSecond(knownSamples(model, data)));
    case 'both':
      return ofUnits(model, count, network.transformBoth(knownSamples(model, data)));
  }
}

function ofUnits({ network }: ModelFile, count: number, data: Float32Array): Prediction {
  const columns = Array.from({ length: network.hidden }, (_, i) => `unit ${i}`);
  return { values: { shape: [count, network.hidden], data }, columns };
}
