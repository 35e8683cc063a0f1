import type { RunConfig } from '../config/run-config.ts';
import type { Figure } from '../figures/figure.ts';
import type { RunResult } from '../runs/result.ts';
import type { Measure, ReproducedContender, ReproducedRuns, Reproduction } from './reproduction.ts';

/** η, τ_pre and α of all protocols, the last two in s. */
const [eta, tauPre, alpha] = [0.1, 0.05, 15];

interface Protocol {
  readonly stream: string;
  readonly sizes: number;
  readonly samples: number;
  readonly parameters: RunConfig['parameters'] & object;
}

function configOf({ stream, sizes, samples, parameters }: Protocol): RunConfig {
  return {
    rule: 'burst-stdp',
    data: { set: `stream:${stream}`, split: 'train', inputs: 'raw', labels: 'numbers' },
    hidden: sizes,
    activation: 'linear',
    parameters: { order: 'protocol', tauPre, alpha, gap: 0.016, ...parameters },
    decoupled: false,
    ridge: 0,
    rates: { W: { eta0: eta } },
    initial: {},
    order: 'as-given',
    samples,
    evaluateAt: [samples],
    accuracy: {},
    probes: [],
    seed: 1,
  };
}

// Periodic pairing: 15 times five coincident spikes at a frequency, 1 s and then 10 s apart, in which averages go on and the trace is forgotten.

const pairings: readonly (readonly [hertz: number, change: number])[] = [
  -0.238664, -0.302037, -0.34491, -0.390485, -0.432723, -0.470242, -0.503041, -0.531578, -0.556593, -0.578484,
  -0.597964, -0.615253, 0.150205, 0.177101, 0.200012, 0.221021, 0.24001, 0.256873, 0.271522, 0.283867,
].map((change, j) => [1 + (99 * j) / 19, change]);

const hertzWords = (hertz: number) => `pairing at ${Number(hertz.toPrecision(4))} Hz`;

function paired(hertz: number): ReproducedContender {
  const dt = 1e-4;
  const epoch = Math.round((5 / hertz + 1) / dt) + Math.round(10 / dt);
  const train = `regular?count=5&interval=${1 / hertz}&first=0.01&period=${epoch * dt}`;
  const parameters = { dt, events: 5, probability: 0.15 };
  const config = configOf({ stream: `${train};spikes=${train}`, sizes: 1, samples: 15 * epoch, parameters });
  return { label: hertzWords(hertz), config, seeds: 1 };
}

// Trains at random, 100 s in steps of 1 ms: 20 presynaptic cells and 400 others, all of them independent.

const [pre, post, duration, step] = [20, 400, 100, 0.001];

function atRandom(
  label: string,
  train: string,
  parameters: Protocol['parameters'],
  expected: number,
): ReproducedContender {
  const stream = `${train.replace('?', `?cells=${pre}&`)}&exact=true;spikes=${train}&exact=true`;
  const config = configOf({ stream, sizes: post, samples: duration / step, parameters: { dt: step, ...parameters } });
  return { label, config, derived: (run) => [deviation(run, expected)], seeds: 1 };
}

