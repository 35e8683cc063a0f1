import { describe, expect, test } from 'vitest';
import { type Circuit, createNetwork, DivergenceError, type Matrix, type Signal } from '../../src/index.ts';
import { solve } from '../../src/solve.ts';
import { relativeError } from '../fixtures.ts';
import { invertible, type Laid, learnBoth, optionsOf, plusOuter, ruleOf, samplesOf, sizes, times } from './language.ts';

const k = sizes.hidden;
const rows = { rows: k, cols: k };
const given = (seed: number): Matrix => ({ ...rows, data: Float32Array.from(invertible(seed, k)) });
const wide: Matrix = { rows: 4, cols: k, data: Float32Array.from(invertible(7, 4).slice(0, 4 * k)) };

/** A⁻¹ b */
const solved = (A: readonly number[], b: readonly number[]) => [...solve(Float64Array.from(A), Float64Array.from(b))];
/** I + A */
const onePlus = (A: readonly number[]) => {
  const n = Math.sqrt(A.length);
  return A.map((value, at) => value + Number(at % (n + 1) === 0));
};

/** A rule in which W1 learns what comes to rest. */
function resting(rest: (laid: Laid & { x: Signal<'stimulus'> }) => Signal<'cells'>) {
  return ruleOf((laid) => (x) => laid.W1.learn(rest({ ...laid, x }), x));
}

