import { expect, test } from 'vitest';
import { Circuit, createNetwork, type Signal } from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { readingOf, vectors } from '../readings.ts';
import { combine, learnBoth, optionsOf, plusOuter, ruleOf, samplesOf, sizes, times } from './language.ts';

const a = 0.3;

test.each([0, 1, 7])('relaxation in %i steps: v = (1 − (1 − a)ᵀ) u, anew for each sample', async (steps) => {
  const rule = ruleOf(({ circuit, cells, W1 }) => (x) => {
    const u = W1.drive(x);
    const v = circuit.state('v', cells, 0);
    circuit.repeat(steps, () => v.becomes(v.times(1 - a).plus(u.times(a))));
    W1.learn(v, x);
  });
  const samples = samplesOf(6);
  const { error, start, end } = await learnBoth(optionsOf(rule), samples);
  let W1 = start.W1!;
  for (const x of samples.X) {
    const v = times(W1, x).map((u) => (1 - (1 - a) ** steps) * u);
    W1 = plusOuter(W1, 0.1, v, x);
  }
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('what starts as a signal relaxes from it, for all samples of a batch', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x, y) => {
    const u = W1.drive(x);
    const v = circuit.state('v', cells, W2.transposed().drive(y));
    circuit.repeat(4, () => v.becomes(v.plus(u.minus(v).times(a))));
    W1.learn(v, x);
  });
  const { X, Y } = samplesOf(3);
  const { error, start, end } = await learnBoth(optionsOf(rule, 0.1, { batch: 3 }), { X, Y });
  const W1 = X.reduce((W, x, s) => {
    const u = times(start.W1!, x);
    const first = Array.from({ length: sizes.hidden }, (_, i) =>
      Y[s]!.reduce((sum, value, j) => sum + start.W2![j * sizes.hidden + i]! * value, 0),
    );
    const v = combine(u, first, (u, v) => u + (1 - a) ** 4 * (v - u));
    return plusOuter(W, 0.1 / 3, v, x);
  }, start.W1!);
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('a leaky integrator sums up past samples, and decays exactly where there is no input', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => (x) => {
    const s = circuit.state('s', cells, 0.5, 'ever');
    const next = s.times(1 - a).plus(W1.drive(x));
    s.becomes(next);
    W1.learn(s, x); // s is what it was before the sample
  });
  const { X, Y } = samplesOf(9);
  for (const t of [5, 6, 7, 8]) X[t] = X[t]!.map(() => 0);
  const { error, start, end, network } = await learnBoth(optionsOf(rule), { X, Y });
  let [W1, s] = [start.W1!, [0.5, 0.5, 0.5]];
  const past = [];
  for (const x of X) {
    const next = combine(s, times(W1, x), (s, u) => (1 - a) * s + u);
    W1 = plusOuter(W1, 0.1, s, x);
    s = next;
    past.push(s);
  }
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(relativeError(end.s!, s)).toBeLessThan(1e-12);
  expect(
    relativeError(
      end.s!,
      past[4]!.map((value) => (1 - a) ** 4 * value),
    ),
  ).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
  expect(network.weights().s).toMatchObject({ rows: 3, cols: 1 });
});

test('a low-pass of changes at synapses: Δ ← (1 − a) Δ + a g and W += η Δ, in batches too', async () => {
  const rule = ruleOf(({ circuit, W2, W1 }) => (x, y) => {
    const z = W1.drive(x);
    const low = circuit.state('low', W2.each, 0, 'ever');
    const next = low.times(1 - a).plus(W2.outer(y, z).times(a));
    low.becomes(next);
    W2.grow(next);
    // What W1 has of it is from before the sample.
    const early = circuit.state('early', W1.each, 0.25, 'ever');
    early.becomes(early.times(1 - a).plus(W1.outer(z, x).times(a)));
    W1.grow(early);
  });
  for (const batch of [1, 2]) {
    const { X, Y } = samplesOf(8);
    const { error, start, end } = await learnBoth(optionsOf(rule, 0.1, { batch }), { X, Y });
    let { W1, W2 } = start as { W1: readonly number[]; W2: readonly number[] };
    let low: readonly number[] = W2.map(() => 0);
    let early: readonly number[] = W1.map(() => 0.25);
    for (let first = 0; first < X.length; first += batch) {
      const before = W1;
      let [g2, g1] = [W2.map(() => 0), W1.map(() => 0)];
      for (let s = first; s < first + batch; s++) {
        const z = times(before, X[s]!);
        g2 = plusOuter(g2, 1 / batch, Y[s]!, z);
        g1 = plusOuter(g1, 1 / batch, z, X[s]!);
      }
      low = combine(low, g2, (low, g) => (1 - a) * low + a * g);
      W1 = combine(W1, early, (w, change) => w + 0.1 * change);
      W2 = combine(W2, low, (w, change) => w + 0.1 * change);
      early = combine(early, g1, (early, g) => (1 - a) * early + a * g);
    }
    for (const [name, expected] of Object.entries({ W1, W2, low, early })) {
      expect(relativeError(end[name]!, [...expected]), name).toBeLessThan(1e-12);
    }
    expect(error).toBeLessThan(2e-5);
  }
});

