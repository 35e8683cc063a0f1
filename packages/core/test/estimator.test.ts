import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNetwork, InputError, objective, ruleNames, samplesOf, train } from '../src/index.ts';
import { expand, normals, randomSamples, smallOptions } from './fixtures.ts';

const samples = randomSamples(4, { count: 300 });
const flat = (rows: number[][]) => rows.flat();
const unscaled = { ...samples, scale: 1 / 64, offset: -0.5 };
const { X, Y } = expand(unscaled);

describe.each(ruleNames)('%s', (rule) => {
  test.each(['repeated', 'reshuffled'] as const)('fit learns what train does, %s', async (order) => {
    const trained = await createNetwork(smallOptions(rule));
    for await (const _ of train(trained, unscaled, { samples: 900, order, seed: 3 }));
    const fitted = await createNetwork(smallOptions(rule));
    expect(fitted.fit(unscaled, { epochs: 3, order, seed: 3 })).toBe(fitted);
    expect(fitted.snapshot()).toEqual(trained.snapshot());
  });

  test('rows, labels or classes: fit presents them in the order of the data set', async () => {
    const options = { epochs: 2, order: 'reshuffled', seed: 5 } as const;
    const [byLabels, byClasses, byHand] = await Promise.all([0, 1, 2].map(() => createNetwork(smallOptions(rule))));
    byLabels!.fit(flat(X), flat(Y), options);
    byClasses!.fit(Float64Array.from(flat(X)), unscaled.classes, options);
    expect(byClasses!.snapshot()).toEqual(byLabels!.snapshot());
    const presented: number[] = [];
    const recorder = await createNetwork(smallOptions(rule));
    recorder.learnSamples = (_, numbers) => void presented.push(...numbers);
    recorder.fit(unscaled, options);
    for (const t of presented) byHand!.learn(X[t]!, Y[t]!);
    expect(byLabels!.snapshot()).toEqual(byHand!.snapshot());
  });

  test.each([0.1, 0.01, undefined])(
    'fit starts anew, bit for bit, with a running mean of rate %s',
    async (meanRate) => {
      const mean = meanRate === undefined ? {} : { meanRate };
      const network = await createNetwork(smallOptions(rule, { ridge: 0, activation: 'relu', seed: 7, ...mean }));
      const fresh = network.snapshot();
      const first = network.fit(samples, { epochs: 2 }).snapshot();
      expect(first).not.toEqual(fresh);
      expect(network.fit(samples, { epochs: 2 }).snapshot()).toEqual(first);
      network.restart();
      expect(network.snapshot()).toEqual(fresh);
    },
  );

  test('partialFit goes on, and takes classes for one-hot labels', async () => {
    const [whole, parts, zeroOne] = await Promise.all([0, 1, 2].map(() => createNetwork(smallOptions(rule))));
    whole!.partialFit(unscaled);
    parts!.partialFit(flat(X.slice(0, 100)), unscaled.classes.subarray(0, 100));
    parts!.partialFit(flat(X.slice(100)), flat(Y.slice(100)));
    expect(parts!.samplesSeen).toBe(300);
    const oneHot = Array.from(unscaled.classes, (c) => [0, 1, 2].map((i) => (i === c ? 1 : 0)));
    zeroOne!.partialFit(flat(X), flat(oneHot));
    const named = await createNetwork(smallOptions(rule));
    named.partialFit(flat(X), unscaled.classes, { labels: 'one-hot' });
    expect(named.snapshot()).toEqual(zeroOne!.snapshot());
    expect(named.snapshot()).not.toEqual(parts!.snapshot());
  });
});

test('what is computed from a data set is computed from its rows', async () => {
  const whole = { ...samples, scale: 1, offset: 0 };
  const network = await createNetwork(smallOptions('bmvr', { seed: 1 }));
  expect(network.transform(whole)).toEqual(network.transform(whole.raw));
  expect(network.predict(whole)).toEqual(network.predict(whole.raw));
  expect(network.predictClass(whole)).toEqual(network.predictClass(whole.raw));
  expect(network.score(whole)).toBe(network.score(whole.raw, whole.classes));
});

