import type { RunConfig } from '../config/run-config.ts';
import type { Figure, Layer, Panel } from '../figures/figure.ts';
import type { RunResult } from '../runs/result.ts';
import type { Expectation, Measure, ReproducedContender, ReproducedRuns, Reproduction } from './reproduction.ts';

/** In s: without plasticity first, and then each phase; its beginning, over which the first change is measured. */
const [rest, lasts, beginning] = [20, 25, 5];
/** What drives the dendrites of the cells that learn, and by what it is multiplied in each phase; in the last, presynaptic cells burst more. */
const drive = 0.25;
const factors = [1, 1.5, 1, 0.55, 1, 1];
const presynapticCurrent = 40;

const stepsOf = (seconds: number) => seconds * 10_000;
const startOf = (phase: number) => rest + phase * lasts;
const end = startOf(factors.length);

const stream = [
  `stream:constant?cells=500&value=${presynapticCurrent}&from=${1000 * startOf(5)}`,
  `drive=constant?value=${drive}`,
  ...factors.flatMap((factor, phase) =>
    factor === 1
      ? []
      : [
          `drive=constant?value=${drive * (factor - 1)}&from=${1000 * startOf(phase)}&until=${1000 * startOf(phase + 1)}`,
        ],
  ),
].join(';');

const evaluateAt = [rest, ...factors.flatMap((_, phase) => [startOf(phase) + beginning, startOf(phase + 1)])].map(
  stepsOf,
);

function contender(label: string, somaticForce: boolean, seeds: number): ReproducedContender {
  const config: RunConfig = {
    rule: 'burst-network',
    data: { set: stream, split: 'train', inputs: 'raw', labels: 'numbers' },
    hidden: 250,
    activation: 'linear',
    parameters: { somaticForce },
    decoupled: false,
    ridge: 0,
    rates: { W: { eta0: 0.0035 } },
    initial: {},
    order: 'as-given',
    samples: stepsOf(end),
    evaluateAt,
    accuracy: {},
    probes: [],
    learnFrom: stepsOf(rest),
    record: { signals: ['Ē', 'B̄'], every: 2000 },
    seed: 1,
  };
  return { label, config, derived, seeds };
}

/** P̄ = Σ B̄ / Σ Ē over cells, of each step that was recorded. */
function probabilities({ recorded }: RunResult): number[] {
  const [E, B] = ['Ē', 'B̄'].map((name) => recorded![`signal.${name}`]!);
  const [steps, cells] = E!.shape as [number, number];
  const sum = (data: ArrayLike<number>, row: number) => {
    let total = 0;
    for (let cell = 0; cell < cells; cell++) total += data[row * cells + cell]!;
    return total;
  };
  return Array.from({ length: steps }, (_, row) => sum(B!.data, row) / sum(E!.data, row));
}

/** By how many per cent the mean weight changed since the beginning of the phase; and P̄. */
function derived(run: RunResult): Record<string, number>[] {
  const weights = run.evaluations.map(({ probes }) => probes!['weights.W.mean']!);
  const P = probabilities(run);
  return run.evaluations.map(({ samples }, i) => ({
    'burst probability': P[Math.round(samples / 2000) - 1]!,
    ...(i > 0 && { 'change of weights, %': 100 * (weights[i]! / weights[i - (i % 2 === 1 ? 1 : 2)]! - 1) }),
  }));
}

const [reference, usual] = ['as in the program of the authors', 'dendritic driving force'] as [string, string];

function change(of: string, expected: readonly Expectation[], over: Measure['over'] & string): Measure {
  return { of, measured: 'change of weights, %', published: [], known: 'computed', expected, over };
}

const at = (phase: number) => stepsOf(startOf(phase) + beginning);
/** The change at the beginning of phases 2 to 5 has this sign, in every seed. */
const signs: readonly Expectation[] = [
  { samples: at(1), atLeast: 0.001 },
  { samples: at(2), atMost: -0.001 },
  { samples: at(3), atMost: -0.001 },
  { samples: at(4), atLeast: 0.001 },
];