test('M⁻¹ u, of each sample of a batch', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => {
    const M = circuit.fixed('M', cells, cells, { identity: 1 });
    return (x) => {
      const u = W1.drive(x);
      W1.learn(
        circuit.equilibrium(cells, (z) => u.minus(M.drive(z))),
        x,
      );
    };
  });
  const { X, Y } = samplesOf(2);
  const weights = { M: given(1) };
  const { error, start, end } = await learnBoth(optionsOf(rule, 0.1, { batch: 2, weights }), { X, Y });
  const W1 = X.reduce((W, x) => plusOuter(W, 0.05, solved(start.M!, times(start.W1!, x)), x), start.W1!);
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('(I + M)⁻¹ W x, M learning from what comes to rest', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => {
    const M = circuit.synapses('M', cells, cells, { identity: 1 });
    return (x) => {
      const u = W1.drive(x);
      const y = circuit.equilibrium(cells, (y) => u.minus(y).minus(M.drive(y)));
      W1.learn(y, x, { decay: 1 });
      M.learn(y, y, { decay: 0.5 });
    };
  });
  const samples = samplesOf(6);
  const { error, start, end } = await learnBoth(optionsOf(rule, 0.1, { weights: { M: given(2) } }), samples);
  let { W1, M } = start as Record<'W1' | 'M', readonly number[]>;
  for (const x of samples.X) {
    const y = solved(onePlus(M), times(W1, x));
    W1 = plusOuter(
      W1.map((w) => 0.9 * w),
      0.1,
      y,
      x,
    );
    M = plusOuter(
      M.map((m) => 0.95 * m),
      0.1,
      y,
      y,
    );
  }
  expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
  expect(relativeError(end.M!, [...M])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('one within the other, in another population: y = (I + U S)⁻¹ W x with S = (I + M)⁻¹ V', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => {
    const others = circuit.population('others', 4);
    const V = circuit.fixed('V', cells, others, { identity: 1 });
    const U = circuit.fixed('U', others, cells, { identity: 1 });
    const M = circuit.fixed('M', others, others, { identity: 1 });
    const B = circuit.synapses('B', circuit.stimulus, others, { constant: 0 });
    return (x) => {
      const u = W1.drive(x);
      let s: Signal<'others'> | undefined;
      const y = circuit.equilibrium(cells, (y) => {
        const driven = V.drive(y);
        s = circuit.equilibrium(others, (s) => driven.minus(s).minus(M.drive(s)));
        return u.minus(y).minus(U.drive(s));
      });
      W1.learn(y, x);
      B.learn(s!, x); // s as it is where y is at rest
    };
  });
  const { X, Y } = samplesOf(3);
  const M: Matrix = { rows: 4, cols: 4, data: Float32Array.from(invertible(3, 4)) };
  const U: Matrix = { rows: k, cols: 4, data: Float32Array.from(invertible(4, 4).slice(0, 4 * k)) };
  const weights = { V: wide, U, M };
  const { error, start, end } = await learnBoth(optionsOf(rule, 0.1, { batch: 3, weights }), { X, Y });
  const column = (A: readonly number[], n: number, j: number) => A.filter((_, at) => at % n === j);
  const S = [0, 1, 2].map((j) => solved(onePlus(start.M!), column(start.V!, k, j))); // its columns
  const US = S.map((s) => times(start.U!, s));
  const inverted = onePlus(Array.from({ length: k * k }, (_, at) => US[at % k]![Math.floor(at / k)]!));
  let { W1, B } = start as Record<'W1' | 'B', readonly number[]>;
  for (const x of X) {
    const y = solved(inverted, times(start.W1!, x));
    W1 = plusOuter(W1, 0.1 / 3, y, x);
    B = plusOuter(B, 0.1 / 3, solved(onePlus(start.M!), times(start.V!, y)), x);
  }
  expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
  expect(relativeError(end.B!, [...B])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('gates and pooled signals are linear, too', async () => {
  const rule = resting(({ circuit, cells, W1, x }) => {
    const u = W1.drive(x);
    const { gate } = circuit.activity(u, { function: 'tanh' });
    return circuit.equilibrium(cells, (z) => u.minus(z).minus(gate(z)).minus(z.pooled().times(0.25)));
  });
  const { X, Y } = samplesOf(1);
  const { error, start, end } = await learnBoth(optionsOf(rule), { X, Y });
  const u = times(start.W1!, X[0]!);
  const A = Array.from({ length: k * k }, (_, at) => {
    const i = Math.floor(at / k);
    return 0.25 + (at % k === i ? 2 - Math.tanh(u[i]!) ** 2 : 0);
  });
  expect(relativeError(end.W1!, plusOuter(start.W1!, 0.1, solved(A, u), X[0]!))).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('where there is no rest, the network diverges, and its weights stay', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => {
    const M = circuit.fixed('M', cells, cells, { identity: 1 });
    return (x) =>
      W1.learn(
        circuit.equilibrium(cells, (z) => W1.drive(x).minus(M.drive(z))),
        x,
      );
  });
  const M: Matrix = { ...rows, data: Float32Array.of(1, 2, 0, 2, 4, 0, 0, 0, 1) };
  const network = await createNetwork(optionsOf(rule, 0.1, { weights: { M } }));
  const before = network.weights();
  const { X, Y } = samplesOf(2);
  expect(() => network.learn(X[0]!, Y[0]!)).toThrow(DivergenceError);
  expect(network.weights()).toEqual(before);
  expect(network.samplesSeen).toBe(0);
});

describe('refuses', () => {
  type Residual = (laid: {
    circuit: Circuit;
    u: Signal<'cells'>;
    laid: Laid;
    x: Signal<'stimulus'>;
  }) => (z: Signal<'cells'>) => Signal<'cells'>;

  test.each<[string, Residual]>([
    [
      'must be linear in what comes to rest, and multiply is not',
      ({ u }) =>
        (z) =>
          u.minus(z.times(z)),
    ],
    [
      'must be linear in what comes to rest, and relu is not',
      ({ u }) =>
        (z) =>
          u.minus(z.through('relu')),
    ],
    [
      'must be linear in what comes to rest, and softmax is not',
      ({ u }) =>
        (z) =>
          u.minus(z.softmax()),
    ],
    [
      'must be linear in what comes to rest, and tanh is not',
      ({ u, laid }) =>
        (z) =>
          u.minus(laid.W2.transposed().drive(laid.W2.drive(z).through('tanh'))),
    ],
    [
      'must be linear in what comes to rest, and outer is not',
      ({ u, laid, x }) =>
        (z) =>
          u.minus(laid.W1.with(laid.W1.outer(z, x)).drive(x)),
    ],
    [
      'must be linear in what comes to rest, and multiply is not',
      ({ circuit, u, laid }) =>
        (z) =>
          u.minus(circuit.equilibrium(laid.cells, (s) => u.minus(s).minus(s.times(z)))),
    ],
    [
      'an equilibrium has no noise within it',
      ({ circuit, laid }) =>
        (z) =>
          z.minus(circuit.noise('ξ', laid.cells, { normal: 1 })),
    ],
    [
      'an equilibrium has no state within it',
      ({ circuit, laid }) =>
        (z) =>
          z.minus(circuit.state('s', laid.cells, 0)),
    ],
    [
      'an equilibrium has no activate within it',
      ({ circuit, u }) =>
        (z) =>
          z.minus(circuit.activity(u, { function: 'tanh', meanRate: 0.1 }).output),
    ],
    [
      'what is zero at rest does not depend on what comes to rest',
      ({ u }) =>
        () =>
          u,
    ],
    [
      'nothing is learned within an equilibrium',
      ({ u, laid, x }) =>
        (z) => {
          laid.W1.learn(z, x);
          return u.minus(z);
        },
    ],
  ])('%s', async (message, residual) => {
    const rule = ruleOf((laid) => (x) => {
      const { circuit, cells, W1 } = laid;
      const u = W1.drive(x);
      W1.learn(circuit.equilibrium(cells, residual({ circuit, u, laid, x })), x);
    });
    await expect(createNetwork(optionsOf(rule))).rejects.toThrow(message);
  });

  test('what synapses have: they do not see each other', async () => {
    const rule = ruleOf(({ circuit, W1 }) => () => {
      W1.grow(circuit.equilibrium(W1.each, (z) => W1.weights().minus(z)));
    });
    await expect(createNetwork(optionsOf(rule))).rejects.toThrow('must live in cells, but this lives at synapses W1');
  });
});