test('predictClass is the largest entry of predict, and score the share that is right', async () => {
  const network = (await createNetwork(smallOptions('backprop'))).fit(unscaled, { epochs: 20 });
  const outputs = network.predict(flat(X));
  const expected = X.map((_, t) => {
    const row = outputs.subarray(3 * t, 3 * t + 3);
    return row.indexOf(Math.max(...row));
  });
  const right = expected.filter((c, t) => c === unscaled.classes[t]).length / 300;
  expect([...network.predictClass(flat(X))]).toEqual(expected);
  expect(network.score(flat(X), unscaled.classes)).toBe(right);
  // The largest of the three classes holds less than that.
  expect(right).toBeGreaterThan(0.7);
});

test('of one number a label, score is R²: 1 − objective (1) / variance of the labels', async () => {
  const y = normals(9, 300);
  const network = await createNetwork(smallOptions('bmvr', { labels: 1, hidden: 1 }));
  network.fit(flat(X), y, { epochs: 5 });
  const mean = y.reduce((a, b) => a + b) / 300;
  const variance = y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 300;
  const errors = [...network.predict(flat(X))].map((value, t) => (value - y[t]!) ** 2);
  expect(network.score(flat(X), y)).toBeCloseTo(1 - errors.reduce((a, b) => a + b) / 300 / variance, 12);
  expect(() => network.predictClass(flat(X))).toThrow('labels of one number do not tell classes apart');
});

test('R² of several numbers is the mean of theirs; the mean label scores 0, the right one 1', async () => {
  const network = await createNetwork(smallOptions('bmvr'));
  await fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), (count) => {
      const inputs = normals(count, 7 * count);
      const outputs = network.predict(inputs);
      expect(network.score(inputs, outputs)).toBe(1);
    }),
  );
  const silent = await createNetwork(smallOptions('bmvr', { initial: { W2: { normal: 0 } } }));
  const centred = [1, 4, 0, -1, -4, 0];
  expect(silent.score(normals(1, 14), centred)).toBe((0 + 0 + 1) / 3);
  expect(silent.score(normals(1, 14), [1, 4, 5, -1, -4, 5])).toBe(0);
});

test('wrong widths, classes that there are not and numbers that are not finite are refused, and nothing is forgotten', async () => {
  const network = (await createNetwork(smallOptions('bmvr'))).fit(samples);
  const before = network.snapshot();
  const [x, y] = [normals(3, 14), normals(4, 6)];
  expect(() => network.fit(x.slice(1), y)).toThrow('X has 13 numbers; a multiple of 7 are needed');
  expect(() => network.fit(x, y.slice(1))).toThrow('Y has 5 numbers; 2 × 3 = 6 are needed, or 2 class numbers');
  expect(() => network.fit(x, undefined as never)).toThrow('Y, the labels or classes of X, is missing');
  expect(() => network.fit(x, [0, 3])).toThrow('sample 1 has class 3; with 3 labels there are the classes 0 to 2');
  expect(() => network.partialFit(x, [0, 1.5])).toThrow('sample 1 has class 1.5');
  expect(() => network.score(x, [-1, 0])).toThrow('sample 0 has class -1');
  expect(() => network.partialFit(x, [0, Number.NaN])).toThrow('sample 1 has class NaN');
  expect(() => network.fit(x.with(8, Number.NaN), y)).toThrow('input 1 has a number that is not finite');
  expect(() => network.fit(x, y.with(0, Number.POSITIVE_INFINITY))).toThrow('label 0 has a number that is not finite');
  expect(() => network.score(x, y.with(3, Number.NaN))).toThrow('label 1 has a number that is not finite');
  expect(() => network.predictClass(x.with(8, Number.NaN))).toThrow('input 1 has a number that is not finite');
  const mistyped = { epoch: 2 } as object;
  expect(() => network.fit(x, y, mistyped)).toThrow(
    'there is no option "epoch" of fit; there are epochs, order, seed, labels',
  );
  expect(() => network.fit(x, y, { order: 'random' as never })).toThrow(
    'there is no order "random"; there are repeated, reshuffled, as-given',
  );
  expect(() => network.fit(samples, { order: 'Repeated' as never })).toThrow('there is no order "Repeated"');
  expect(() => network.fit(x, y, { seed: 0.5 })).toThrow('the seed of the order must be a whole number');
  expect(() => network.fit(x, y, { labels: 'two-hot' as never })).toThrow('unknown labels "two-hot"');
  expect(() => network.partialFit(x, y, { epochs: 2 } as never)).toThrow('there is no option "epochs" of partialFit');
  expect(() => network.fit(x, y, 3 as never)).toThrow('the options of fit are 3; give an object of epochs');
  expect(() => network.fit(x, y, { epochs: 0 })).toThrow('epochs must be a positive integer, not 0');
  expect(() => network.fit(x, [0, 1], { labels: 'two-hot' as never })).toThrow('unknown labels "two-hot"');
  expect(() => network.fit([], [])).toThrow('there are no samples to fit');
  expect(() => network.score([], [])).toThrow('R² needs at least two samples');
  expect(() => network.score({ ...samples, count: 0, classes: new Uint8Array() })).toThrow('there are none');
  expect(() => network.fit({ ...samples, inputs: 8 })).toThrow('the samples have 8 inputs');
  expect(network.snapshot()).toEqual(before);
});

