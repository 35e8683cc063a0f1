import { describe, expect, test } from 'vitest';
import { createNetwork, type FunctionName, functions, Reading, type Rule } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';
import {
  combine,
  type Laid,
  type Learn,
  learnBoth,
  optionsOf,
  plusOuter,
  ruleOf,
  samplesOf,
  sizes,
  times,
} from './language.ts';

const eta = 0.1;

/** f and f′, written anew. */
const closed: Record<FunctionName, readonly [(u: number) => number, (u: number) => number]> = {
  identity: [(u) => u, () => 1],
  relu: [(u) => Math.max(u, 0), (u) => (u > 0 ? 1 : 0)],
  tanh: [Math.tanh, (u) => 1 / Math.cosh(u) ** 2],
  sigmoid: [(u) => 1 / (1 + Math.exp(-u)), (u) => Math.exp(-u) / (1 + Math.exp(-u)) ** 2],
  softplus: [(u) => Math.log(1 + Math.exp(u)), (u) => 1 / (1 + Math.exp(-u))],
  exponential: [Math.exp, Math.exp],
  logarithm: [Math.log, (u) => 1 / u],
  reciprocal: [(u) => 1 / u, (u) => -1 / u ** 2],
  squareRoot: [Math.sqrt, (u) => 0.5 / Math.sqrt(u)],
  square: [(u) => u ** 2, (u) => 2 * u],
  absolute: [Math.abs, (u) => (u < 0 ? -1 : 1)],
  sign: [(u) => (u < 0 ? -1 : 1), () => 0],
  step: [(u) => (u > 0 ? 1 : 0), () => 0],
};

describe.each(Object.keys(functions) as FunctionName[])('%s', (name) => {
  test('f and f′ are the mathematical ones, at cells', async () => {
    // These are for positive numbers, or have a pole.
    const positive = ['logarithm', 'squareRoot', 'reciprocal'].includes(name);
    const rule = ruleOf(({ W1, W2 }) => (x, y) => {
      const u = W1.drive(x);
      const v = positive ? u.through('absolute').plus(0.5) : u;
      W1.learn(v.through(name), x);
      W2.learn(y, v.slope(name));
    });
    const { X, Y } = samplesOf(1, 4);
    const { error, start, end } = await learnBoth(optionsOf(rule), { X, Y });
    const [f, slope] = closed[name];
    const u = times(start.W1!, X[0]!);
    const v = positive ? u.map((value) => Math.abs(value) + 0.5) : u;
    expect(relativeError(end.W1!, plusOuter(start.W1!, eta, v.map(f), X[0]!))).toBeLessThan(1e-12);
    expect(relativeError(end.W2!, plusOuter(start.W2!, eta, Y[0]!, v.map(slope)))).toBeLessThan(1e-12);
    expect(error).toBeLessThan(2e-6);
  });
});

test('softmax, sums over cells, multiples and constants, for each sample of a batch', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x, y) => {
    const u = W1.drive(x);
    const shares = u.times(2).softmax();
    W1.learn(shares.times(u.pooled().minus(circuit.constant(cells, 0.25))).times(-0.5), x);
    W2.learn(y.plus(1), circuit.constant(cells, 3));
  });
  const { X, Y } = samplesOf(4);
  const { error, start, end } = await learnBoth(optionsOf(rule, eta, { batch: 4 }), { X, Y });
  let { W1, W2 } = start as Record<'W1' | 'W2', readonly number[]>;
  for (const [s, x] of X.entries()) {
    const u = times(start.W1!, x);
    const total = u.reduce((sum, value) => sum + Math.exp(2 * value), 0);
    const sum = u.reduce((sum, value) => sum + value, 0);
    const post = u.map((value) => -0.5 * (Math.exp(2 * value) / total) * (sum - 0.25));
    W1 = plusOuter(W1, eta / 4, post, x);
    W2 = plusOuter(
      W2,
      eta / 4,
      Y[s]!.map((value) => value + 1),
      [3, 3, 3],
    );
  }
  expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test.each([3, 4])('two populations, of 3 and of %d cells, each with a running mean of its own', async (size) => {
  const rule = ruleOf(({ circuit, W1, W2 }) => {
    const others = circuit.population('others', size);
    const V = circuit.synapses('V', circuit.stimulus, others, { normal: 1, fan: 'in' });
    return (x, y) => {
      const one = circuit.activity(W1.drive(x), { function: 'tanh', meanRate: 0.25 }, 'mean of cells');
      const two = circuit.activity(V.drive(x), { function: 'softplus', meanRate: 0.5 }, 'mean of others');
      W1.learn(one.gate(one.output), x);
      V.learn(two.gate(two.output), x);
      W2.learn(y, one.output);
    };
  });
  const samples = samplesOf(5);
  const { error, start, end } = await learnBoth(optionsOf(rule), samples);
  let { W1, V, W2 } = start as Record<'W1' | 'V' | 'W2', readonly number[]>;
  let [one, two] = [[0, 0, 0], Array.from({ length: size }, () => 0)];
  for (const [t, x] of samples.X.entries()) {
    const [u, v] = [times(W1, x), times(V, x)];
    one = combine(one, u, (m, u) => m + 0.25 * (Math.tanh(u) - m));
    two = combine(two, v, (m, v) => m + 0.5 * (Math.log1p(Math.exp(v)) - m));
    const z = combine(u, one, (u, m) => Math.tanh(u) - m);
    const gated = combine(z, u, (z, u) => z * (1 - Math.tanh(u) ** 2));
    const other = combine(v, two, (v, m) => (Math.log1p(Math.exp(v)) - m) / (1 + Math.exp(-v)));
    [W1, V, W2] = [plusOuter(W1, eta, gated, x), plusOuter(V, eta, other, x), plusOuter(W2, eta, samples.Y[t]!, z)];
  }
  const expected = { W1, V, W2, 'mean of cells': one, 'mean of others': two };
  for (const [name, values] of Object.entries(expected)) {
    expect(relativeError(end[name]!, [...values]), name).toBeLessThan(1e-12);
  }
  expect(error).toBeLessThan(2e-5);
});

