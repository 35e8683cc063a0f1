import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeNpz } from '../formats/npz.ts';
import { fitRows, preprocessRows } from '../preprocess.ts';
import { holdOut } from './hold-out.ts';
import { loadOwnData } from './own-data.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apical-own-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function table(name: string, text: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('the target may stand anywhere; the others are inputs in their order', async () => {
  const path = table('middle.csv', 'a,kind,b\n1,x,2\n3,y,4\n5,x,6\n7,y,8\n');
  const own = await loadOwnData({ path, target: 'kind' });
  expect(own).toMatchObject({ inputs: 2, names: ['a', 'b'], target: 'kind', classNames: ['x', 'y'] });
  expect([...own.train.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...own.train.classes!]).toEqual([0, 1, 0, 1]);
  expect(await loadOwnData({ path, target: '2' })).toEqual(own);
});

test.each([
  ['texts, in alphabetical order', 'b,a,b,a', undefined, ['a', 'b']],
  ['whole numbers of few kinds, in their order', '10,9,-1,10,9,-1', undefined, ['-1', '9', '10']],
  ['one number in two forms', '1,01,2.0,2', undefined, ['1', '2']],
  ['whole numbers of many kinds', '1,2,3,4', undefined, undefined],
  ['others', '1,1,1.5,1.5', undefined, undefined],
  ['whole numbers that are said to be numbers', '1,1,2,2', 'numbers', undefined],
  ['whole numbers that are said to be classes', '1,2,3,4', 'classes', ['1', '2', '3', '4']],
] as const)('targets are %s', async (name, cells, kind, classes) => {
  const lines = cells.split(',').map((cell, i) => `${i},${cell}`);
  const own = await loadOwnData({ path: table(`${name}.csv`, `x,y\n${lines.join('\n')}\n`), target: 'y', kind });
  expect(own.classNames).toEqual(classes);
  if (!classes) expect([...own.train.numbers!]).toEqual(cells.split(',').map(Number));
});

test.each(['007,7,x7', '1000,1e3,B', '1,1.0,a', '-0,0,+0,x', '9007199254740993,9007199254740992,id'])(
  'texts are classes of their own, also those that look like one number, and so they are in later files: %s',
  async (cells) => {
    const texts = cells.split(',');
    const lines = Array.from({ length: 6 * texts.length }, (_, i) => `${i},${texts[i % texts.length]}`);
    const path = table('texts.csv', `x,y\n${lines.join('\n')}\n`);
    const test = table('later-texts.csv', `x,y\n${lines.toReversed().join('\n')}\n`);
    const own = await loadOwnData({ path, test, target: 'y' });
    expect(own.classNames).toEqual(texts.toSorted());
    const classes = lines.map((_, i) => own.classNames!.indexOf(texts[i % texts.length]!));
    expect([...own.train.classes!]).toEqual(classes);
    expect([...own.test!.classes!]).toEqual(classes.toReversed());
    const other = table('other-texts.csv', 'x,y\n1,07.00\n2,07.00\n');
    await expect(loadOwnData({ path, test: other, target: 'y' })).rejects.toThrow(
      'line 2: y is "07.00", and the classes',
    );
  },
);

test('numbers that are classes are the same in later files, in whichever form', async () => {
  const path = table('numbers.csv', `x,y\n${'1,1\n2,2\n'.repeat(3)}`);
  const own = await loadOwnData({ path, test: table('forms.csv', 'x,y\n1,01\n2,2.0\n3,1e0\n'), target: 'y' });
  expect(own.classNames).toEqual(['1', '2']);
  expect([...own.test!.classes!]).toEqual([0, 1, 0]);
});

test('names as many kinds as samples are no classes', async () => {
  const path = table('names.csv', 'x,name\n1,Ada\n2,Bo\n3,Cy\n');
  await expect(loadOwnData({ path, target: 'name' })).rejects.toThrow('has 3 different texts in 3 samples');
});

test('a share held out is of each class its own, rounded; the rest is learned; by the seed', () => {
  const labelled = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 200 });
  fc.assert(
    fc.property(labelled, fc.double({ min: 0.2, max: 0.8, noNaN: true }), fc.nat(), (classes, share, seed) => {
      const own = Uint16Array.from(classes);
      const isHeld = holdOut(own, share, seed);
      expect(isHeld).toHaveLength(classes.length);
      for (const c of new Set(classes)) {
        const [all, held] = [classes, classes.filter((_, i) => isHeld[i] === 1)].map(
          (of) => of.filter((one) => one === c).length,
        );
        expect(held).toBe(Math.min(Math.round(share * all!), all! - 1));
      }
      expect(holdOut(own, share, seed)).toEqual(isHeld);
    }),
  );
});

