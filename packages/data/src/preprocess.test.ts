import { InputError, type Samples } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageSet } from './image-set.ts';
import { fitPreprocessing, type Preprocessing, preprocess, preprocessRows } from './preprocess.ts';

function images(pixels: Uint8Array, classes = new Uint8Array(pixels.length), names = ['a', 'b', 'c']): ImageSet {
  const shape = { height: 1, width: 1, channels: 1 };
  return { name: 'x', split: 'test', count: pixels.length, shape, classNames: names, pixels, classes, sha256: {} };
}

const inputsOf = ({ raw, inputs, scale, offset }: Samples) =>
  Array.from(raw, (p, at) => (typeof scale === 'number' ? scale : scale[Math.floor(at / inputs)]!) * p + offset);
const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('standardised inputs have mean 0 and standard deviation 1', () => {
  const varied = fc.uint8Array({ minLength: 2, maxLength: 200 }).filter((pixels) => new Set(pixels).size > 1);
  fc.assert(
    fc.property(varied, (pixels) => {
      const x = inputsOf(preprocess(images(pixels), { inputs: 'standardised', labels: 'one-hot' }));
      expect(meanOf(x)).toBeCloseTo(0, 10);
      expect(meanOf(x.map((value) => value * value))).toBeCloseTo(1, 10);
    }),
  );
});

test('images held out are standardised as those that are learned, each in whose mean and deviation they have no part', () => {
  const pixels = fc.uint8Array({ minLength: 2, maxLength: 50 });
  fc.assert(
    fc.property(pixels, pixels, (learned, heldOut) => {
      fc.pre(new Set(learned).size > 1);
      const options: Preprocessing = { inputs: 'standardised', labels: 'one-hot' };
      const { scale, offset } = preprocess(images(learned), options);
      const samples = preprocess(images(heldOut), fitPreprocessing(images(learned), options));
      expect(samples).toMatchObject({ scale, offset, count: heldOut.length });
      expect(samples.raw).toEqual(heldOut);
    }),
  );
});

test('the order of the pixels does not change the scale by a bit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 200 }), (pixels) => {
      const options: Preprocessing = { inputs: 'standardised', labels: 'one-hot' };
      fc.pre(new Set(pixels).size > 1);
      const { scale, offset } = preprocess(images(pixels), options);
      expect(preprocess(images(pixels.toSorted()), options)).toMatchObject({ scale, offset });
    }),
  );
});

test('mean and standard deviation are those of a set small enough to do by hand', () => {
  // Mean 5, population variance 4: the set 2, 4, 4, 4, 5, 5, 7, 9.
  const samples = preprocess(images(Uint8Array.of(2, 4, 4, 4, 5, 5, 7, 9)), {
    inputs: 'standardised',
    labels: 'one-hot',
  });
  expect(samples).toMatchObject({ scale: 0.5, offset: -2.5 });
});

test('raw and unit inputs', () => {
  const pixels = Uint8Array.of(0, 51, 255);
  expect(inputsOf(preprocess(images(pixels), { inputs: 'raw', labels: 'one-hot' }))).toEqual([0, 51, 255]);
  expect(inputsOf(preprocess(images(pixels), { inputs: 'unit', labels: 'one-hot' }))).toEqual([0, 0.2, 1]);
});

test('images of unit length point where they did; a black one stays black', () => {
  const set = { ...images(Uint8Array.of(3, 4, 0, 0, 0, 255)), count: 3, shape: { height: 1, width: 2, channels: 1 } };
  const x = inputsOf(preprocess(set, { inputs: 'unit-length', labels: 'one-hot' }));
  for (const [i, expected] of [3 / 5, 4 / 5, 0, 0, 0, 1].entries()) expect(x[i]).toBeCloseTo(expected, 15);
});

test('held-out images are scaled like those that were learned', () => {
  // Mean 5, standard deviation 2.
  const learned = images(Uint8Array.of(2, 4, 4, 4, 5, 5, 7, 9));
  const fitted = fitPreprocessing(learned, { inputs: 'standardised', labels: 'one-hot-centred' });
  expect(fitted).toEqual({ inputs: { mean: 5, sd: 2 }, labels: 'one-hot-centred' });
  expect(inputsOf(preprocess(images(Uint8Array.of(5, 255)), fitted))).toEqual([0, 125]);
  expect(preprocess(learned, fitted)).toEqual(
    preprocess(learned, { inputs: 'standardised', labels: 'one-hot-centred' }),
  );
  expect(fitPreprocessing(learned, { inputs: 'unit', labels: 'one-hot' })).toEqual({
    inputs: 'unit',
    labels: 'one-hot',
  });
});

