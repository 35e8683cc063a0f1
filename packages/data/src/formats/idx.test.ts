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

test('any rank and every type is read, big-endian', () => {
  const read = (type: number, dimensions: number[], hex: string) => {
    const bytes = idx(dimensions, Buffer.from(hex, 'hex'));
    bytes[2] = type;
    return readIdx(bytes, 'a');
  };
  expect(read(0x08, [1, 2], 'ff01')).toEqual({ dimensions: [1, 2], values: Uint8Array.of(255, 1) });
  expect(read(0x09, [2], 'ff01')).toEqual({ dimensions: [2], values: Int8Array.of(-1, 1) });
  expect(read(0x0b, [1, 1, 1, 2], 'fffe0102').values).toEqual(Int16Array.of(-2, 258));
  expect(read(0x0c, [1], 'fffffffe').values).toEqual(Int32Array.of(-2));
  expect(read(0x0d, [2], '3f800000c0200000').values).toEqual(Float32Array.of(1, -2.5));
  expect(read(0x0e, [1], 'c004000000000000').values).toEqual(Float64Array.of(-2.5));
  expect(() => read(0x0c, [2], 'fffffffe')).toThrow('a: 16 bytes expected, 12 found: the file is incomplete');
  expect(() => read(0x0a, [1], '00')).toThrow('a: not an IDX file: magic number 0x00000a01; 0x0000, a type (08, 09');
  expect(() => readIdx(idx([], [1]), 'a')).toThrow('a: not an IDX file: magic number 0x00000800');
});