test('what is learned and what is held out keep the order of the file, and what is known of each row', async () => {
  const numbers = Array.from({ length: 60 }, (_, i) => i);
  const lines = numbers.map((i) => `${i},${i + 0.5},${['p', 'q', 'r'][i % 3]}`);
  const own = await loadOwnData({
    path: table('order.csv', `a,b,c\n${lines.join('\n')}\n`),
    target: 'c',
    holdOut: 0.3,
  });
  const rows: number[][] = [];
  for (const part of [own.train, own.test!]) {
    const found = Array.from({ length: part.count }, (_, i) => [...part.data.subarray(2 * i, 2 * i + 2)]);
    expect(found).toEqual(found.toSorted((one, other) => one[0]! - other[0]!));
    expect([...part.classes!]).toEqual(found.map(([a]) => a! % 3));
    rows.push(...found);
  }
  expect(own.test!.count).toBe(18);
  expect(rows.toSorted((one, other) => one[0]! - other[0]!)).toEqual(numbers.map((i) => [i, i + 0.5]));
});

const shuffledNames = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 5 });
/** A table whose cells say of which column and row they are. */
const named = (names: readonly string[]) =>
  [names, ...[1, 2, 3, 4].map((row) => names.map((name) => 10 * row + (name.charCodeAt(0) - 97)))].join('\n');

test('what is held out has its columns in any order, inputs and targets or views alike, named or by number', async () => {
  const path = table('known.csv', named(['a', 'b', 'c', 'd', 'e']));
  await fc.assert(
    fc.asyncProperty(
      shuffledNames,
      fc.constantFrom(
        { target: '4,2' },
        { target: 'd,b' },
        { target: '5' },
        { secondView: '4,2' },
        { secondView: '3-5' },
      ),
      async (names, how) => {
        // The same file would be refused.
        const test = table('held.csv', `${named(names)}\n`);
        const own = await loadOwnData({ path, test, kind: 'numbers', ...how });
        expect(own.test).toEqual(own.train);
      },
    ),
    { numRuns: 30 },
  );
});

test('columns of the second view of one name are not told apart by their places', async () => {
  const path = table('views.csv', named(['a', 'b', 'c', 'd', 'e']));
  const test = table('other-views.csv', named(['a', 'b', 'c', 'f', 'e']));
  await expect(loadOwnData({ path, test, secondView: '4,5' })).rejects.toThrow('has no column d for the second view');
});

test('whole numbers that float64 does not tell apart are names of classes', async () => {
  const ids = ['9007199254740993', '9007199254740992', '12345678901234567890'];
  const lines = Array.from({ length: 12 }, (_, i) => `${i},${ids[i % 3]}`);
  const own = await loadOwnData({ path: table('ids.csv', `x,id\n${lines.join('\n')}\n`), target: 'id' });
  expect(own.classNames).toEqual(ids.toSorted());
  expect([...own.train.classes!.subarray(0, 3)]).toEqual([2, 1, 0]);
});

test.each<[string, (i: number) => string, string, object]>([
  ['that are to be numbers', (i) => `${i % 2}`, 'y', { kind: 'numbers' }],
  ['of many kinds', (i) => `${i}`, 'y', {}],
  ['of more kinds than classes have', (i) => `${i / 8}`, 'y', {}],
  ['of which others are not whole', (i) => `${(i % 2) / 2}`, 'y', {}],
  ['several a sample', (i) => `${i}`, 'y,z', {}],
])('of numbers %s a whole one that float64 may not hold is refused', async (name, cell, target, options) => {
  const rows = (name.startsWith('of more') ? 1500 : 20) - 1;
  const lines = [...Array.from({ length: rows }, (_, i) => `${i},${cell(i)},1`), '5,9007199254740993,1'];
  const path = table('large.csv', `x,y,z\n${lines.join('\n')}\n`);
  const message = new RegExp(
    `large\\.csv: line ${rows + 2}.*"?9007199254740993"?,? .*is larger than can be read exactly`,
  );
  await expect(loadOwnData({ path, target, ...options })).rejects.toThrow(message);
});

const sound = 'a,b,k\n1,2,x\n3,4,y\n5,6,x\n7,9,y\n';

