import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, type Optimiser } from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { combine, learnBoth, optionsOf, plusOuter, ruleOf, samplesOf, times, timesTransposed } from './language.ts';

const eta = 0.1;

test('what a second phase computes is of the weights that the first has learned', async () => {
  const rule = ruleOf(({ circuit, W1, W2 }) => (x, y) => {
    circuit.phase('first', () => W1.learn(W2.transposed().drive(y.minus(W2.drive(W1.drive(x)))), x));
    circuit.phase('second', () => {
      const z = W1.drive(x);
      W2.learn(y.minus(W2.drive(z)), z);
    });
  });
  const samples = samplesOf(5);
  const { error, start, end } = await learnBoth(optionsOf(rule), samples);
  let { W1, W2 } = start as Record<'W1' | 'W2', readonly number[]>;
  for (const [t, x] of samples.X.entries()) {
    const errorOf = (z: number[]) => combine(samples.Y[t]!, times(W2, z), (y, p) => y - p);
    W1 = plusOuter(W1, eta, timesTransposed(W2, errorOf(times(W1, x))), x);
    const z = times(W1, x);
    W2 = plusOuter(W2, eta, errorOf(z), z);
  }
  expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('changes of repeated steps, and several in one step, are summed and applied at the end', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x, y) => {
    const v = circuit.state('v', cells, 1);
    circuit.repeat(3, () => {
      W1.learn(v, x);
      v.becomes(v.times(0.5).plus(W1.drive(x)));
    });
    W1.learn(v, x, { decay: 0.01 });
    W2.learn(y, v);
    W2.learn(W2.drive(v), v.times(-0.5));
  });
  const samples = samplesOf(4);
  const { error, start, end } = await learnBoth(optionsOf(rule), samples);
  let { W1, W2 } = start as Record<'W1' | 'W2', readonly number[]>;
  for (const [t, x] of samples.X.entries()) {
    const u = times(W1, x);
    let v = u.map(() => 1);
    let gained = W1.map((w) => -0.01 * w);
    for (let step = 0; step <= 3; step++) {
      gained = plusOuter(gained, 1, v, x);
      if (step < 3) v = combine(v, u, (v, u) => 0.5 * v + u);
    }
    W1 = combine(W1, gained, (w, g) => w + eta * g);
    const said = times(W2, v);
    W2 = plusOuter(plusOuter(W2, eta, samples.Y[t]!, v), -0.5 * eta, said, v);
  }
  expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test.each([0.01, 0.5, 1, 1.75])('a decay of %d is that, whatever it is learned with', async (decay) => {
  const rule = ruleOf(({ W1, W2 }) => (x, y) => {
    W1.learn(W1.drive(x).times(0), x, { decay });
    W2.learn(y, W1.drive(x), { decay });
    W2.learn(y, W1.drive(x), { decay: 0.02 });
  });
  const { error, start, end } = await learnBoth(optionsOf(rule), samplesOf(20));
  const left = (1 - eta * decay) ** 20;
  expect(
    relativeError(
      end.W1!,
      start.W1!.map((w) => w * left),
    ),
  ).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

describe('a decay of each cell of its own', () => {
  const optimisers: readonly Optimiser[] = [{ kind: 'plain' }, { kind: 'momentum', momentum: 0.5 }];
  test.each(optimisers.flatMap((optimiser) => [1, 3].map((batch) => ({ optimiser, batch }))))(
    'is the mean over a batch, %o',
    async (changes) => {
      const rule = ruleOf(({ W1, W2 }) => (x, y) => {
        const z = W1.drive(x);
        W1.learn(z, x, { decay: z.times(z) });
        W2.learn(y, z, { decay: y.through('absolute') });
        if (changes.batch === 3) W2.learn(y, z, { decay: 0.3 });
      });
      const samples = samplesOf(9);
      const { error, start, end } = await learnBoth(optionsOf(rule, eta, changes), samples);
      expect(error).toBeLessThan(2e-5);
      if (changes.optimiser.kind !== 'plain' || changes.batch !== 1) return;
      let W1 = start.W1 as readonly number[];
      for (const x of samples.X) {
        const z = times(W1, x);
        W1 = plusOuter(
          W1.map((w, at) => w * (1 - eta * z[Math.floor(at / x.length)]! ** 2)),
          eta,
          z,
          x,
        );
      }
      expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
    },
  );

  test('lives in the postsynaptic cells', async () => {
    const rule = ruleOf(
      ({ W2, W1 }) =>
        (x, y) =>
          W2.learn(y, W1.drive(x), { decay: W1.drive(x) as never }),
    );
    await expect(createNetwork(optionsOf(rule))).rejects.toThrow(
      'the decay of W2 must live at label, but this signal lives at cells',
    );
  });
});

describe('without autapses', () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => {
    const M = circuit.synapses('M', cells, cells, { constant: 0.2 }, { autapses: false });
    const N = circuit.synapses('N', cells, cells, { normal: 1 }, { autapses: false });
    return (x, y) => {
      const z = W1.drive(x).minus(M.drive(W1.drive(x)));
      M.learn(z, z, { decay: 0.5 });
      M.grow(M.outer(z, z).through('exponential'));
      N.learn(z, N.drive(z));
      W2.learn(y, z);
    };
  });

  test.each<Partial<NetworkOptions>>([{}, { batch: 3 }, { optimiser: { kind: 'adam', epsilon: 1e-2 } }])(
    'a matrix is hollow for ever, and all else is as with them: %o',
    async (changes) => {
      const { network, end, error } = await learnBoth(optionsOf(rule, 0.01, changes), samplesOf(9));
      expect(error).toBeLessThan(2e-5);
      const { M, N } = network.weights();
      for (const matrix of [M!.data, N!.data, end.M!]) {
        expect([0, 4, 8].map((at) => matrix[at])).toEqual([0, 0, 0]);
        expect([1, 2, 3, 5, 6, 7].every((at) => matrix[at] !== 0)).toBe(true);
      }
    },
  );

  test('weights that are given for them are refused, and so are synapses between populations that have none anyway', async () => {
    const M = { rows: 3, cols: 3, data: Float32Array.of(0, 1, 1, 1, 0.5, 1, 1, 1, 0) };
    await expect(createNetwork(optionsOf(rule, 0.1, { weights: { M } }))).rejects.toThrow(
      'weights.M must have zeros on its diagonal, not 0.5: its cells have no synapses onto themselves',
    );
    const wrong = ruleOf(({ circuit, cells }) => {
      circuit.synapses('K', circuit.stimulus, cells, { normal: 1 }, { autapses: false });
      return () => {};
    });
    expect(() => optionsOf(wrong)).toThrow('K have no autapses anyway');
  });
});

describe('a phase within what is repeated applies its own changes each time', () => {
  const optimisers: readonly Optimiser[] = [
    { kind: 'plain' },
    { kind: 'plain', weightDecay: 0.2 },
    { kind: 'momentum', momentum: 0.7 },
    { kind: 'adam', epsilon: 0.01 },
  ];
  const rule = ruleOf(({ circuit, W1, W2 }) => (x, y) => {
    circuit.repeat(3, () => {
      W2.learn(y, W1.drive(x)); // summed to the end of the sample
      circuit.phase('at once', () => {
        const z = W1.drive(x);
        W1.learn(z, x, { decay: 3 });
        W2.grow(W2.outer(y, z).times(-0.5));
      });
    });
  });

  test.each(optimisers)('$kind, $weightDecay', async (optimiser) => {
    const { error } = await learnBoth(optionsOf(rule, 0.05, { optimiser }), samplesOf(5));
    expect(error).toBeLessThan(2e-5);
  });

  test('as a plain loop does', async () => {
    const samples = samplesOf(3);
    const { start, end } = await learnBoth(optionsOf(rule, 0.05), samples);
    let { W1, W2 } = start as Record<'W1' | 'W2', readonly number[]>;
    for (const [t, x] of samples.X.entries()) {
      let gained = W2.map(() => 0);
      for (let step = 0; step < 3; step++) {
        const z = times(W1, x);
        gained = plusOuter(gained, 1, samples.Y[t]!, z);
        W2 = plusOuter(W2, -0.025, samples.Y[t]!, z);
        W1 = plusOuter(
          W1.map((w) => w * (1 - 0.15)),
          0.05,
          z,
          x,
        );
      }
      W2 = combine(W2, gained, (w, g) => w + 0.05 * g);
    }
    expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
    expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  });
});

test('synapses that are changed in two phases take a step of their optimiser in each; those of no step, none', async () => {
  const rule = ruleOf(({ circuit, W1, W2 }) => (x, y) => {
    circuit.phase('one', () => W2.learn(y, W1.drive(x)));
    circuit.phase('two', () => W2.learn(y, W1.drive(x)));
    circuit.repeat(0, () => W1.learn(W1.drive(x), x));
  });
  const optimiser: Optimiser = { kind: 'momentum', momentum: 0.5, weightDecay: 0.3 };
  const samples = samplesOf(4);
  const { error, start, end } = await learnBoth(optionsOf(rule, eta, { optimiser }), samples);
  expect(end.W1).toEqual(start.W1);
  let [W2, v] = [start.W2!, start.W2!.map(() => 0)];
  for (const [t, x] of samples.X.entries()) {
    for (let phase = 0; phase < 2; phase++) {
      const g = plusOuter(
        W2.map((w) => -0.3 * w),
        1,
        samples.Y[t]!,
        times(start.W1!, x),
      );
      v = combine(v, g, (v, g) => 0.5 * v + g);
      W2 = combine(W2, v, (w, v) => w + eta * v);
    }
  }
  expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});
