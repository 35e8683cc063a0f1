import { describe, expect, test } from 'vitest';
import { weightName } from '../../src/circuit/synapses.ts';
import {
  type CircuitSettings,
  createNetwork,
  findRule,
  layOut,
  RandomStream,
  Reading,
  samplesOf,
} from '../../src/index.ts';
import { listedShape } from '../../src/network/start.ts';
import { relativeError } from '../fixtures.ts';
import { goldenOptions, goldenRules } from '../golden-rules.ts';
import { vectors } from '../readings.ts';
import { labelled, learningOf } from '../registry.ts';
import { changesOf, sizes, transpose, type Weights } from './changes.ts';

const rule = 'constrained-predictive-coding';
const samples = labelled('linear', 5, { count: 3, ...sizes });

/** Random weights at which settling is quick, as a network lists them. */
function moderate(settings: CircuitSettings): Weights {
  const { allSynapses } = layOut(findRule(rule), settings, sizes).circuit;
  const stream = new RandomStream(6, 'weights');
  return Object.fromEntries(
    allSynapses.map((synapses) => {
      const { rows, cols } = listedShape(synapses);
      const data = Array.from({ length: rows * cols }, () => (0.6 / Math.sqrt(cols)) * stream.normal());
      return [weightName(synapses.name), { rows, cols, data }];
    }),
  );
}

function expectSame(actual: Readonly<Record<string, readonly number[]>>, expected: typeof actual, within: number) {
  for (const [name, values] of Object.entries(expected)) {
    expect(relativeError(actual[name]!, [...values]), name).toBeLessThan(within);
  }
}

describe.each<CircuitSettings>([
  { hidden: [4], activation: 'linear' },
  { hidden: [4, 3], activation: 'linear' },
  { hidden: [4, 3, 2], activation: 'linear' },
  { hidden: [4], activation: 'tanh' },
  { hidden: [4, 3], activation: 'tanh' },
])('$hidden $activation', (settings) => {
  const weights = moderate(settings);
  const own = { radius: 0.7, radiusBelow: 0.4 };
  const exact = { ...own, settling: 'exact', steps: 60 };
  const solved = changesOf(rule, settings, weights, samples, exact);

  test('solved for, cells rest where small steps come to', () => {
    expectSame(changesOf(rule, settings, weights, samples, { ...own, gamma: 0.2, steps: 1500 }), solved, 1e-10);
  });

  test('settled, Wb learns by a delta rule: ga f′(z) ⊙ a = gb (z − b)', () => {
    const laidOut = layOut(findRule(rule), { ...settings, parameters: exact }, sizes);
    const { signals } = new Reading({ ...laidOut, plasticity: new Map() }, { weights }).respond(
      vectors(samples.X),
      vectors(samples.Y),
    );
    const trace = learningOf(laidOut);
    // Of the currents that are written so, the last is that of the cells as they have settled.
    const called = (symbol: string) => signals[trace.signals.findLast((each) => each.symbol === symbol)!.id]!;
    for (const [i] of (settings.hidden as number[]).entries()) {
      const gb = i === 0 ? 1 : 1 / 2;
      const { post } = trace.changes.find(({ synapses }) => synapses === `Wb${i + 1}`) as { post: number };
      const [z, b] = [called(`z${i + 1}`), called(`b${i + 1}`)];
      const expected = z.flatMap((vector, s) => [...vector].map((each, k) => gb * (each - b[s]![k]!)));
      const learned = signals[post]!.flatMap((vector) => [...vector]);
      expect(relativeError(learned, expected)).toBeLessThan(1e-9);
    }
  });
});

test('linear, with one hidden layer, ρ = 1 and no step of settling, it is BMVR', () => {
  const settings: CircuitSettings = { hidden: [4], activation: 'linear' };
  const { Wb1, Wa1, Q1 } = moderate(settings);
  const found = changesOf(rule, settings, { Wb1: Wb1!, Wa1: Wa1!, Q1: Q1! }, samples, { radius: 1, steps: 0 });
  const bmvr = changesOf('bmvr', settings, { W1: Wb1!, W2: Wa1!, Q: transpose(Q1!) }, samples);
  const Q = [...(transpose({ rows: 4, cols: 4, data: bmvr.Q! }).data as number[])];
  expectSame(found, { Wb1: bmvr.W1!, Wa1: bmvr.W2!, Q1: Q }, 1e-13);
});

test.each(goldenRules.filter((golden) => golden.rule === rule))(
  'the energy is the loss of predictive coding that an independent program has: $name',
  async (golden) => {
    const { config, X, Y, sizes: all, signals } = golden;
    const network = await createNetwork(goldenOptions(golden));
    const [x, y] = [X.slice(0, config.batch), Y.slice(0, config.batch)];
    const data = samplesOf({ X: x.flat(), inputs: all[0]!, Y: y.flat(), labels: all.at(-1)! });
    const total = network.energies(data).reduce((sum, each) => sum + each, 0);
    const expected = signals.pcLoss!.reduce((sum, [each = 0]) => sum + each, 0) / config.batch;
    expect(total / expected).toBeCloseTo(1, 5);
  },
);
