import { InputError, labelsOf, objective } from '@apical/core';
import { accuracyOf, countConfusion } from '../runs/confusion.ts';
import type { Confusion } from '../runs/result.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/** How well a model does on some data. */
export interface ModelEvaluation {
  readonly samples: number;
  /** Objective (1). */
  readonly objective: number;
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
  if (Y) return { samples, objective: meanSquare(network.predict(X), Y, samples), r2: network.score(X, Y) };
  if (!classes) throw new InputError('neither the classes nor the labels of the samples are known');
  const confusion = countConfusion(classes, network.predictClass(X), network.labels);
  const value =
    'raw' in X
      ? objective(network, X)
      : meanSquare(
          network.predict(X),
          labelsOf(classes, network.labels, preprocessing?.labels ?? 'one-hot-centred'),
          samples,
        );
  return { samples, objective: value, accuracy: accuracyOf(confusion), confusion };
}

/** (1/T) Σ_t ‖y_t − ŷ_t‖² */
function meanSquare(predicted: Float32Array, Y: ArrayLike<number>, count: number): number {
  return predicted.reduce((sum, value, i) => sum + (Y[i]! - value) ** 2, 0) / count;
}
