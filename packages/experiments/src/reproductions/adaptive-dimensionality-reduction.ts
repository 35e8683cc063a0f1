import type { ParameterValue, Rate } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import type { Measure, Reproduction } from './reproduction.ts';

const samples = 10_000;
/** Their cells' own 1/D. */
const one: Rate = { eta0: 1 };

function learner(
  rule: string,
  names: readonly string[],
  parameters: Readonly<Record<string, ParameterValue>>,
): RunConfig {
  return {
    rule,
    data: { set: 'synthetic:coloured', split: 'train', inputs: 'raw', labels: 'none' },
    hidden: 20,
    activation: 'linear',
    decoupled: false,
    ridge: 0,
    parameters,
    rates: Object.fromEntries(names.map((name) => [name, one])),
    initial: {},
    order: 'as-given',
    samples,
    evaluateAt: [1000, 2000, 5000, samples],
    accuracy: {},
    probes: ['output-spectrum', 'principal-subspace'],
    seed: 1,
  };
}

/** What the variances of the outputs are to be, and how near the space is to that of principal components of the same samples. */
function measuresOf(of: string, variances: readonly number[], within: number, subspace: number): readonly Measure[] {
  const spectrum = [...variances, 0].map((value, i): Measure => {
    const expected = value > 0 ? { samples, value, within } : { samples, atMost: 0.002 };
    return {
      of,
      measured: `output-spectrum.variance${i + 1}`,
      published: value > 0 ? [{ samples, value }] : [],
      known: 'derived',
      expected: [expected],
    };
  });
  const error: Measure = {
    of,
    measured: 'principal-subspace.error',
    published: [{ samples, value: subspace }],
    known: 'computed',
    expected: [{ samples, atMost: 0.001 }],
  };
  return [...spectrum, error];
}

/** N6: the three networks of adaptive dimensionality reduction on a coloured Gaussian. */
export const adaptiveDimensionalityReduction: Reproduction = {
  name: 'adaptive-dimensionality-reduction',
  title: 'Adaptive dimensionality reduction of a coloured Gaussian',
  says: 'Networks of soft thresholding, of hard thresholding and with equalised outputs, of 20 cells, learn 10,000 samples of 64 numbers once, whose covariance has the eigenvalues 5, 4, 3 and 2 above α = 1, and 60 below ½. The variances of their outputs are known in closed form.',
  source:
    'Pehlevan and Chklovskii (2015); rules and optima derived from its objectives, values by an independent program',
  selectedOn: 'nothing: they learn the samples that they are evaluated on',
  contenders: [
    { label: 'soft', config: learner('adaptive-soft', ['W', 'M'], { alpha: 1 }), drawn: true },
    {
      label: 'hard',
      config: learner('adaptive-hard', ['W', 'U', 'V', 'M'], { alpha: 1, interneurons: 5 }),
      drawn: true,
    },
    {
      label: 'equalised',
      config: learner('adaptive-equalised', ['W', 'U', 'V'], { alpha: 1, beta: 1, interneurons: 5 }),
      drawn: true,
    },
  ],
  measures: [
    ...measuresOf('soft', [4, 3, 2, 1], 0.05, 0.00015),
    ...measuresOf('hard', [5, 4, 3, 2], 0.05, 0.00034),
    ...measuresOf('equalised', [1, 1, 1, 1], 0.1, 0.0006),
  ],
  seeds: 30,
  minutes: 0.2,
  quickSamples: 1000,
  notes: [
    'No number is published of these networks: what has to be reached are the closed forms at the eigenvalues that the data are made with. Every seed draws data of its own, whose largest eigenvalue differs from 5 by 0.07 (one standard deviation): of the mean of 30 draws it is 0.013.',
    'The distance of subspaces is that to the principal components of the samples that were learned.',
    'Feedback U and feedforward V start with random weights of their own; the independent program starts U as Vᵀ.',
  ],
};
