import type { RunConfig } from '../config/run-config.ts';
import type { Expectation, Measure, Reproduction } from './reproduction.ts';

/** Samples of the rate forms, and steps of 1 ms of the spiking forms: 20,000 stimuli of 120 ms. */
const [samples, steps] = [40_000, 20_000 * 120];

interface Form {
  readonly data: string;
  readonly sizes: { readonly hidden: number; readonly samples: number };
  readonly eta: number;
  readonly initial: RunConfig['initial'];
  readonly parameters: RunConfig['parameters'] & object;
}

const rates: Form = {
  data: 'stream:normal?cells=20',
  sizes: { hidden: 10, samples },
  eta: 0.01,
  initial: {},
  parameters: { form: 'rates', wMax: 5 },
};

const spikes: Form = {
  data: 'stream:bouts?cells=40&mean=0.08&lasts=10&period=120',
  sizes: { hidden: 20, samples: steps },
  eta: 0.002,
  initial: { Q: { normal: 1.5, fan: 'in' }, W: { normal: 0.05 } },
  parameters: { form: 'cells', wMax: 1 },
};

function contender(label: string, { data, sizes, eta, initial, parameters }: Form, window: string, A: number) {
  const quarters = [0.25, 0.5, 0.75, 1].map((share) => share * sizes.samples);
  const config: RunConfig = {
    rule: 'reverse-stdp',
    data: { set: data, split: 'train', inputs: 'raw', labels: 'numbers' },
    hidden: sizes.hidden,
    activation: 'linear',
    parameters: { ...parameters, window, A },
    decoupled: false,
    ridge: 0,
    rates: { W: { eta0: eta } },
    initial,
    order: 'as-given',
    samples: sizes.samples,
    evaluateAt: quarters,
    accuracy: {},
    probes: [],
    seed: 1,
  };
  return { label, config };
}

function measure(of: string, what: string, expected: readonly Expectation[], over?: Measure['over']): Measure {
  return { of, measured: `weights.W.${what}`, published: [], known: 'computed', expected, ...(over && { over }) };
}

const windows = [
  ['reversed', 1.2],
  ['reversed', 0.9],
  ['classical', 1.2],
  ['classical', 0.9],
] as const;

/** Which windows keep top-down weights from their bounds. */
export const reverseStdp: Reproduction = {
  name: 'reverse-stdp',
  title: 'Reversed STDP keeps top-down weights from their bounds',
  says: 'Lower cells drive upper ones by fixed synapses, and these drive the lower cells by synapses that learn by the order of spikes, reversed or classical, with depression stronger (A = 1.2) or weaker (0.9) than potentiation. How many weights end at a bound: by rates, 40,000 samples of white noise; by spikes, 20,000 stimuli of 120 ms, each a bout of 10 ms.',
  source:
    'A construction of this project after Burbank and Kreiman, PLoS Computational Biology 8, e1002393 (2012), whose claim is that only depression-biased reversed STDP stays stable and diverse; values computed by an independent program, 4 seeds',
  selectedOn: 'nothing',
  contenders: [
    ...windows.map(([window, A]) => contender(`rates, ${window} ${A}`, rates, window, A)),
    ...windows.map(([window, A]) => contender(`spikes, ${window} ${A}`, spikes, window, A)),
  ],
  measures: [
    measure('rates, reversed 1.2', 'extreme', [{ samples, atMost: 0 }], 'each'),
    measure('rates, reversed 0.9', 'extreme', [{ samples, atMost: 0 }], 'each'),
    measure('rates, classical 1.2', 'extreme', [{ samples, atLeast: 0.2 }]),
    measure('rates, classical 0.9', 'extreme', [{ samples, atLeast: 0.2 }]),
    measure('spikes, reversed 1.2', 'extreme', [{ samples: steps, atMost: 0 }], 'each'),
    measure('spikes, reversed 1.2', 'sd', [{ samples: steps, value: 0.113, within: 0.02 }]),
    measure('spikes, reversed 0.9', 'extreme', [{ samples: steps, atLeast: 0.4 }], 'each'),
    measure('spikes, classical 1.2', 'extreme', [{ samples: steps, atLeast: 0.4 }], 'each'),
    measure('spikes, classical 0.9', 'extreme', [{ samples: steps, atLeast: 0.4 }], 'each'),
  ],
  seeds: 4,
  minutes: 8,
  quickSamples: 4000,
  notes: [
    'This is no reproduction of the paper: its cell numbers, membranes, rates and inputs are not known here. It is the least that its idea needs.',
    'weights.W.extreme is the share of weights nearer to a bound than 5 % of it; bounds are ±5 by rates and ±1 by spikes.',
    'By rates, reversed weights stay away from their bounds for A = 0.9 too, but the gain of the loop is 1/A, more than 1 there: nothing would end what goes round. By spikes, activity does go round, and weights do not stay.',
  ],
};
