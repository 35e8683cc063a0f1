import { createProbe, fittingProbes, InputError, type Loss, objective, predictsLabels } from '@apical/core';
import { accuracyOf, countConfusion } from '../runs/confusion.ts';
import type { Confusion } from '../runs/result.ts';
import { knownSamples } from './known-samples.ts';
import type { ModelData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';

/** How well a model does on some data. */
export interface ModelEvaluation {
  readonly samples: number;
  /** The mean loss, of squared error objective (1); of rules that predict no labels their own. */
  readonly objective: number;
  /** What it is the mean of, where it is that of a loss. */
  readonly loss?: Loss;
  /** The share of samples whose class is found, from 0 to 1, where classes are known. */
  readonly accuracy?: number;
  /** At row i and column j, how many samples of class i were taken for class j. */
  readonly confusion?: Confusion;
  /** The coefficient of determination, where labels are known: see `Network.score`. */
  readonly r2?: number;
}

/** Measures a model. @throws InputError where neither classes nor labels are known, which it needs, or there are too few samples */
export function evaluateModel(model: ModelFile, data: ModelData): ModelEvaluation {
  const { network } = model;
  const { count: samples, classes, X, Y } = data;
  if (samples === 0) throw new InputError('there are no samples to evaluate the model on');
  const known = knownSamples(model, data);
  if (!predictsLabels(network.blueprint.rule.shape)) {
    return { samples, objective: objective(network, known) };
  }
  const measured = { samples, objective: objective(network, known), loss: network.loss };
  if (Y) return { ...measured, r2: network.score(X, Y) };
  const confusion = countConfusion(classes!, network.predictClass(X), network.labels);
  return { ...measured, accuracy: accuracyOf(confusion), confusion };
}

/** What probes say of a model. */
export interface ModelReadings {
  readonly probes: Readonly<Record<string, number>>;
  /** Why others say nothing. */
  readonly notes: readonly string[];
}

/** What all probes say that fit a model whose rule predicts no labels; nothing of others. @throws InputError as `evaluateModel` does */
export async function probeModel(model: ModelFile, data: ModelData): Promise<ModelReadings> {
  const { network } = model;
  if (predictsLabels(network.blueprint.rule.shape)) return { probes: {}, notes: [] };
  const samples = knownSamples(model, data);
  const probes: Record<string, number> = {};
  const notes: string[] = [];
  for (const name of fittingProbes(network)) {
    try {
      Object.assign(probes, (await createProbe(name, network, samples))());
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      notes.push(`${name} cannot be measured: ${error.message}`);
    }
  }
  return { probes, notes };
}