test.each<[string, string | Uint8Array, string]>([
  ['nothing but lines without anything', '\n\n\n', 'there are no rows of numbers'],
  ['an empty line before all others', `\n${sound}`, 'line 1 is empty'],
  ["Excel's note", `sep=,\n${sound}`, 'line 1 is a note of Excel of what separates cells: delete it'],
  ['spaces between cells', sound.replaceAll(',', ' '), 'commas, semicolons and tabs separate cells; --separator'],
  ['bars between cells', sound.replaceAll(',', '|'), 'commas, semicolons and tabs separate cells; --separator'],
  ['xz', Uint8Array.of(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2), 'is compressed by xz'],
  ['a spreadsheet', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'is a ZIP archive, as \\.npz and spreadsheets are'],
  ['gzip in gzip', gzipSync(gzipSync(sound)), 'is compressed by gzip, once more than is expected'],
  [
    'what follows gzip',
    Buffer.concat([gzipSync(sound), Buffer.from('more')]),
    'corrupt gzip stream, or something else follows it',
  ],
  ['a page', '<!DOCTYPE html>\n<html>', 'is a page of HTML'],
  ['a pointer', 'version https://git-lfs.github.com/spec/v1\n', 'is a pointer of Git LFS'],
])('a file of %s is refused for what it is', async (_, content, message) => {
  const path = table('odd.csv', content);
  await expect(loadOwnData({ path, target: 'k' })).rejects.toThrow(new RegExp(`odd\\.csv.*${message}`, 'i'));
});

test('a first line with a class that no other line has may name the columns: it is to be said', async () => {
  const path = table('years.csv', `2019,2020,k\n${'1,2,x\n3,4,y\n'.repeat(4)}`);
  await expect(loadOwnData({ path, target: '3' })).rejects.toThrow('line 1 has "k", which no other line has');
  expect(await loadOwnData({ path, target: '3', header: true })).toMatchObject({ classNames: ['x', 'y'] });
  expect(await loadOwnData({ path, target: '3', header: false })).toMatchObject({ classNames: ['k', 'x', 'y'] });
});

test('what is held out is not what is learned, under whichever name', async () => {
  const [path, test] = [table('one.csv', sound), table('copy.csv', sound)];
  const refused = /holds the same as .*one\.csv, which is learned/;
  await expect(loadOwnData({ path, test, target: 'k' })).rejects.toThrow(refused);
  await expect(loadOwnData({ path: table('n.csv', '1,2\n3,4\n'), test: table('m.csv', '1,2\n3,4\n') })).rejects.toThrow(
    'holds the same as',
  );
});

test('arrays of an archive have any names, and no samples are none', async () => {
  const path = join(folder, 'a.npz');
  const y = { shape: [4], data: Uint8Array.of(0, 1, 0, 1) };
  writeFileSync(
    path,
    writeNpz({
      'a/x': { shape: [4, 1], data: Uint8Array.of(1, 2, 3, 4) },
      '../y': y,
      none: { shape: [0, 2], data: new Uint8Array() },
      no: { shape: [0], data: new Uint8Array() },
    }),
  );
  const own = await loadOwnData({ path: `${path}:a/x`, target: '../y' });
  expect([...own.train.data]).toEqual([1, 2, 3, 4]);
  expect([...own.train.classes!]).toEqual([0, 1, 0, 1]);
  await expect(loadOwnData({ path: `${path}:none`, target: 'no' })).rejects.toThrow('has no samples; two at least');
});

describe('rows', () => {
  const rows = Float64Array.of(1, 10, 3, 10, 5, 10);

  test('are standardised column by column; a constant one becomes 0', () => {
    const inputs = fitRows(rows, 2, 'columns');
    expect(inputs).toEqual({ mean: [3, 10], sd: [Math.sqrt(8 / 3), 1] });
    const [a, b, c] = [-2, 0, 2].map((left) => Math.fround(left / Math.sqrt(8 / 3)));
    expect([...preprocessRows(rows, 3, { inputs })]).toEqual([a, 0, b, 0, c, 0]);
    expect(() => preprocessRows([1, 2, 3], 1, { inputs })).toThrow('rows of 3 numbers; 2 were learned');
  });

  test('are standardised by one mean and standard deviation', () => {
    const { mean, sd } = fitRows(rows, 2, 'standardised') as { mean: number; sd: number };
    expect(mean).toBe(6.5);
    expect(sd).toBeCloseTo(Math.sqrt([...rows].reduce((sum, p) => sum + (p - 6.5) ** 2, 0) / 6), 12);
  });
});
