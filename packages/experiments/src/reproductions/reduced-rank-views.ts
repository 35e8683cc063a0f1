import type { Rate } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import type { Measure, Point, Reproduction } from './reproduction.ts';

const samples = 100_000;
const [inputs, outputs] = [50, 30];

const rate = (eta0: number): Rate => ({ eta0, t0: 10_000 });

function learner(s: number, [Wx, Wy, Q]: readonly [number, number, number]): RunConfig {
  return {
    rule: 'reduced-rank-regression',
    data: {
      ...{ set: 'synthetic:two-views', split: 'train', inputs: 'standardised' },
      ...{ labels: 'numbers', labelInputs: 'standardised' },
    },
    hidden: 4,
    activation: 'linear',
    decoupled: false,
    ridge: 0,
    parameters: { s },
    rates: { Wx: rate(Wx), Wy: rate(Wy), Q: rate(Q) },
    initial: {
      Wx: { normal: 0.1 / Math.sqrt(inputs) },
      Wy: { normal: 0.1 / Math.sqrt(outputs) },
      Q: { identity: 1 / 2 },
    },
    order: 'as-given',
    samples,
    evaluateAt: [1000, 10_000, samples],
    accuracy: {},
    probes: ['reduced-rank'],
    seed: 1,
  };
}

function measureOf(of: string, published: readonly Point[], atMost: number): Measure {
  const known = 'computed';
  return { of, measured: 'reduced-rank.excess', published, known, expected: [{ samples, atMost }] };
}

/** N2: reduced-rank regression between least squares and canonical correlation, on two views. */
export const reducedRankViews: Reproduction = {
  name: 'reduced-rank-views',
  title: 'Reduced-rank regression of two views, from least squares to canonical correlation',
  says: 'Reduced-rank regression by four pyramidal cells at s = 0 (least squares), ½ and 1 (canonical correlation) learns two views of eight sources, 100,000 samples once, each view divided by its own standard deviation. How far its objective is above the optimum at that s, in closed form, is read as a part of what the optimum explains.',
  source:
    'Golkar, Lipshutz, Bahroun, Sengupta and Chklovskii, NeurIPS 33 (2020), of which the optimum is derived; values by an independent program',
  selectedOn: 'nothing: they learn the samples that they are evaluated on',
  contenders: [
    { label: 's = 0', config: learner(0, [0.001, 0.003, 0.003]), drawn: true },
    { label: 's = ½', config: learner(0.5, [0.003, 0.002, 0.001]), drawn: true },
    { label: 's = 1', config: learner(1, [0.003, 0.001, 0.001]), drawn: true },
  ],
  measures: [
    measureOf(
      's = 0',
      [
        { samples: 1000, value: 0.19 },
        { samples: 10_000, value: 0.0087 },
        { samples, value: 0.001 },
      ],
      0.002,
    ),
    measureOf(
      's = ½',
      [
        { samples: 1000, value: 0.8 },
        { samples: 10_000, value: 0.013 },
        { samples, value: 0.0024 },
      ],
      0.005,
    ),
    measureOf(
      's = 1',
      [
        { samples: 1000, value: 1.7 },
        { samples: 10_000, value: 0.013 },
        { samples, value: 0.0027 },
      ],
      0.005,
    ),
    ...['s = 0', 's = ½', 's = 1'].map((of): Measure => {
      const expected = [{ samples, atMost: Math.sqrt(0.01) }];
      return { of, measured: 'reduced-rank.constraint', published: [], known: 'derived', expected };
    }),
  ],
  seeds: 6,
  minutes: 1,
  quickSamples: 10_000,
  notes: [
    'Every seed draws views and a start of its own, and so do the values beside ours.',
    'The gain control is to be met to within ‖Wx Cxx Wxᵀ − I‖² / k = 0.01; what is measured is the root of that.',
    'Four of eight sources are asked for, and neighbouring singular values differ by a few thousandths at s = 1: which of them a run mixes says little, so that the objective is judged.',
  ],
};
