import { InputError, type Samples, samplesOf } from '@apical/core';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/** The samples with the labels that the network learns. @throws InputError where these are not known */
export function knownSamples({ network, preprocessing }: ModelFile, { classes, X, Y }: ModelData): Samples {
  if ('raw' in X) return X;
  const { inputs, labels } = network;
  if (labels === 0) return samplesOf({ X, inputs });
  if (Y) return samplesOf({ X, inputs, Y, labels });
  if (!classes) {
    const isView = network.blueprint.rule.shape.labels === 'second view';
    throw new InputError(
      isView
        ? 'the second view of the samples is not known'
        : 'neither the classes nor the labels of the samples are known',
    );
  }
  const { labels: learned } = preprocessing ?? {};
  const classLabels = learned === 'one-hot' ? learned : 'one-hot-centred';
  return samplesOf({ X, inputs, classes, labels, classLabels });
}
