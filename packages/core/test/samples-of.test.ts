import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accuracy,
  createNetwork,
  createProbe,
  InputError,
  labelsOf,
  optimum,
  type Samples,
  samplesOf,
} from '../src/index.ts';
import { expand, normals, smallOptions, toRows } from './fixtures.ts';

const numbers = { noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 };

test('samples are the inputs and labels of the arrays that they are made of', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.double(numbers),
      fc.infiniteStream(fc.double(numbers)),
      (count, inputs, labels, offset, stream) => {
        const take = (length: number) => [...stream.take(length)].map(Math.fround);
        const [X, Y, scale] = [take(count * inputs), take(count * labels), take(count)];
        const made = samplesOf({ X, inputs, scale, offset, Y });
        expect(made).toMatchObject({ count, inputs, labels });
        const x = toRows(X, inputs).map((row, t) => row.map((value) => scale[t]! * value + offset));
        expect(expand(made)).toEqual({ X: x, Y: toRows(Y, labels) });

        const classes = Y.slice(0, count).map((value) => Math.abs(Math.round(value)) % 5);
        const byClass = samplesOf({ X, inputs, classes, labels: 5, classLabels: 'one-hot' });
        expect(expand(byClass).Y.flat()).toEqual([...labelsOf(classes, 5, 'one-hot')]);
      },
    ),
  ));

test('bytes and float32 numbers are not copied, and classes are as small as they can be', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  const floats = Float32Array.of(1, 2, 3, 4);
  expect(samplesOf({ X: bytes, inputs: 2 }).raw).toBe(bytes);
  const { raw, targets } = samplesOf({ X: floats, inputs: 2, Y: floats });
  expect([raw, targets]).toEqual([floats, floats]);
  expect([raw.buffer, targets.buffer]).toEqual([floats.buffer, floats.buffer]);
  const kindOf = (largest: number) =>
    samplesOf({ X: bytes, inputs: 4, classes: [largest], labels: 1, classLabels: new Float32Array(largest + 1) })
      .classes;
  expect(kindOf(255)).toEqual(Uint8Array.of(255));
  expect(kindOf(256)).toEqual(Uint16Array.of(256));
  expect(kindOf(65_536)).toEqual(Uint32Array.of(65_536));
  const classes = Uint32Array.of(1, 0);
  expect(samplesOf({ X: bytes, inputs: 2, classes }).classes).toBe(classes);
});

describe('refused is', () => {
  const X = [1, 2, 3, 4, 5, 6];

  test.each([
    ['X has 6 numbers, which is no whole number of inputs of 4', { X, inputs: 4 }],
    ['samples.inputs must be a whole number, 1 or more, not 0.5', { X, inputs: 0.5 }],
    ['samples.raw has NaN at sample 1', { X: X.with(2, Number.NaN), inputs: 2 }],
    ['X has 1e+39 at place 5: float32 holds', { X: X.with(5, 1e39), inputs: 2 }],
    ['samples.scale has 2 numbers; 3 samples need 3', { X, inputs: 2, scale: [1, 2] }],
    ['samples.scale has NaN at sample 1', { X, inputs: 2, scale: [1, Number.NaN, 2] }],
    ['samples.scale has NaN; every number must be finite', { X, inputs: 2, scale: Number.NaN }],
    ['samples.offset has Infinity; every number', { X, inputs: 2, offset: Number.POSITIVE_INFINITY }],
    ['Y has 5 numbers; 3 samples need 2 each', { X, inputs: 2, Y: [1, 2, 3, 4, 5], labels: 2 }],
    ['Y has 5 numbers; 3 samples need the same number each', { X, inputs: 2, Y: [1, 2, 3, 4, 5] }],
    ['samples.targets has NaN at sample 2', { X, inputs: 2, Y: [1, 2, Number.NaN] }],
    ['give Y or classes, not both', { X, inputs: 2, Y: [1, 2, 3], classes: [0, 1, 0] }],
    ['labels is 2, but there are neither Y nor classes', { X, inputs: 2, labels: 2 }],
    ['classes has 2 numbers; 3 samples need 1 each', { X, inputs: 2, classes: [0, 1] }],
    ['sample 2 is of class 0.5; classes are whole numbers', { X, inputs: 2, classes: [0, 1, 0.5] }],
    ['sample 0 is of class -1', { X, inputs: 2, classes: [-1, 1, 0] }],
    ['sample 1 is of class 3; samples.targets has the labels of 3', { X, inputs: 2, classes: [0, 3, 1], labels: 3 }],
    ['classLabels has 3 numbers', { X, inputs: 2, classes: [0, 1, 1], labels: 2, classLabels: [1, 2, 3] }],
    ['has NaN in the label of class 1', { X, inputs: 2, classes: [0, 0, 0], labels: 1, classLabels: [1, Number.NaN] }],
    ['100001 classes are too many for one number a class', { X, inputs: 2, classes: [0, 100_000, 1] }],
  ])('%s', (message, arrays) => {
    expect(() => samplesOf(arrays)).toThrow(InputError);
    expect(() => samplesOf(arrays)).toThrow(message);
  });

  test('what a data set of any kind says and does not have', async () => {
    const network = await createNetwork(smallOptions('bmvr'));
    const samples = samplesOf({ X: normals(1, 70), inputs: 7, Y: normals(2, 30) });
    const wrong: [Partial<Samples>, string][] = [
      [{ raw: samples.raw.with(9, Number.NaN) }, 'samples.raw has NaN at sample 1'],
      [{ raw: samples.raw.subarray(1) }, 'samples.raw has 69 numbers; 10 samples need 70'],
      [{ targets: samples.targets.subarray(1) }, 'samples.targets has 29 numbers; 10 samples need 30'],
      [{ targets: samples.targets.with(29, Number.NaN) }, 'samples.targets has NaN at sample 9'],
      [{ classes: new Uint16Array(9) }, 'samples.classes has 9 numbers; 10 samples need 10'],
      [{ classes: new Uint32Array(10).fill(70_000, 4) }, 'sample 4 is of class 70000'],
      [{ count: -1 }, 'samples.count must be a whole number, 0 or more, not -1'],
    ];
    for (const [changes, message] of wrong) {
      expect(() => network.partialFit({ ...samples, ...changes })).toThrow(InputError);
      expect(() => network.predict({ ...samples, ...changes })).toThrow(message);
    }
    const unsaid = { ...samples, labels: 0, classes: new Uint8Array(10) };
    expect(() => network.predict(unsaid)).toThrow('samples.labels is 0, but there are samples.classes');
  });

  test('the accuracy of samples without classes, and theory of samples without labels', async () => {
    const network = await createNetwork(smallOptions('bmvr'));
    const [X, Y] = [normals(1, 70), normals(2, 30)];
    const [byNumbers, unlabelled] = [samplesOf({ X, inputs: 7, Y }), samplesOf({ X, inputs: 7 })];
    const needs = 'the accuracy needs samples.classes, and these samples have';
    expect(() => accuracy(network, byNumbers)).toThrow(new InputError(`${needs} labels that are numbers`));
    expect(() => accuracy(network, unlabelled)).toThrow(new InputError(`${needs} no labels`));
    await expect(optimum(unlabelled, { hidden: 1 })).rejects.toThrow('the optimum needs labels');
    await expect(createProbe('objectives', network, unlabelled)).rejects.toThrow('the probe objectives needs labels');
  });
});
