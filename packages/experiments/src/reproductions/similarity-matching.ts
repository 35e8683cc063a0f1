import type { RunConfig } from '../config/run-config.ts';
import type { Reproduction } from './reproduction.ts';

const samples = 10_000;

/** η = 1 / (t + 5), of W and M twice that. */
const rate = { eta0: 2 / 5, t0: 5 };

const shared = {
  rule: 'similarity-matching',
  activation: 'linear',
  decoupled: false,
  ridge: 0,
  initial: {},
  order: 'as-given',
  accuracy: {},
  probes: ['principal-subspace'],
  seed: 1,
} as const satisfies Partial<RunConfig>;

function ofSpikes(passes: number): RunConfig {
  return {
    ...shared,
    data: { set: 'synthetic:spiked', split: 'train', inputs: 'centred', labels: 'none' },
    accuracy: {},
    probes: [...shared.probes],
    hidden: 10,
    rates: { W: rate, M: rate },
    samples: passes * samples,
    evaluateAt: Array.from({ length: passes }, (_, i) => (i + 1) * samples),
  };
}

/** N7: similarity matching on a spiked covariance. */
export const similarityMatching: Reproduction = {
  name: 'similarity-matching',
  title: 'Similarity matching on a spiked covariance',
  says: 'Similarity matching learns 10,000 samples of 50 numbers, of which ten directions have a large variance, in five passes, at rates that fall as 1 / (t + 5). It is compared with principal components of the same samples.',
  source:
    'Pehlevan, Sengupta and Chklovskii (2018); settings from flatironinstitute/online_psp (Giovannucci et al. 2018), values by an independent program',
  selectedOn: 'nothing: it learns the samples that it is evaluated on',
  contenders: [{ label: 'spiked', config: ofSpikes(5), drawn: true }],
  measures: [
    {
      of: 'spiked',
      measured: 'principal-subspace.relative',
      published: [
        { samples, value: 0.00273 },
        { samples: 5 * samples, value: 5.5e-4 },
      ],
      known: 'computed',
      expected: [
        { samples, value: 0.00273, within: 0.15 * 0.00273 },
        { samples: 5 * samples, value: 5.5e-4, within: 0.15 * 5.5e-4 },
      ],
    },
  ],
  seeds: 3,
  minutes: 0.1,
  quickSamples: 1000,
  notes: [
    'The error is √(2k − 2‖ÛᵀU‖²) / √k, of the ten directions found and the first principal components.',
    'W starts as a random orthogonal matrix divided by 100, the published program with one of the first samples.',
  ],
};