test('a network can start from weights that have learned so many samples: its rates go on from there', async () => {
  const options = smallOptions('bmvr', { seed: 1 });
  const first = (await createNetwork(options)).fit(samples, { epochs: 3 });
  const second = await createNetwork({ ...options, weights: first.weights(), samplesSeen: first.samplesSeen });
  for (const network of [first, second]) network.partialFit(samples);
  expect(second.samplesSeen).toBe(1200);
  expect(objective(second, samples)).toBeCloseTo(objective(first, samples), 6);
  await expect(createNetwork({ ...options, samplesSeen: -1 })).rejects.toThrow('samplesSeen must be a whole number');
});

test('what is given in the place of an array of numbers is named for what it is', async () => {
  const network = await createNetwork(smallOptions('backprop'));
  const x = normals(4, 14);
  const rows = [x.slice(0, 7), x.slice(7)];
  const calls: [string, (X: never) => unknown][] = [
    ['fit', (X) => network.fit(X, [0, 1])],
    ['partialFit', (X) => network.partialFit(X, [0, 1])],
    ['predict', (X) => network.predict(X)],
    ['transform', (X) => network.transform(X)],
    ['predictClass', (X) => network.predictClass(X)],
    ['score', (X) => network.score(X, [0, 1])],
    ['samplesOf', (X) => samplesOf({ X, inputs: 7, classes: [0, 1] })],
  ];
  const things: [unknown, string][] = [
    [rows, 'X holds rows in rows; give all numbers in one array, row after row'],
    [rows.map((row) => Float32Array.from(row)), 'X holds rows in rows'],
    [Float32Array.from(x).buffer, 'X is an ArrayBuffer: give its numbers, such as new Float32Array(X)'],
    [BigInt64Array.from(x, (_, i) => BigInt(i)), 'X holds BigInts, as int64 is read; give numbers'],
    [x.map(String), 'X holds texts, such as'],
    [{ shape: [2, 7], data: x }, 'X is an Object: give its numbers, X.data'],
    [new Map(), 'X is a Map: give an array of numbers'],
    [Promise.resolve(x), 'X is a Promise: give an array of numbers'],
    [null, 'X is null, not an array of numbers'],
    [undefined, 'X is undefined, not an array of numbers'],
    ['1,2', 'X is "1,2", not an array of numbers'],
  ];
  for (const [, call] of calls) {
    for (const [thing, message] of things) {
      expect(() => call(thing as never)).toThrow(InputError);
      expect(() => call(thing as never)).toThrow(message);
    }
  }
  expect(() => network.fit(x, BigInt64Array.of(0n, 1n) as never)).toThrow('Y holds BigInts, as int64 is read');
  expect(() => network.fit(x, ['cat', 'dog'] as never)).toThrow('Y holds texts, such as "cat"; give numbers');
  expect(() => samplesOf({ X: x, inputs: 7, classes: [0n, 1n] as never })).toThrow('classes holds BigInts');
  expect(() => samplesOf({ X: x, inputs: 7, Class: [0] } as never)).toThrow('there is no option "Class" of samplesOf');
  expect(() => network.predict([...x.slice(1), '7'] as never)).not.toThrow();
  expect(() => network.predict([...x.slice(1), 'x'] as never)).toThrow('input 1 holds texts, such as "x"');
  expect(() => network.fit(x.with(8, 1e39), [0, 1])).toThrow('input 1 has 1e+39 at place 1: float32 holds numbers up');
  expect(() => network.partialFit(x, [1, 2, 3, 4, 5, 1e39])).toThrow('label 1 has 1e+39 at place 2');
});
