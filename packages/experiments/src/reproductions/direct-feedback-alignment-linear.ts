import type { RunConfig } from '../config/run-config.ts';
import type { Point, Reproduction } from './reproduction.ts';

const count = 1000;
const steps = 451;

/** Each learns from a teacher of its own. */
const teachers = [1, 2, 3, 4, 5];

const configOf = (teacher: number): RunConfig => ({
  rule: 'direct-feedback-alignment',
  data: {
    set: `synthetic:linear-teacher?inputs=10&outputs=10&samples=${count}&teacher=whole&seed=${teacher}`,
    split: 'train',
    inputs: 'raw',
    labels: 'numbers',
  },
  hidden: 1000,
  activation: 'linear',
  decoupled: false,
  batch: count,
  ridge: 0,
  rates: { W: { eta0: 1e-3 } },
  initial: { W: { constant: 0 }, B: { normal: 1 } },
  order: 'as-given',
  samples: count * (steps - 1),
  evaluateAt: [1, 10, 20, 30, 40, 50, 100, 200, 300, 400, steps - 1].map((step) => count * step),
  accuracy: {},
  probes: ['alignment'],
  seed: 1,
});

const labelOf = (teacher: number) => `teacher ${teacher}`;

/** ½ Σ ‖e‖² before a step, as the mean of ‖e‖² after the steps before it. */
const stored = (...values: readonly (readonly [step: number, loss: number])[]): Point[] =>
  values.map(([step, loss]) => ({ samples: count * (step - 1), value: (2 * loss) / count }));

/** A2: direct feedback alignment from zero weights, in a linear network. */
export const directFeedbackAlignmentLinear: Reproduction = {
  name: 'direct-feedback-alignment-linear',
  title: 'Direct feedback alignment from zero weights',
  says: 'A linear network of 10, 1,000 and 10 units whose weights all start at zero learns 1,000 pairs of a linear teacher of whole numbers by direct feedback alignment, all at once in each step; five times, each time from another teacher.',
  source:
    'Nøkland, NIPS 29 (2016); the linear example of iacolippo/Direct-Feedback-Alignment, values from the output stored in its notebook',
  selectedOn: 'nothing',
  contenders: teachers.map((teacher) => ({ label: labelOf(teacher), config: configOf(teacher) })),
  measures: teachers.map((teacher) => ({
    of: labelOf(teacher),
    measured: 'objective',
    published: stored(
      [11, 8.93e5],
      [21, 1.22e5],
      [31, 1.86e4],
      [41, 4843],
      [51, 1651],
      [101, 168],
      [201, 14.7],
      [301, 0.42],
      [401, 0.0093],
      [451, 0.00137],
    ),
    known: 'stored log',
    // Below 500 in 100 steps and below 30 in 200, as ½ Σ ‖e‖²: later, the smallest singular value of the teacher decides.
    expected: [
      { samples: 100 * count, atMost: (2 * 500) / count },
      { samples: 200 * count, atMost: (2 * 30) / count },
    ],
  })),
  seeds: 1,
  minutes: 0.5,
  quickSamples: 100 * count,
  notes: [
    'The objective is the mean of ‖e‖²; the notebook has ½ Σ ‖e‖², 500 times as much. Its rate, 1e-6 on the sum over 1,000 samples, is 1e-3 on the mean.',
  ],
};