test.each(['raw', 'unit', 'unit-length', { mean: 33, sd: 78.5 }] as const)(
  'rows become what images do: %o',
  (inputs) => {
    const pixels = Uint8Array.of(3, 4, 0, 0, 0, 255);
    const set = { ...images(pixels), count: 3, shape: { height: 1, width: 2, channels: 1 } };
    const preprocessing = { inputs, labels: 'one-hot' } as const;
    const expected = Float32Array.from(inputsOf(preprocess(set, preprocessing)));
    expect(preprocessRows(pixels, 3, preprocessing)).toEqual(expected);
  },
);

test('one-hot labels', () => {
  const { targets } = preprocess(images(Uint8Array.of(0, 1)), { inputs: 'raw', labels: 'one-hot' });
  expect(targets).toEqual(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1));
});

test('centred labels differ by 1 and sum to 0, whatever the classes of the samples', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), fc.uint8Array({ minLength: 1 }), (n, random) => {
      const classes = random.map((value) => value % n);
      const names = Array.from({ length: n }, (_, i) => `${i}`);
      const { targets } = preprocess(images(classes, classes, names), { inputs: 'raw', labels: 'one-hot-centred' });
      const rows = Array.from(classes, (c) => [...targets.subarray(c * n, (c + 1) * n)]);
      expect(rows.flat().reduce((a, b) => a + b, 0)).toBeCloseTo(0, 3);
      for (const [i, row] of rows.entries()) {
        expect(row[classes[i]!]).toBeCloseTo(1 - 1 / n, 6);
        expect(row.filter((value) => Math.abs(value + 1 / n) < 1e-6)).toHaveLength(n - 1);
      }
    }),
    { numRuns: 50 },
  );
});

test('the bytes are used as they are, not copied', () => {
  const set = images(Uint8Array.of(1, 2));
  const samples = preprocess(set, { inputs: 'unit', labels: 'one-hot' });
  expect(samples).toMatchObject({ count: 2, inputs: 1, labels: 3 });
  expect(samples.raw).toBe(set.pixels);
  expect(samples.classes).toBe(set.classes);
});

test('images without any contrast cannot be standardised', () => {
  const options: Preprocessing = { inputs: 'standardised', labels: 'one-hot' };
  expect(() => preprocess(images(new Uint8Array(9).fill(7)), options)).toThrow(InputError);
  expect(() => preprocess(images(new Uint8Array(0)), options)).toThrow(InputError);
});

test('unknown ways are refused with the known ones', () => {
  const set = images(Uint8Array.of(0, 1));
  const inputs = { inputs: 'whitened', labels: 'one-hot' } as unknown as Preprocessing;
  const labels = { inputs: 'raw', labels: 'two-hot' } as unknown as Preprocessing;
  expect(() => preprocess(set, inputs)).toThrow(
    'unknown inputs "whitened": choose raw, unit, unit-length or standardised',
  );
  expect(() => preprocess(set, labels)).toThrow('unknown labels "two-hot": choose one-hot or one-hot-centred');
});

test('numbers that are no bytes are standardised by their own mean and deviation, like bytes of the same values', () => {
  const numbers = fc.float32Array({ minLength: 2, maxLength: 100, min: -1000, max: 1000, noNaN: true });
  const samples = (pixels: Float32Array) => {
    const { pixels: _, ...rest } = images(new Uint8Array(pixels.length));
    return preprocess({ ...rest, pixels }, { inputs: 'standardised', labels: 'one-hot' });
  };
  fc.assert(
    fc.property(numbers, (pixels) => {
      fc.pre(Math.max(...pixels) - Math.min(...pixels) > 1e-3 * Math.max(...pixels.map(Math.abs)));
      const found = samples(pixels);
      expect(found.raw).toBe(pixels);
      const x = inputsOf(found);
      expect(meanOf(x)).toBeCloseTo(0, 6);
      expect(meanOf(x.map((value) => value * value))).toBeCloseTo(1, 6);
    }),
  );
  const bytes = Uint8Array.of(3, 200, 17, 90, 90);
  const ofBytes = preprocess(images(bytes), { inputs: 'standardised', labels: 'one-hot' });
  const ofNumbers = samples(Float32Array.from(bytes));
  expect(ofNumbers.scale).toBeCloseTo(ofBytes.scale as number, 12);
  expect(ofNumbers.offset).toBeCloseTo(ofBytes.offset, 12);
});
