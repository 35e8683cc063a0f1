import type { RunConfig } from '../config/run-config.ts';
import type { Figure } from '../figures/figure.ts';
import type { RunResult } from '../runs/result.ts';
import type { ReproducedContender, ReproducedRuns, Reproduction } from './reproduction.ts';

/** Steps of 0.05 ms of a run of 300 ms; when the soma spikes, in ms; and the weight that everything starts with. */
const [samples, somatic, start] = [6000, 101, 0.001];

interface Variant {
  readonly label: string;
  readonly eta: number;
  readonly parameters: RunConfig['parameters'] & object;
  /** The relative change by the time from the somatic spike to that of the afferent, in ms. */
  readonly window: readonly (readonly [delay: number, change: number])[];
}

const ratio: Variant = {
  label: 'h = φ′/φ',
  eta: 2.5e-6,
  parameters: {},
  window: [
    [-60, -0.006],
    [-40, 0.1],
    [-20, 0.496],
    [-10, 0.927],
    [-6, 1.034],
    [-4, 0.962],
    [-2, 0.669],
    [0, -0.068],
    [2, -0.412],
    [4, -0.32],
    [6, -0.245],
    [10, -0.158],
    [20, -0.081],
    [40, -0.051],
    [60, -0.046],
  ],
};

const one: Variant = {
  label: 'h = 1',
  eta: 1.3e-6,
  parameters: { h: 'one', alpha: -55, beta: 0.4, r: 0.3 },
  window: [
    [-10, 1.128],
    [-2, 0.729],
    [2, -0.376],
    [10, -0.133],
  ],
};

const labelOf = ({ label }: Variant, delay: number) => `${label}, ${delay} ms`;

function contender(variant: Variant, delay: number): ReproducedContender {
  const spikeAt = (at: number) => `regular?first=${at}&period=1000`;
  const config: RunConfig = {
    rule: 'conductance-dendritic-prediction',
    data: {
      set: `stream:${spikeAt(somatic + delay)};S=${spikeAt(somatic)}`,
      split: 'train',
      inputs: 'raw',
      labels: 'numbers',
    },
    hidden: 1,
    activation: 'linear',
    parameters: variant.parameters,
    decoupled: false,
    ridge: 0,
    rates: { w: { eta0: variant.eta } },
    initial: {},
    order: 'as-given',
    samples,
    evaluateAt: [samples],
    accuracy: {},
    probes: [],
    ...(variant === ratio &&
      [-10, 10].includes(delay) && { record: { signals: ['U', 'V', 'V*'], spans: [[1600, 2800]] } }),
    seed: 1,
  };
  return { label: labelOf(variant, delay), config, derived: (run) => [{ 'relative change': changeOf(run) }] };
}

const changeOf = ({ weights }: RunResult) => weights.w!.data[0]! / Math.fround(start) - 1;

const cases = [ratio, one].flatMap((variant) => variant.window.map(([delay, change]) => ({ variant, delay, change })));

/** The window for pairs of spikes that dendritic prediction with conductances has. */
export const dendriticStdpWindow: Reproduction = {
  name: 'dendritic-stdp-window',
  title: 'The STDP window of dendritic prediction',
  says: 'One afferent and one somatic spike, from 60 ms before to 60 ms after it: by how much the weight changes, as a part of it. What goes back from the soma makes the dendrite spike: synapses that have excited it before grow. Those that come after it, while V* is still up without a dendritic spike, shrink.',
  source:
    'The variant with conductances of Urbanczik and Senn, Neuron 81, 521–528 (2014), with cell and numbers as in unibe-cns/STDP_Multicompartment; values computed by two independent programs',
  selectedOn: 'nothing',
  contenders: cases.map(({ variant, delay }) => contender(variant, delay)),
  measures: cases.map(({ variant, delay, change }) => ({
    of: labelOf(variant, delay),
    measured: 'relative change',
    published: [{ samples, value: change }],
    known: 'computed',
    expected: [{ samples, value: change, within: 0.01 }],
  })),
  figures,
  seeds: 1,
  minutes: 1,
  quickSamples: 1000,
  notes: [
    'A sample is a step of 0.05 ms, all by Euler’s method, as in the source. Times are whole steps; the source compares times as floating-point numbers, which can move a spike by a step.',
    'Nothing here is random.',
  ],
};

function figures(runs: ReproducedRuns): Figure[] {
  const changes = (variant: Variant) =>
    variant.window.map(([delay]) => {
      const run = runs.get(labelOf(variant, delay))?.[0];
      return run ? changeOf(run) : Number.NaN;
    });
  const x = { label: 'afferent minus somatic spike, ms' };
  const traces = [-10, 10].flatMap((delay) => {
    const recorded = runs.get(labelOf(ratio, delay))?.[0]?.recorded;
    if (!recorded) return [];
    const time = Array.from(recorded.time!.data);
    return {
      title: `afferent at ${delay} ms`,
      x: { label: 'time, ms' },
      y: { label: 'mV' },
      layers: [
        { kind: 'at' as const, x: somatic + delay, says: 'afferent' },
        ...['U', 'V', 'V*'].map((name) => ({
          ...{ kind: 'line' as const, label: name, x: time },
          y: Array.from(recorded[`signal.${name}`]!.data),
        })),
      ],
    };
  });
  return [
    {
      title: 'The window',
      caption:
        'The relative change of the weight by the time between the spikes: symbols are ours, lines those of an independent program.',
      panels: [
        {
          ...{ wide: true, height: 280, x, y: { label: 'relative change' } },
          layers: [
            { kind: 'at', y: 0 },
            ...[ratio, one].flatMap((variant) => {
              const delays = variant.window.map(([delay]) => delay);
              return [
                {
                  kind: 'line' as const,
                  label: variant.label,
                  x: delays,
                  y: variant.window.map(([, change]) => change),
                },
                { kind: 'points' as const, label: variant.label, x: delays, y: changes(variant) },
              ];
            }),
          ],
        },
      ],
    },
    ...(traces.length === 0
      ? []
      : [
          {
            title: 'Two pairs of spikes',
            caption:
              'The somatic spike at 101 ms lifts the dendrite above −50 mV, where it spikes, in both; an afferent that has fired before (left) gains by that, one that fires after (right) loses while V* is still up.',
            panels: traces,
          },
        ]),
  ];
}
