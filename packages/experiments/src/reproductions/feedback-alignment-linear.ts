import type { RunConfig } from '../config/run-config.ts';
import type { Reproduction } from './reproduction.ts';

const samples = 2000;

const config: RunConfig = {
  rule: 'feedback-alignment',
  data: {
    set: `synthetic:linear-teacher?inputs=30&outputs=10&samples=${samples}`,
    split: 'train',
    inputs: 'raw',
    labels: 'numbers',
  },
  hidden: 20,
  activation: 'linear',
  decoupled: false,
  ridge: 0,
  rates: { W: { eta0: 1e-3 } },
  initial: { W: { uniform: 0.01 }, B: { uniform: 0.5 } },
  order: 'as-given',
  samples,
  evaluateAt: [1, 10, 30, 100, 200, 300, 500, 1000, samples],
  accuracy: {},
  probes: ['alignment'],
  seed: 1,
};

/** A1: feedback alignment of a linear network, by Lillicrap et al. (2016), as a later report did it. */
export const feedbackAlignmentLinear: Reproduction = {
  name: 'feedback-alignment-linear',
  title: 'Feedback alignment in a linear network',
  says: 'A linear network of 30, 20 and 10 units learns what a linear teacher says, one sample at a time, through a random feedback matrix B. What B sends back comes to lie along what backprop would send: the angle falls from about 90° to below 35° in 300 samples.',
  source:
    'Lillicrap, Cownden, Tweed and Akerman, Nature Communications 7 (2016), linear example; settings and angles as the report of iboudhaine/feedback-alignment-reprod (MIT licence) has them',
  selectedOn: 'nothing',
  contenders: [{ label: 'feedback-alignment', config }],
  measures: [
    {
      of: 'feedback-alignment',
      measured: 'alignment.W1.signal.per-sample',
      published: [],
      known: 'report',
      expected: [
        { samples: 300, atMost: 35 },
        { samples, atMost: 40 },
      ],
    },
  ],
  seeds: 10,
  minutes: 0.1,
  quickSamples: 300,
  notes: [
    'The angle is the mean over samples of that between B ε and W2ᵀ ε, of 256 samples of the data. The teacher is the same for all seeds; these give the weights.',
  ],
};
