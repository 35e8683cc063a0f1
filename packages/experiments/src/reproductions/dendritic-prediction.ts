import type { RunConfig } from '../config/run-config.ts';
import { recordedFigures } from '../figures/recorded-figures.ts';
import type { Measure, Reproduction } from './reproduction.ts';

/** Steps in a repetition of the pattern: 200 ms of 0.1 ms. */
const repetition = 2000;
/** Repetitions without a teacher, with one, and without again. */
const [before, taught, after] = [2, 100, 2];
const end = before + taught + after;

/** Each is measured over the repetitions since the one before: the first that is taught, then every ten, the last that is, and the first after. */
const evaluated = [
  before,
  before + 1,
  ...Array.from({ length: 9 }, (_, i) => before + 10 * (i + 1)),
  before + taught - 1,
];
const measuredAt = [...evaluated, before + taught, before + taught + 1, end];
const [first, last, off] = [before + 1, before + taught, before + taught + 1].map((each) => each * repetition);

const [from, until] = [before, before + taught].map((each) => (each * repetition) / 10);
const span = `from=${from}&until=${until}`;
const stream = [
  'stream:poisson?cells=200&rate=0.01&frozen=200',
  `gE=sine?mean=5.4&amplitude=4.8&period=100&${span}`,
  `gI=constant?value=18&${span}`,
].join(';');

/** The first two repetitions with a teacher, and the last two with the first two without it. */
const drawn = [
  [before, before + 2],
  [before + taught - 2, before + taught + 2],
].map((span) => span.map((each) => each * repetition)) as [number, number][];
const drawnCells = Array.from({ length: 40 }, (_, cell) => cell);

function contender(label: string, parameters: RunConfig['parameters'] & object) {
  const config: RunConfig = {
    rule: 'dendritic-prediction',
    data: { set: stream, split: 'train', inputs: 'raw', labels: 'numbers' },
    hidden: 1,
    activation: 'linear',
    parameters,
    decoupled: false,
    ridge: 0,
    rates: { w: { eta0: 0.17 } },
    initial: {},
    order: 'as-given',
    samples: end * repetition,
    evaluateAt: measuredAt.map((each) => each * repetition),
    accuracy: {},
    probes: [],
    record: { signals: ['U', 'V*', 'UM', 'n', 'x'], cells: drawnCells, spans: drawn, weights: ['w'] },
    seed: 1,
  };
  return { label, config };
}

const [demonstration, spikes, rates] = ['the demonstration', 'spikes, no dead time', 'rate form'];

/** U_M − V* over the first and the last repetition that is taught, and U − V* when the teacher is gone. */
const measures = (
  of: string,
  teacher: { readonly first: number; readonly last: number; readonly within: number },
): readonly Measure[] => [
  {
    of,
    measured: 'rms.teacher',
    published: [
      { samples: first!, value: teacher.first },
      { samples: last!, value: teacher.last },
    ],
    known: 'computed',
    expected: [
      { samples: first!, value: teacher.first, within: 1.2 },
      { samples: last!, value: teacher.last, within: teacher.within },
    ],
  },
  {
    of,
    measured: 'rms.soma',
    published: [],
    known: 'computed',
    expected: [{ samples: off!, atMost: 0.6 }],
  },
];

/** The demonstration that comes with NEST's model. */
export const dendriticPrediction: Reproduction = {
  name: 'dendritic-prediction',
  title: 'Dendritic prediction of somatic spiking',
  says: 'A neuron of two compartments hears one frozen pattern of 200 Poisson trains of 10 Hz, 200 ms long, 104 times: 20.8 s in steps of 0.1 ms. In 100 of them a teacher drives its soma by conductances. The dendrite learns to predict the potential to which the teacher drives the soma: the root mean square of the difference, in mV, in each repetition.',
  source:
    'Urbanczik and Senn, Neuron 81, 521–528 (2014); cell, settings and protocol of the demonstration that comes with NEST (urbanczik_synapse_example); values computed by an independent program, 24 seeds',
  selectedOn: 'nothing',
  contenders: [
    contender(demonstration, { deadTime: 3, clip: 'read' }),
    contender(spikes, {}),
    contender(rates, { spikes: 'rate' }),
  ],
  measures: [
    ...measures(demonstration, { first: 9.5, last: 4.3, within: 0.6 }),
    ...measures(spikes, { first: 10.8, last: 3.4, within: 0.6 }),
    ...measures(rates, { first: 10.8, last: 2.38, within: 0.3 }),
  ],
  figures: (runs) =>
    [rates, spikes].flatMap((label) => {
      const [run] = runs.get(label!) ?? [];
      if (!run?.recorded) return [];
      return recordedFigures(run.config, run.recorded).map((figure) => ({
        ...figure,
        title: `${figure.title}: ${label}, seed ${run.config.seed}`,
      }));
    }),
  seeds: 8,
  minutes: 1,
  quickSamples: 3 * repetition,
  notes: [
    'A sample is a step of 0.1 ms; 2,000 are a repetition of the pattern.',
    'rms.teacher is that of UM − V*, over the steps since the evaluation before: one repetition at the first and the last that are taught. UM = (gE EE + gI EI)/(gE + gI). rms.soma is that of U − V*: small when the teacher is gone, which shows that the dendrite drives the soma as it predicts.',
    'The dead time of the demonstration, 3 ms, biases the prediction, which knows nothing of it: it settles too low. Weights there are clipped where they are read, and wind up.',
    'Patterns and spikes are those of the seed: each seed has a pattern of its own.',
  ],
};
