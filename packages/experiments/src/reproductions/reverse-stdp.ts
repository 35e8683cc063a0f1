import type { RunConfig } from '../config/run-config.ts';
import type { Figure } from '../figures/figure.ts';
import { histogram } from '../figures/histogram.ts';
import type { Recorded } from '../runs/recorder.ts';
import type { RunResult } from '../runs/result.ts';
import { boutsOf, boutsPanels } from './bouts.ts';
import type { Expectation, Measure, ReproducedContender, ReproducedRuns, Reproduction } from './reproduction.ts';
import { spectralRadius } from './spectral-radius.ts';

/** Samples of the rate forms, and steps of 1 ms of the spiking forms: 20,000 stimuli of 120 ms. */
const [samples, steps] = [40_000, 20_000 * 120];

interface Form {
  readonly data: string;
  readonly sizes: { readonly hidden: number; readonly samples: number };
  readonly eta: number;
  readonly initial: RunConfig['initial'];
  readonly parameters: RunConfig['parameters'] & object;
  readonly record: RunConfig['record'] & object;
  readonly derived: ReproducedContender['derived'] & object;
}

/** Steps of a stimulus, and how many of them, the last, are looked at. */
const [stimulus, looked] = [120, 200];

const rates: Form = {
  data: 'stream:normal?cells=20',
  sizes: { hidden: 10, samples },
  eta: 0.01,
  initial: {},
  parameters: { form: 'rates', wMax: 5 },
  record: { weights: ['W'] },
  derived: gains,
};

const spikes: Form = {
  data: 'stream:bouts?cells=40&mean=0.08&lasts=10&period=120',
  sizes: { hidden: 20, samples: steps },
  eta: 0.002,
  initial: { Q: { normal: 1.5, fan: 'in' }, W: { normal: 0.05 } },
  parameters: { form: 'cells', wMax: 1, trial: stimulus },
  record: { signals: ['x', 'y'], spans: [[steps - looked * stimulus, steps]] },
  derived: lateSpikes,
};

function contender(label: string, form: Form, window: string, A: number): ReproducedContender {
  const { data, sizes, eta, initial, parameters, record, derived } = form;
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
    record,
    seed: 1,
  };
  return { label, config, derived };
}

/** The largest size of an eigenvalue of W Q, the gain of the loop, at each evaluation. */
function gains({ recorded, weights }: RunResult): Record<string, number>[] {
  const { shape, data } = recorded!['weights.W']!;
  const [evaluations, rows, cols] = shape as [number, number, number];
  const at = (i: number) => ({
    rows,
    cols,
    data: Float32Array.from(data.subarray(i * rows * cols, (i + 1) * rows * cols)),
  });
  return Array.from({ length: evaluations - 1 }, (_, i) => ({ gain: spectralRadius(at(i + 1), weights.Q!) }));
}

/** Of the last stimuli: spikes of lower cells in the first bout and after it, and how alike the cells are that fire. */
function lateSpikes({ recorded, evaluations }: RunResult): Record<string, number>[] {
  const { first, late, correlation } = boutsOf(recorded as Recorded, stimulus);
  return evaluations.map((_, i) =>
    i === evaluations.length - 1 ? { 'spikes.first': first, 'spikes.late': late, correlation } : {},
  );
}

