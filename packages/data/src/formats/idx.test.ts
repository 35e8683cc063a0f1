import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idx } from '../../test/support/small-set.ts';
import { readIdx } from './idx.ts';

const size = fc.integer({ min: 0, max: 6 });

test('any array is read as it was written', () => {
  const shape = fc.array(size, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(shape, fc.uint8Array({ minLength: 1296, maxLength: 1296 }), (dimensions, random) => {
      const values = random.subarray(
        0,
        dimensions.reduce((a, b) => a * b, 1),
      );
      expect(readIdx(idx(dimensions, values), 'a', dimensions.length)).toEqual({ dimensions, values });
    }),
  );
});

test('a file cut or lengthened anywhere is refused', () => {
  const whole = idx([2, 3, 4], new Array(24).fill(7));
  for (let length = 0; length < whole.length; length++) {
    expect(() => readIdx(whole.subarray(0, length), 'cut.gz', 3)).toThrow(/^cut\.gz: \d+ byte/);
  }
  expect(() => readIdx(new Uint8Array([...whole, 0]), 'long', 3)).toThrow('long: 40 bytes expected, 41 found');
});

test('the message says how much of a large file is there', () => {
  const bytes = new Uint8Array(31_457_280);
  bytes.set(idx([60_000, 28, 28], []));
  expect(() => readIdx(bytes, 'mnist/train', 3)).toThrow(
    'mnist/train: 47,040,016 bytes expected, 31,457,280 found: the file is incomplete',
  );
});

test('another type, another rank or another format is refused', () => {
  const floats = idx([1], [0]);
  floats[2] = 0x0d;
  expect(() => readIdx(floats, 'floats', 1)).toThrow('magic number 0x00000801 expected, 0x00000d01 found');
  expect(() => readIdx(idx([8, 1], new Array(8).fill(0)), 'matrix', 3)).toThrow('0x00000803 expected, 0x00000802');
  expect(() => readIdx(new TextEncoder().encode('<html></html>'), 'page', 1)).toThrow('not an IDX file');
});
