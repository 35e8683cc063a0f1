import { predictsLabels } from '@apical/core';
import type { NumericArray } from '@apical/data';
import { classNumbers } from './class-numbers.ts';
import { knownSamples } from './known-samples.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/**
 * What can be asked of a model: the class of a sample, its label ŷ, or the activity z of the hidden units; of a model with a second view
 * also the part that this has in z, and z of both views.
 */
export type PredictionKind = 'classes' | 'outputs' | 'hidden' | 'second' | 'both';

/** What is asked where nothing is said: classes, or of models that predict no labels z. */
export function usualPrediction({ network }: Pick<ModelFile, 'network'>): PredictionKind {
  return predictsLabels(network.blueprint.rule.shape) ? 'classes' : 'hidden';
}

/** What a model says of samples: an array with a row a sample, and what its columns are. */
export interface Prediction {
  readonly values: NumericArray;
  readonly columns: readonly string[];
}

/** @throws InputError where something is asked of a model that it does not know, and where the second view is not known */
export function predict(model: ModelFile, data: ModelData, kind: PredictionKind): Prediction {
  const { network, classNames } = model;
  const { X, count } = data;
  switch (kind) {
    case 'classes': {
      const numbers = classNumbers(model);
      const data = Int32Array.from(network.predictClass(X), (place) => numbers[place]!);
      return { values: { shape: [count], data }, columns: ['class'] };
    }
    case 'outputs': {
      const columns = Array.from({ length: network.labels }, (_, i) => `output ${classNames?.[i] ?? i}`);
      return { values: { shape: [count, network.labels], data: network.predict(X) }, columns };
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
