import type { NumericArray } from '@apical/data';
import { classNumbers } from './class-numbers.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/** What can be asked of a model: the class of a sample, by name or by number, its label ŷ, or the activity z of the hidden units. */
export type PredictionKind = 'classes' | 'class-numbers' | 'outputs' | 'hidden';

/** What a model says of samples: an array with a row a sample, and what its columns are. */
export interface Prediction {
  readonly values: NumericArray;
  readonly columns: readonly string[];
  /** The class of each sample by name, where classes are asked for and the model calls them otherwise than by these numbers. */
  readonly names?: readonly string[];
}

/** @throws InputError where classes are asked of a model that knows none */
export function predict(model: ModelFile, { X, count }: ModelData, kind: PredictionKind): Prediction {
  const { network, classNames } = model;
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
      const columns = Array.from({ length: network.labels }, (_, i) => `output ${classNames?.[i] ?? i}`);
      return { values: { shape: [count, network.labels], data: network.predict(X) }, columns };
    }
    case 'hidden': {
      const columns = Array.from({ length: network.hidden }, (_, i) => `unit ${i}`);
      return { values: { shape: [count, network.hidden], data: network.transform(X) }, columns };
    }
  }
}
