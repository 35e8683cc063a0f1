import type { NumericArray } from '@apical/data';
import { classNumbers } from './class-numbers.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/** What can be asked of a model: the class of a sample, its label ŷ, or the activity z of the hidden units. */
export type PredictionKind = 'classes' | 'outputs' | 'hidden';

/** What a model says of samples: an array with a row a sample, and what its columns are. */
export interface Prediction {
  readonly values: NumericArray;
  readonly columns: readonly string[];
}

/** @throws InputError where classes are asked of a model that knows none */
export function predict(model: ModelFile, { X, count }: ModelData, kind: PredictionKind): Prediction {
  const { network, classNames } = model;
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
    case 'hidden': {
      const columns = Array.from({ length: network.hidden }, (_, i) => `unit ${i}`);
      return { values: { shape: [count, network.hidden], data: network.transform(X) }, columns };
    }
  }
}
