import { fittingProbes } from '@apical/core';
import { circuitOptions } from '../experiment/circuit.ts';
import { hasNumberLabels } from '../experiment/data-of.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { predicts } from '../experiment/loss-words.ts';

/** What can be drawn against the samples seen. */
export interface Measure {
  readonly name: string;
  readonly title: string;
  /** What has to be measured for it. */
  readonly measured: string;
  /** What of the readings is drawn, and how a second curve of the same network is called. */
  readonly readings: readonly { readonly name: string; readonly words: string }[];
  /** A level to compare with. */
  readonly level?: { readonly value: number; readonly words: string };
  /** What it says, in one sentence. That of what networks make small goes by the experiment: see `lossWords`. */
  readonly meaning: string;
}

export const measures: readonly Measure[] = [
  {
    name: 'objective',
    title: 'Objective',
    measured: 'objective',
    readings: [{ name: 'objective', words: '' }],
    meaning: 'What the networks make small.',
  },
  {
    name: 'accuracy',
    title: 'Accuracy',
    measured: 'accuracy',
    readings: [
      { name: 'accuracy.learned', words: '' },
      { name: 'accuracy.held-out', words: 'held out' },
    ],
    meaning:
      'The share of samples whose class has the largest output: of those learned, and of those held out, where there are such.',
  },
  {
    name: 'constraint',
    title: 'Constraint',
    measured: 'constraint',
    readings: [
      { name: 'constraint.largest', words: 'largest' },
      { name: 'constraint.smallest', words: 'smallest' },
    ],
    level: { value: 1, words: 'saturated' },
    meaning: 'The largest and the smallest eigenvalue of E z zᵀ: interneurons hold BMVR’s activity at 1.',
  },
  {
    name: 'teaching-signal',
    title: 'Teaching signal',
    measured: 'teaching-signal',
    readings: [
      { name: 'teaching-signal.backprop.cosine', words: 'with W2ᵀ(y − W2 z)' },
      { name: 'teaching-signal.least-squares.cosine', words: 'with W2ᵀ(y − ỹ)' },
    ],
    level: { value: 1, words: 'aligned' },
    meaning:
      'The cosine between the plateau potential a − Q n and errors carried back: at the optimum they agree (20).',
  },
  {
    name: 'decoupling',
    title: 'Decoupling',
    measured: 'decoupling',
    readings: [{ name: 'decoupling.distance', words: '‖Qᵀ − R‖' }],
    level: { value: 0, words: 'mirrored' },
    meaning: '‖Qᵀ − R‖: decoupled interneurons learn to mirror Q by themselves (23).',
  },
  {
    name: 'subspace',
    title: 'Subspace',
    measured: 'principal-subspace',
    readings: [{ name: 'principal-subspace.error', words: '' }],
    meaning: '‖P − P*‖²: how far the space that the cells hear is from that of the first principal components.',
  },
  {
    name: 'spectrum',
    title: 'Spectrum',
    measured: 'output-spectrum',
    readings: [{ name: 'output-spectrum.error', words: '' }],
    meaning:
      'Σ (λ̂ − λ*)²: how far the variances of the outputs are from those of the optimum, which each network shows.',
  },
  {
    name: 'canonical',
    title: 'Correlations',
    measured: 'canonical-correlations',
    readings: [
      { name: 'canonical-correlations.x', words: 'first view' },
      { name: 'canonical-correlations.y', words: 'second view' },
    ],
    meaning:
      '‖P − P*‖²: how far the spaces that the cells hear of both views are from canonical directions; labels of images are their second view.',
  },
];

/** Whether it is of rules that have objectives of their own: what they find is shown as a spectrum, too. */
export function isOfRepresentations({ name }: Measure): boolean {
  return ['subspace', 'spectrum', 'canonical'].includes(name);
}

/** What can be chosen to be drawn: what is of those rules, where there are such. */
export function offeredMeasures(experiment: Experiment): readonly Measure[] {
  return measures.filter((each) => !isOfRepresentations(each) || isMeasurable(each, experiment));
}

/** Whether one of the experiment's networks at least can be measured so. */
export function isMeasurable({ measured }: Measure, experiment: Experiment): boolean {
  if (measured === 'objective') return true;
  if (measured === 'accuracy') return experiment.rules.some(predicts) && !hasNumberLabels(experiment.set);
  return experiment.rules.some((rule) =>
    fittingProbes({ rule, ...circuitOptions(experiment, rule) }).includes(measured),
  );
}

/** The measure of that name; the first one where there is none. */
export function findMeasure(name: string | undefined): Measure {
  return measures.find((measure) => measure.name === name) ?? measures[0]!;
}
