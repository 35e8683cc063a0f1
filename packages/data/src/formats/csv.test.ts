import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';
import type { NumericArray } from './npy.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCsv(bytes(text), 'x.csv');

const size = fc.integer({ min: 1, max: 5 });
const table = fc.tuple(size, size).chain(([rows, columns]) => {
  const bounds = { minLength: rows * columns, maxLength: rows * columns, noNaN: true, noDefaultInfinity: true };
  return fc.record({
    shape: fc.constant([rows, columns]),
    data: fc.oneof(fc.float64Array(bounds), fc.float32Array(bounds)),
  });
});

test('any table is read as it was written, with a header or without', () => {
  const header = fc.option(fc.constant(['a', 'b, c', '"d"', 'e\u00e9', 'f']), { nil: undefined });
  fc.assert(
    fc.property(table, header, (written: NumericArray, names) => {
      const [, columns] = written.shape as [number, number];
      const { shape, data } = read(writeCsv(written, names?.slice(0, columns)));
      expect(shape).toEqual(written.shape);
      const exact = written.data instanceof Float32Array ? Float32Array.from(data) : data;
      // -0 is written as 0.
      expect([...exact]).toEqual(Array.from(written.data, (value) => value + 0));
    }),
  );
});

test.each<[string, string]>([
  ['Unix', '1,2.5\n-3e2,.5\n'],
  ['Windows', '1,2.5\r\n-3e2,.5\r\n'],
  ['no line end', '1,2.5\n-3e2,.5'],
  ['spaces and a byte order mark', '\ufeff 1, 2.5\n-3e2 ,\t.5\n'],
  ['a header', 'first,"second, quoted"\n1,2.5\n-3e2,.5\n'],
])('%s', (_, text) => {
  expect(read(text)).toEqual({ shape: [2, 2], data: Float64Array.of(1, 2.5, -300, 0.5) });
});

test('numbers of type float32 take no more digits than they need', () => {
  expect(writeCsv({ shape: [1, 3], data: Float32Array.of(0.1, 1 / 3, -2) })).toBe('0.1,0.33333334,-2\n');
});

test.each<[string, string, string]>([
  ['nothing', '', 'there are no rows of numbers'],
  ['a header only', 'a,b\n', 'there are no rows of numbers'],
  ['a word', '1,2\n3,four\n', 'line 2, column 2: "four" is not a finite number'],
  ['a word in the first line', '1,two\n3,4\n', 'line 1, column 2: "two" is not a finite number'],
  ['NaN', 'a,b\n1,NaN\n', 'line 2, column 2: "NaN" is not a finite number'],
  ['NaN all along the first line', 'nan,NaN\n1,2\n', 'line 1, column 1: "nan" is not a finite number'],
  ['infinity', '1,-inf\n', 'line 1, column 2: "-inf" is not a finite number'],
  ['a number that is too large', '1,1e999\n', 'line 1, column 2: "1e999" is not a finite number'],
  ['a hexadecimal number', '1,0x10\n', 'line 1, column 2: "0x10" is not'],
  ['an empty cell', '1,2\n,4\n', 'line 2, column 1 is empty'],
  ['a comma at the end', '1,2,\n', 'line 1, column 3 is empty'],
  ['a short line', '1,2\n3\n', 'line 2 has 1 cells, but line 1 has 2'],
  ['a long line below a header', 'a,b\n1,2\n3,4,5\n', 'line 3 has 3 cells, but line 2 has 2'],
  ['an empty line', '1,2\n\n3,4\n', 'line 2 has 1 cells'],
])('%s is refused with its place', (_, text, message) => {
  expect(() => read(text)).toThrow(`x.csv: ${message}`);
});

test('what is no text is refused', () => {
  expect(() => readCsv(Uint8Array.of(0x31, 0x2c, 0xff), 'x.csv')).toThrow('x.csv: is not a text in UTF-8');
});
