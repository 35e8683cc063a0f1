import { InputError, type Loss, objective, samplesOf } from '@apical/core';
import { accuracyOf, countConfusion } from '../runs/confusion.ts';
import type { Confusion } from '../runs/result.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/** How well a model does on some data. */
export interface ModelEvaluation {
  readonly samples: number;
  /** The mean loss: of squared error objective (1). */
  readonly objective: number;
  /** What it is the mean of. */
  readonly loss: Loss;
  /** The share of samples whose class is found, from 0 to 1, where classes are known. */
  readonly accuracy?: number;
  /** At row i and column j, how many samples of class i were taken for class j. */
  readonly confusion?: Confusion;
  /** The coefficient of determination, where labels are known: see `Network.score`. */
  readonly r2?: number;
}

/** Measures a model. @throws InputError where neither classes nor labels are known, or there are too few samples */
export function evaluateModel({ network, preprocessing }: ModelFile, data: ModelData): ModelEvaluation {
  const { count: samples, classes, X, Y } = data;
  if (samples === 0) throw new InputError('there are no samples to evaluate the model on');
  const { loss } = network;
  const { labels = 'one-hot-centred' } = preprocessing ?? {};
  const classLabels = labels === 'numbers' ? 'one-hot-centred' : labels;
  if (Y) {
    const known = samplesOf({ X, inputs: network.inputs, Y, labels: network.labels });
    return { samples, objective: objective(network, known), loss, r2: network.score(X, Y) };
  }
  if (!classes) throw new InputError('neither the classes nor the labels of the samples are known');
  const known = 'raw' in X ? X : samplesOf({ X, inputs: network.inputs, classes, labels: network.labels, classLabels });
  const confusion = countConfusion(classes, network.predictClass(X), network.labels);
  return { samples, objective: objective(network, known), loss, accuracy: accuracyOf(confusion), confusion };
}