describe('refuses', () => {
  const twice = 'the rule has two running means, states or synapses called';
  const tanh = { function: 'tanh', meanRate: 0.1 } as const;

  test.each<[string, (laid: Laid) => Learn | undefined]>([
    ['the circuit has two populations called cells', ({ circuit }) => void circuit.population('cells', 2)],
    ['the circuit has two populations called stimulus', ({ circuit }) => void circuit.population('stimulus', 2)],
    [
      'the circuit has two sets of synapses called W1',
      ({ circuit, cells }) => void circuit.fixed('W1', cells, cells, { normal: 1 }),
    ],
    [
      'the circuit has two sets of synapses called W2',
      ({ circuit, cells }) => void circuit.synapses('W2ᵀ', circuit.label, cells, { normal: 1 }),
    ],
    [
      `${twice} zbar`,
      ({ circuit, W1 }) =>
        (x) => {
          circuit.activity(W1.drive(x), tanh);
          circuit.activity(W1.drive(x), tanh);
        },
    ],
    [
      `${twice} s`,
      ({ circuit, cells }) =>
        () => {
          circuit.state('s', cells, 0);
          circuit.state('s', circuit.label, 1, 'ever');
        },
    ],
    [
      `${twice} m`,
      ({ circuit, cells, W1 }) =>
        (x) => {
          circuit.state('m', cells, 0, 'ever');
          circuit.activity(W1.drive(x), tanh, 'm');
        },
    ],
    [
      `${twice} W2`,
      ({ circuit, cells }) =>
        () =>
          void circuit.state('W2', cells, 0, 'ever'),
    ],
    [
      'the state s must be had before what is repeated, not within it',
      ({ circuit, cells }) =>
        () =>
          circuit.repeat(2, () => void circuit.state('s', cells, 0)),
    ],
    [
      's lasts for ever: it can start as a number only',
      ({ circuit, cells, W1 }) =>
        (x) =>
          void circuit.state('s', cells, W1.drive(x), 'ever'),
    ],
    [
      'a state becomes two things at the end of the same step',
      ({ circuit, cells }) =>
        () => {
          const s = circuit.state('s', cells, 0);
          s.becomes(s.times(2));
          s.becomes(s.times(3));
        },
    ],
    [
      'a body is repeated a whole number of times, not 1.5',
      ({ circuit }) =>
        () =>
          circuit.repeat(1.5, () => {}),
    ],
    [
      'what has a running mean must live in cells, but this lives at synapses W1',
      ({ circuit, W1 }) =>
        () =>
          void circuit.activity(W1.weights(), tanh),
    ],
    [
      'signals are those of a sample: they are had where a rule learns or predicts, not where it is built',
      ({ circuit, cells }) => void circuit.constant(cells, 1),
    ],
    [
      'what W2 grow by must live at synapses W2, but this signal lives at synapses W1',
      ({ W1, W2 }) =>
        () =>
          W2.grow(W1.weights()),
    ],
    [
      'W1 does not run the other way than W2',
      ({ W1, W2 }) =>
        () =>
          void W2.signsOf(W1 as never),
    ],
    [
      'the decay of W1 must be a number, not NaN',
      ({ W1 }) =>
        (x) =>
          W1.learn(W1.drive(x), x, { decay: Number.NaN }),
    ],
  ])('%s', async (message, lay) => {
    const rule = ruleOf((laid) => lay(laid) ?? (() => {}));
    const options = { rule, ...sizes, rates: { W1: { eta0: 1 }, W2: { eta0: 1 } } };
    await expect(createNetwork(options)).rejects.toThrow(message);
    expect(() => new Reading(planNetwork(options), { weights: {} })).toThrow(message);
  });

  test('two running means of one name at two populations, one where it learns and one where it predicts', async () => {
    const rule = ruleOf(
      ({ circuit, W1 }) =>
        (x) =>
          void circuit.activity(W1.drive(x), tanh, 'm'),
    );
    const other: Rule = {
      ...rule,
      build: (circuit, ...others) => {
        const behaviour = rule.build(circuit, ...others);
        return { ...behaviour, predict: (x) => circuit.activity(behaviour.predict!(x), tanh, 'm').output };
      },
    };
    await expect(createNetwork(optionsOf(other))).rejects.toThrow('two populations have a running mean called m');
  });
});