test.each([1, 2, 3])('two states that become each other swap, %i times', async (steps) => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x, y) => {
    const p = circuit.state('p', cells, W1.drive(x));
    const q = circuit.state('q', cells, 2);
    const old = circuit.state('old', circuit.label, 1, 'ever');
    const older = circuit.state('older', circuit.label, 3, 'ever');
    circuit.repeat(steps, () => {
      p.becomes(q);
      q.becomes(p);
    });
    old.becomes(older);
    older.becomes(old);
    W1.learn(p, x);
    W2.learn(y, q);
  });
  const { X, Y } = samplesOf(1);
  const { error, start, end } = await learnBoth(optionsOf(rule), { X, Y });
  const u = times(start.W1!, X[0]!);
  const [p, q] = steps % 2 === 1 ? [u.map(() => 2), u] : [u, u.map(() => 2)];
  expect(relativeError(end.W1!, plusOuter(start.W1!, 0.1, p, X[0]!))).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, plusOuter(start.W2!, 0.1, Y[0]!, q))).toBeLessThan(1e-12);
  expect([end.old, end.older]).toEqual([
    [3, 3],
    [1, 1],
  ]);
  expect(error).toBeLessThan(2e-5);
});

test('states that last are kept by snapshots, given as weights, and not moved by looking', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => (x) => {
    const s = circuit.state('s', cells, 0, 'ever');
    s.becomes(s.times(1 - a).plus(W1.drive(x)));
    W1.learn(s, x);
  });
  const { X, Y } = samplesOf(10);
  const learn = (network: Awaited<ReturnType<typeof createNetwork>>, from: number, to: number) =>
    network.partialFit(X.slice(from, to).flat(), Y.slice(from, to).flat());
  const network = await createNetwork(optionsOf(rule));
  learn(network, 0, 5);
  const snapshot = network.snapshot();
  network.predict(X.flat());
  expect(network.snapshot()).toEqual(snapshot);
  const onward = await createNetwork(optionsOf(rule, 0.1, { weights: network.weights(), samplesSeen: 5 }));
  learn(network, 5, 10);
  learn(onward, 5, 10);
  expect(onward.weights()).toEqual(network.weights());
  const other = await createNetwork(optionsOf(rule, 0.1, { seed: 9 }));
  other.restore(snapshot);
  learn(other, 5, 10);
  expect(other.snapshot()).toEqual(network.snapshot());
  other.restart();
  expect([...other.weights().s!.data]).toEqual([0, 0, 0]);
});

test('states of cells that last are those of one sample at a time', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => (x) => {
    const s = circuit.state('s', cells, 0, 'ever');
    s.becomes(W1.drive(x));
    W1.learn(s, x);
  });
  await expect(createNetwork(optionsOf(rule, 0.1, { batch: 2 }))).rejects.toThrow(
    'batch must be 1: example has states that last from sample to sample',
  );
  const reading = readingOf(await createNetwork(optionsOf(rule)));
  const { X, Y } = samplesOf(2);
  expect(() => reading.learn(vectors(X), vectors(Y))).toThrow('one sample at a time');
});

test('a signal of one function is refused in another', () => {
  const circuit = new Circuit(2, 2);
  const cells = circuit.population('cells', 3);
  let kept = circuit.stimulus as unknown as Signal<'cells'>;
  circuit.trace(() => {
    kept = circuit.constant(cells, 1);
    return kept;
  });
  expect(() => circuit.trace(() => kept.times(2))).toThrow(
    'a signal at cells was made for another function of the rule',
  );
});