/** A network whose cells learn by bursts. */
export const burstNetwork: Reproduction = {
  name: 'burst-network',
  title: 'A small network with burst-dependent plasticity',
  says: '500 cells that noise makes fire drive 250 others, of two compartments, through synapses that learn by bursts. What drives the dendrites of these is changed every 25 s: × 1, 1.5, 1, .55 and 1, by which more or fewer of their events become bursts; in a last phase the presynaptic cells burst more instead. Weights change with the change of the burst probability, until its average has caught up.',
  source:
    'Payeur, Guerguiev, Zenke, Richards and Naud, Nature Neuroscience 24, 1010–1019 (2021); cells, numbers and order of a step as in the program of the authors (apayeur/spikingburstprop), at half its size; values computed by an independent program, 5 seeds (3 with the dendritic driving force)',
  selectedOn: 'nothing',
  contenders: [contender(reference, true, 5), contender(usual, false, 3)],
  measures: [
    change(reference, signs, 'each'),
    change(reference, [{ samples: at(5), value: 0, within: 1.7 / 3 }], 'mean'),
    change(usual, signs, 'each'),
    change(usual, [{ samples: at(5), value: 0, within: 1.6 / 3 }], 'mean'),
    ...[reference, usual].map((of, i): Measure => {
      const values = [
        [0.113, 0.251, 0.11, 0.017, 0.107, 0.108],
        [0.084, 0.226, 0.08, 0.012, 0.087, 0.084],
      ][i]!;
      const points = values.map((value, phase) => ({ samples: stepsOf(startOf(phase + 1)), value }));
      return { of, measured: 'burst probability', published: points, known: 'computed', expected: [] };
    }),
  ],
  figures,
  seeds: 5,
  minutes: 20,
  quickSamples: 20_000,
  notes: [
    'A sample is a step of 0.1 ms. Synapses learn after 20 s. Changes of weights are in per cent of the mean weight at the beginning of the phase: over its first 5 s, and over all of it.',
    'Expected are the signs in the first 5 s of phases 2 to 5, in every seed; and in the last phase, whose postsynaptic bursts do not change, less than a third of the change of the phase before (1.7 and 1.6 %).',
    'In the program of the authors dendritic synapses see the potential of the soma. With that of the dendrite there are fewer bursts, and the signs are the same.',
  ],
};

function figures(runs: ReproducedRuns): Figure[] {
  return [...runs].flatMap(([label, [run]]) => {
    if (!run?.recorded) return [];
    const times = Array.from(run.recorded.time!.data, (time) => time / 1000);
    const phases: Layer[] = factors.flatMap((_, phase) =>
      phase % 2 === 1 ? [{ kind: 'span' as const, from: startOf(phase), until: startOf(phase + 1) }] : [],
    );
    const weights = run.evaluations.map(({ probes }) => probes!['weights.W.mean']!);
    const x = { label: 'time, s', domain: [0, end] as const };
    const driven = [0, rest, ...factors.flatMap((_, phase) => [startOf(phase), startOf(phase + 1)])];
    const panels: Panel[] = [
      {
        ...{ wide: true, above: true, height: 110, x, y: { label: 'drive' } },
        layers: [
          ...phases,
          {
            kind: 'line',
            label: 'drive of the dendrites',
            x: driven,
            y: [drive, drive, ...factors.flatMap((factor) => [drive * factor, drive * factor])],
          },
        ],
      },
      {
        ...{ wide: true, above: true, height: 170, x, y: { label: 'P̄' } },
        layers: [...phases, { kind: 'line', label: 'burst probability, average', x: times, y: probabilities(run) }],
      },
      {
        ...{ wide: true, x, y: { label: 'mean weight' } },
        layers: [
          ...phases,
          { kind: 'line', label: 'mean weight', x: run.evaluations.map(({ samples }) => samples / 10_000), y: weights },
        ],
      },
    ];
    const caption =
      'Weights grow while the burst probability rises above its average, shrink while it falls, and stop as the average catches up. In the last phase presynaptic cells burst more, which changes nothing.';
    return [{ title: `Bursts steer plasticity: ${label}, seed ${run.config.seed}`, caption, panels }];
  });
}