function measure(of: string, what: string, expected: readonly Expectation[], over?: Measure['over']): Measure {
  const measured = ['extreme', 'sd'].includes(what) ? `weights.W.${what}` : what;
  return { of, measured, published: [], known: 'computed', expected, ...(over && { over }) };
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
    measure('rates, reversed 1.2', 'gain', [{ samples, value: 1 / 1.2, within: 0.005 / 1.2 }], 'each'),
    measure('rates, reversed 0.9', 'gain', [{ samples, value: 1 / 0.9, within: 0.005 / 0.9 }], 'each'),
    measure('spikes, reversed 1.2', 'correlation', [{ samples: steps, atLeast: 0.1 }], 'each'),
    measure('spikes, reversed 1.2', 'extreme', [{ samples: steps, atMost: 0 }], 'each'),
    measure('spikes, reversed 1.2', 'sd', [{ samples: steps, value: 0.113, within: 0.02 }]),
    measure('spikes, reversed 0.9', 'extreme', [{ samples: steps, atLeast: 0.4 }], 'each'),
    measure('spikes, classical 1.2', 'extreme', [{ samples: steps, atLeast: 0.4 }], 'each'),
    measure('spikes, classical 0.9', 'extreme', [{ samples: steps, atLeast: 0.4 }], 'each'),
  ],
  figures,
  seeds: 4,
  minutes: 8,
  quickSamples: 4000,
  notes: [
    'This is no reproduction of the paper: its cell numbers, membranes, rates and inputs are not known here. It is the least that its idea needs.',
    'weights.W.extreme is the share of weights nearer to a bound than 5 % of it; bounds are ±5 by rates and ±1 by spikes.',
    'gain is the largest size of an eigenvalue of W Q; spikes.first and spikes.late are spikes of lower cells in a stimulus, before and after 15 ms, and correlation is that of the two over cells, the mean over the last 200 stimuli.',
    'Each stimulus is a trial of its own: potentials, traces and spikes on their way start anew. Without that, activity that goes round is learned from stimulus to stimulus, and a tenth of the reversed weights ends at a bound (A = 1.2).',
    'By rates, reversed weights stay away from their bounds for A = 0.9 too, but the gain of the loop is 1/A, more than 1 there: nothing would end what goes round. By spikes, activity does go round, and weights do not stay.',
  ],
};

function figures(runs: ReproducedRuns): Figure[] {
  const spiking = [...runs].flatMap(([label, [run]]) => (run && label.startsWith('spikes') ? [{ label, run }] : []));
  return [
    {
      title: 'The two windows',
      caption:
        'What a pair of spikes changes in a top-down synapse, by how much later its presynaptic (upper) cell fires than its postsynaptic (lower) one, for A = 1.2. Reversed, the presynaptic spike has to come after.',
      panels: ['reversed', 'classical'].map((window) => windowPanel(window)),
    },
    {
      title: 'Weights at the end',
      caption:
        'By spikes, seed 1; bounds are ±1. Only depression-biased reversed STDP (A = 1.2) keeps weights from them, with one peak.',
      panels: spiking.map(({ label, run }) => ({
        title: label.replace('spikes, ', ''),
        x: { label: 'weight', domain: [-1.05, 1.05] as const },
        y: { label: 'synapses' },
        layers: [{ kind: 'bars' as const, label: 'top-down weights', ...histogram(run.weights.W!.data, -1, 1, 40) }],
      })),
    },
    ...spiking
      .filter(({ label }) => label.includes('reversed'))
      .map(({ label, run }) => ({
        title: `The last stimuli: ${label}`,
        caption: 'Spikes of lower and of upper cells; grey, the first bout of each stimulus, 15 ms.',
        panels: boutsPanels(run.recorded!, stimulus, 4),
      })),
  ];
}

function windowPanel(window: string): Figure['panels'][number] {
  const times = Array.from({ length: 81 }, (_, i) => i - 40);
  const sign = window === 'reversed' ? 1 : -1;
  const change = (t: number) => (t * sign > 0 ? Math.exp(-Math.abs(t) / 20) : -1.2 * Math.exp(-Math.abs(t) / 20));
  const side = (of: (t: number) => boolean) => {
    const x = times.filter(of);
    return { kind: 'line' as const, label: 'change, in η', x, y: x.map(change) };
  };
  return {
    title: window,
    x: { label: 'upper minus lower spike, ms' },
    y: { label: 'change, in η', domain: [-1.3, 1.3] },
    layers: [{ kind: 'at', y: 0 }, { kind: 'at', x: 0 }, side((t) => t < 0), side((t) => t > 0)],
  };
}