/** How far the mean over all pairs is from what is expected, in its standard errors: of cells at either end, which pairs share. */
function deviation({ weights }: RunResult, expected: number): Record<string, number> {
  const { rows, cols, data } = weights.W!;
  const ofRows = Array.from({ length: rows }, (_, i) =>
    mean(Array.from({ length: cols }, (__, j) => data[i * cols + j]!)),
  );
  const ofColumns = Array.from({ length: cols }, (_, j) =>
    mean(Array.from({ length: rows }, (__, i) => data[i * cols + j]!)),
  );
  const error = Math.sqrt(variance(ofRows) / rows + variance(ofColumns) / cols);
  return { deviation: (mean(ofRows) - expected) / error };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

// Bursts at random: events at a rate, each a burst with a probability.

const [eventRates, burstProbabilities, startProbability] = [[5, 10], [0, 0.1, 0.2, 0.3, 0.45], 0.2];

/** η τ_pre E² (p − P̄(0)) α (1 − e^(−T/α)), E = 1/(1/ER + .007 p): a burst lengthens its cycle by 7 ms on average. */
function burstChange(rate: number, p: number): number {
  const E = 1 / (1 / rate + 0.007 * p);
  return eta * tauPre * E ** 2 * (p - startProbability) * alpha * (1 - Math.exp(-duration / alpha));
}

const burstWords = (rate: number, p: number) => `bursts, ${rate} Hz, p = ${p}`;
const bursting = eventRates.flatMap((rate) => burstProbabilities.map((p) => ({ rate, p })));

function burstContender({ rate, p }: (typeof bursting)[number]): ReproducedContender {
  const train = `events?rate=${rate}&dead=0.02&burst=${p}&after=0.002&spread=0.01`;
  return atRandom(burstWords(rate, p), train, { events: rate, probability: startProbability }, burstChange(rate, p));
}

// Poisson trains of a rate, with a dead time of 2 ms: bursts are the chance of two spikes within 16 ms.

const poissonRates = Array.from({ length: 10 }, (_, j) => 1 + (49 * j) / 9);
const startProbabilities = [0.3, 0.5];
const startEvents = 5;

/** η τ_pre E (B T − E ∫P̄), in closed form: λ = r/(1 − .002 r), E = r e^(−.014 λ), B = E (1 − e^(−.014 λ)). */
function poissonChange(rate: number, start: number): number {
  const silent = Math.exp((-0.014 * rate) / (1 - 0.002 * rate));
  const E = rate * silent;
  const B = E * (1 - silent);
  const [a, b] = [(start * startEvents) / B - 1, startEvents / E - 1];
  const F = (x: number) => (alpha * (b - a) * Math.log(b + Math.exp(x / alpha)) + a * x) / b;
  return eta * tauPre * E * (B * duration - E * (B / E) * (F(duration) - F(0)));
}

const poissonWords = (rate: number, start: number) => `Poisson, ${Number(rate.toPrecision(4))} Hz, P̄(0) = ${start}`;
const poisson = startProbabilities.flatMap((start) => poissonRates.map((rate) => ({ rate, start })));

function poissonContender({ rate, start }: (typeof poisson)[number]): ReproducedContender {
  const train = `events?rate=${rate}&dead=0.002`;
  return atRandom(
    poissonWords(rate, start),
    train,
    { events: startEvents, probability: start },
    poissonChange(rate, start),
  );
}

const contenders = [
  ...pairings.map(([hertz]) => paired(hertz)),
  ...bursting.map(burstContender),
  ...poisson.map(poissonContender),
];

function measures({ label, config }: ReproducedContender, value: number, known: Measure['known']): Measure[] {
  const { samples } = config;
  const published = [{ samples, value }];
  const isExact = label.startsWith('pairing');
  return isExact
    ? [{ of: label, measured: 'weights.W.mean', published, known, expected: [{ samples, value, within: 1e-5 }] }]
    : [{ of: label, measured: 'deviation', published: [], known, expected: [{ samples, value: 0, within: 4 }] }];
}

const expectedChanges = [
  ...pairings.map(([, change]) => change),
  ...bursting.map(({ rate, p }) => burstChange(rate, p)),
  ...poisson.map(({ rate, start }) => poissonChange(rate, start)),
];

/** One synapse that learns by bursts, by three protocols. */
export const burstStdp: Reproduction = {
  name: 'burst-stdp',
  title: 'Burst-dependent plasticity: pairing, bursts and Poisson trains',
  says: 'What single synapses gain. Periodic pairing: 15 times five coincident spikes at frequencies from 1 to 100 Hz; where intervals become shorter than 16 ms, at 62.5 Hz, bursts turn depression into potentiation. Random bursts: events at 5 and 10 Hz, each a burst with a probability p; the change is zero where p is what the average started with, whatever the rate. Poisson trains from 1 to 50 Hz, in which bursts come about by chance.',
  source:
    'Payeur, Guerguiev, Zenke, Richards and Naud, Nature Neuroscience 24, 1010–1019 (2021); protocols, order of a step and closed forms as in the programs of the authors (apayeur/spikingburstprop); values of pairing computed by two independent programs, those of random trains in closed form',
  selectedOn: 'nothing',
  contenders,
  measures: contenders.flatMap((each, i) =>
    measures(each, expectedChanges[i]!, i < pairings.length ? 'computed' : 'derived'),
  ),
  figures,
  seeds: 1,
  minutes: 4,
  quickSamples: 10_000,
  notes: [
    'Weights start at 0 and are not bounded. Between two epochs of pairing averages decay for 10 s, and the presynaptic trace, of 50 ms, is gone: here these are 10 s of silence.',
    'Random trains: 20 presynaptic and 400 postsynaptic cells, all independent, so that 8,000 synapses are repetitions. deviation is the distance of their mean from the closed form in standard errors, which count that synapses share cells; at most 4 is expected.',
    'Intervals are those of the times of spikes, not of steps: a spike is what was left of its step.',
    'A burst lengthens the cycle of events by 7 ms on average, by which their rate is E = 1/(1/ER + .007 p); the crossing at p = P̄(0) does not depend on it.',
  ],
};

function figures(runs: ReproducedRuns): Figure[] {
  const changeOf = (label: string) => {
    const W = runs.get(label)?.[0]?.weights.W;
    return W ? mean([...W.data]) : Number.NaN;
  };
  const dense = (from: number, until: number) =>
    Array.from({ length: 101 }, (_, i) => from + ((until - from) * i) / 100);
  const [below, above] = [pairings.filter(([hertz]) => hertz < 62.5), pairings.filter(([hertz]) => hertz > 62.5)];
  const y = { label: 'change of the weight' };
  const zero = { kind: 'at' as const, y: 0 };
  return [
    {
      title: 'Periodic pairing',
      caption:
        'The change after 15 × 5 coincident spikes against their frequency: from 62.5 Hz on, intervals are at most 16 ms, and the second spike of each train makes a burst.',
      panels: [
        {
          ...{ wide: true, height: 280, x: { label: 'frequency, Hz', domain: [0, 102] as const }, y },
          layers: [
            zero,
            { kind: 'at', x: 62.5, says: '62.5 Hz' },
            ...[below, above].map((part) => ({
              ...{ kind: 'line' as const, label: 'independent programs' },
              ...{ x: part.map(([hertz]) => hertz), y: part.map(([, change]) => change) },
            })),
            {
              kind: 'points',
              label: 'here',
              x: pairings.map(([hertz]) => hertz),
              y: pairings.map(([hertz]) => changeOf(hertzWords(hertz))),
            },
          ],
        },
      ],
    },
    {
      title: 'Random trains',
      caption:
        'Means over 8,000 synapses (symbols) and closed forms (curves). Left, bursts with a probability: the change is zero at p = P̄(0) = .2 at both rates of events. Right, Poisson trains.',
      panels: [
        {
          ...{ x: { label: 'burst probability p' }, y },
          layers: [
            zero,
            { kind: 'at', x: startProbability, says: 'P̄(0)' },
            ...eventRates.flatMap((rate) => {
              const label = `${rate} events/s`;
              const [x, shown] = [dense(0, 0.45), burstProbabilities];
              return [
                { kind: 'line' as const, label, x, y: x.map((p) => burstChange(rate, p)) },
                { kind: 'points' as const, label, x: shown, y: shown.map((p) => changeOf(burstWords(rate, p))) },
              ];
            }),
          ],
        },
        {
          ...{ x: { label: 'rate, Hz' }, y },
          layers: [
            zero,
            ...startProbabilities.flatMap((start) => {
              const label = `Poisson, P̄(0) = ${start}`;
              const x = dense(0.5, 50);
              return [
                { kind: 'line' as const, label, x, y: x.map((rate) => poissonChange(rate, start)) },
                {
                  kind: 'points' as const,
                  label,
                  x: poissonRates,
                  y: poissonRates.map((rate) => changeOf(poissonWords(rate, start))),
                },
              ];
            }),
          ],
        },
      ],
    },
  ];
}
