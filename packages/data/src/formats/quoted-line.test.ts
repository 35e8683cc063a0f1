import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { splitCells, TableLines } from './table-lines.ts';

/** The cells of each line, and the number of the line; undefined where it is refused. */
function read(text: string, step: number): [readonly string[], number][] | undefined {
  const found: [readonly string[], number][] = [];
  const lines = new TableLines('x.csv', ',');
  const sink = {
    bytes: (bytes: Uint8Array, start: number, end: number, line: number, separator = 0x2c) =>
      void found.push([splitCells(bytes, start, end, separator, 'x.csv'), line]),
  };
  const bytes = new TextEncoder().encode(text);
  try {
    for (let at = 0; at < bytes.length; at += step) lines.add(bytes.subarray(at, at + step), sink);
    lines.end(sink);
  } catch {
    return undefined;
  }
  return found;
}

const texts = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é'), maxLength: 24 });
const quoted = fc
  .string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é') })
  .map((text) => `"${text.replaceAll('"', '""')}"`);
const tables = fc
  .array(fc.array(fc.oneof(quoted, fc.constantFrom('b', 'c"d', '')), { minLength: 1, maxLength: 4 }), { minLength: 1 })
  .map((rows) => rows.map((cells) => cells.join(',')).join('\n'));

test.each([
  ['any text', texts],
  ['any table', tables],
])('%s is taken apart as Papa Parse does it, or refused as it does, in pieces of any length', (_, all) => {
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 30 }), (text, step) => {
      const { data, errors } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
      if (text === '' || text.endsWith('\n')) data.pop();
      const found = read(text, step);
      if (errors.some(({ type }) => type === 'Quotes')) expect(found).toBeUndefined();
      else {
        expect(found?.map(([cells]) => cells)).toEqual(data);
        const before = data.map((_, row) => data.slice(0, row).flat().join('').split('\n').length + row);
        expect(found?.map(([, line]) => line)).toEqual(before);
      }
    }),
    { numRuns: 1000 },
  );
});

test('spaces may follow closing quotes', () => {
  expect(read('"a," ,b\n"c"""  \n', 9)).toEqual([
    [['a,', 'b'], 1],
    [['c"'], 2],
  ]);
});

test('a byte that no text has is none of a quoted line, and does not part cells', () => {
  const lines = new TableLines('x.csv', ',');
  const bytes = Uint8Array.of(0x22, 0x61, 0xff, 0x2c, 0x22, 0x0a);
  expect(() => lines.add(bytes, { bytes: () => {} })).toThrow('x.csv: line 1 or after it');
});
