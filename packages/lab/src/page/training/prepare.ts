import { type ModelPreprocessing, type Samples, samplesOf } from '@apical/core';
import { fitPreprocessing, preprocess, preprocessRows } from '@apical/data';
import { preparedRows, type RunConfig } from '@apical/experiments';
import type { AnyImages } from '../data/images.ts';

/** Samples, and how they were prepared, to prepare others alike. */
export interface Prepared {
  readonly samples: Samples;
  readonly preprocessing: ModelPreprocessing;
  /** Those that are held out, where there are such. */
  readonly heldOut?: Samples;
}

/**
 * Samples as the command prepares them: rows of numbers before they are learned, pixels while they are; what came with a model as that does
 * it, where inputs are taken as they are.
 */
export function prepare(images: AnyImages, data: RunConfig['data']): Prepared {
  if (images.prepared && data.inputs === 'raw') return preparedByModel(images, images.prepared.preprocessing, data);
  if (images.rows) {
    const learned = preparedRows(images.rows, data, undefined);
    return images.rows.test ? { ...learned, heldOut: preparedRows(images.rows, data, 'test').samples } : learned;
  }
  const preprocessing = fitPreprocessing(images, data);
  return { samples: preprocess(images, preprocessing), preprocessing };
}

function preparedByModel(
  { rows, count, classes, classNames }: AnyImages,
  preprocessing: ModelPreprocessing,
  { labels }: RunConfig['data'],
): Prepared {
  const { inputs, train } = rows!;
  const X = preprocessRows(train.data, count, preprocessing);
  const known =
    labels === 'none' || labels === 'numbers' ? {} : { classes, labels: classNames.length, classLabels: labels };
  return { samples: samplesOf({ X, inputs, ...known }), preprocessing };
}
