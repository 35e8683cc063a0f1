import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadOwnData, writeNpy } from '@apical/data';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Choice } from '../src/page/data/labelled-files.ts';
import { type OwnChoices, type OwnData, readOwnData } from '../src/page/data/own-data.ts';
import { commandLine } from '../src/page/experiment/command-line.ts';
import { defaultPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf, withOwnTable } from '../src/page/experiment/run-config.ts';
import { file, npy, readFew, texts } from './own-files.ts';
import { textsAsNpy } from './texts-as-npy.ts';

const of = (text: string, choice?: Choice) => {
  const told: OwnChoices[] = [];
  const read = readOwnData([file('a.csv', text)], choice, (choices) => told.push(choices));
  return {
    read,
    choices: () =>
      read.then(
        () => told.at(-1),
        () => told.at(-1),
      ),
  };
};
/** Rows of a table, so many times: whole numbers of few kinds are classes. */
const many = (rows: readonly string[], header?: string) =>
  [...(header === undefined ? [] : [header]), ...Array.from({ length: 4 }, () => rows).flat()].join('\n');
const classesOf = ({ images }: OwnData) => Array.from(images.classes, (each) => images.classNames[each]);

describe('the column of a table that is learned', () => {
  test('is that of texts, wherever it stands, as the command has it', async () => {
    const text = 'a,kind,b\n1,x,2.5\n3,y,4\n5,x,6\n7,y,8\n';
    const own = await of(text).read;
    expect(classesOf(own)).toEqual(['x', 'y', 'x', 'y']);
    expect([...own.images.pixels]).toEqual([1, 2.5, 3, 4, 5, 6, 7, 8]);
    expect(own.images.table).toMatchObject({ target: 'kind', found: { columns: ['a', 'b'] } });
    expect(own.notice).toBe('a.csv: 4 samples × 2 inputs; kind: 2 classes (x, y); line 1 is a header.');
    const path = join(mkdtempSync(join(tmpdir(), 'apical-own-table-')), 'a.csv');
    onTestFinished(() => rmSync(dirname(path), { recursive: true }));
    writeFileSync(path, text);
    const { train, classNames, sha256 } = await loadOwnData({ path, target: 'kind' });
    expect(own.images.classNames).toEqual(classNames);
    expect(own.images.classes).toEqual(Uint8Array.from(train.classes!));
    expect(own.images.table!.found!.sha256).toBe(sha256);
  });

  test('may be any that is chosen, by its name or number; what is told are the columns, and what was taken', async () => {
    const text = many(['1,2,0', '0,1,5', '1,0,7'], 'u,v,w');
    for (const target of ['v', '2']) {
      expect(classesOf(await of(text, { target }).read).slice(0, 3)).toEqual(['2', '1', '0']);
      expect(await of(text, { target }).choices()).toMatchObject({ columns: ['u', 'v', 'w'], target, kind: 'classes' });
    }
    expect(await of(many(['1,2,0', '0,1,5'])).choices()).toMatchObject({ columns: ['1', '2', '3'], header: false });
    expect((await of(many(['1,2,0', '0,1,5'], 'u,u,w')).choices())!.columns).toEqual(['1', '2', 'w']);
  });

  test('is, of numbers, the first or the last, whichever has classes, numbered without a gap', async () => {
    const last = many(['14,97,32,0', '43,72,17,1', '77,45,11,2', '11,97,21,0']);
    expect((await of(last).read).images.classNames).toEqual(['0', '1', '2']);
    const both = many(['0,97,1', '1,72,0', '0,45,1']);
    const own = await of(both).read;
    expect(classesOf(own).slice(0, 3)).toEqual(['0', '1', '0']);
    expect(own.notice).toBe('a.csv: 12 samples × 2 inputs; column 1: 2 classes (0, 1); no header.');
    expect((await of(many(['1,9.5', '3,7.25'], 'rooms,price')).choices())!.target).toBe('rooms');
  });

  test('is learned as numbers where the command does so, which is said, and can be chosen', async () => {
    const text = `x,y\n${Array.from({ length: 50 }, (_, i) => `${i / 8},${i}`).join('\n')}`;
    const refused =
      'y has numbers, and the page learns classes only, as which its whole numbers can be taken; the command';
    await expect(of(text).read).rejects.toThrow(refused);
    expect(await of(text).choices()).toMatchObject({ target: 'y', kind: 'numbers', isEither: true });
    expect((await of(text, { target: 'y', kind: 'classes' }).read).images.classNames).toHaveLength(50);
    const few = many(['0.5,1', '2.5,0'], 'x,y');
    expect(await of(few).choices()).toMatchObject({ target: 'y', kind: 'classes', isEither: true });
    await expect(of(few, { target: 'y', kind: 'numbers' }).read).rejects.toThrow('--target y --labels numbers');
    const fractions = of(many(['1,0.5', '2,1.5'], 'x,y'), { target: 'y' });
    await expect(fractions.read).rejects.toThrow('y has numbers, and the page learns classes only; the command');
    expect(await fractions.choices()).toMatchObject({ target: 'y', kind: 'numbers', isEither: false });
  });

  test('has its name in line 1, or has none, as is said; the command is told so', async () => {
    const text = `2019,2020,k\n${'1,2,x\n3,4,y\n'.repeat(4)}`;
    await expect(of(text).read).rejects.toThrow('line 1 has "k", which no other line has');
    expect(await of(text).choices()).toMatchObject({ header: false });
    const named = await of(text, { header: true }).read;
    expect(named.images.table).toMatchObject({ target: 'k', header: true, found: { columns: ['2019', '2020'] } });
    expect(classesOf(await of(text, { header: false }).read).slice(0, 3)).toEqual(['k', 'x', 'y']);
    const shown = commandLine(
      withOwnTable(
        runConfigOf({ ...defaultPreset.experiment, set: named.images.name, split: 'train' }, 'bmvr'),
        named.images,
      ),
    );
    expect(shown).toContain('--data a.csv --target k --header');
  });
});

test('classes that begin at 1 are as many as there are, called by their numbers', async () => {
  const { images, notice } = await readFew([file('a.csv', '1,14,97\n2,43,72\n3,77,45\n1,11,97\n')]);
  expect(images.classNames).toEqual(['1', '2', '3']);
  expect(Array.from(images.classes)).toEqual([0, 1, 2, 0]);
  expect(notice).toBe('a.csv: 4 samples × 2 inputs; column 1: 3 classes (1, 2, 3); no header.');
});

describe('classes by name', () => {
  const rows = ['1,2.5,rose', '2,3.5,"lily, white"', '3,4.5,rose', '4,5.5,aster'];
  const numbers = [1, 2.5, 2, 3.5, 3, 4.5, 4, 5.5];
  const npyOfRows = npy('x.npy', [4, 2], Float64Array.from(numbers));
  const named = (own: Awaited<ReturnType<typeof readOwnData>>) =>
    Array.from(own.images.classes, (each) => own.images.classNames[each]);

  test.each([
    ['in the last column', [file('a.csv', ['x,y,kind', ...rows].join('\n'))]],
    ['in the last column, without a header', [file('a.csv', rows.join('\n'))]],
    ['in the first column', [file('a.csv', rows.map((row) => row.replace(/^(.*?,.*?),(.*)$/, '$2,$1')).join('\n'))]],
    [
      'in a file of their own',
      [
        file('y.csv', ['rose', '"lily, white"', 'rose', 'aster'].join('\n')),
        npy('x.npy', [4, 2], Float64Array.from(numbers)),
      ],
    ],
    ['in an array of texts', [npyOfRows, texts('y.npy', ['rose', 'lily, white', 'rose', 'aster'])]],
    [
      'in an archive of arrays',
      [
        file(
          'xy.npz',
          zipSync({
            'x.npy': writeNpy({ shape: [4, 2], data: Float64Array.from(numbers) }),
            'y.npy': textsAsNpy(['rose', 'lily, white', 'rose', 'aster']),
          }) as Uint8Array<ArrayBuffer>,
        ),
      ],
    ],
  ])('%s', async (_, files) => {
    const own = await readFew(files);
    expect(own.images.classNames).toEqual(['aster', 'lily, white', 'rose']);
    expect(named(own)).toEqual(['rose', 'lily, white', 'rose', 'aster']);
    expect([...own.images.pixels]).toEqual(numbers);
  });

  test.each([
    ['a number that is missing in a later line', 'a,b,k\n1,2,x\n3,4,y\n5,,x\n6,7,y\n', 'line 4, column 2 (b) is empty'],
    ['a class that is missing', 'a,b,k\n1,2,x\n3,4,y\n5,6,NA\n', 'line 4: k is missing: "NA"'],
    [
      'two columns of texts',
      'a,b,k\n1,u,x\n3,v,y\n',
      'the columns b, k could be the class: choose one; inputs are numbers',
    ],
    ['a text among numbers', 'a,b,k\n1,2,1\n3,two,2\n', 'line 3, column 2 (b): "two" is not a finite number'],
    ['bytes that are zero', 'a,b,k\n1,2,x\n3,4,y\n5,6,x\0\n', 'is not a text: it has bytes that are zero'],
    [
      'columns that are called by numbers',
      '2019,2020,k\n1,2,x\n3,4,y\n5,6,x\n',
      'line 1 has "k", which no other line has',
    ],
  ])('%s is what is told of a table with classes by name', async (_, text, message) => {
    await expect(readOwnData([file('a.csv', text)])).rejects.toThrow(message);
  });
});

describe('Parquet', () => {
  const parquet = (columns: Readonly<Record<string, readonly (number | string)[]>>) => {
    const columnData = Object.entries(columns).map(([name, data]) => ({ name, data: [...data] }));
    return new File([parquetWriteBuffer({ columnData })], 'p.parquet');
  };

  test('the column of texts is the class, wherever it stands; without one it is as any table of numbers', async () => {
    const named = await readFew([parquet({ a: [1.5, 2, 3, 4], kind: ['no', 'yes', 'no', 'yes'], b: [5, 6, 7.25, 8] })]);
    expect([...named.images.pixels]).toEqual([1.5, 5, 2, 6, 3, 7.25, 4, 8]);
    expect([...named.images.classes]).toEqual([0, 1, 0, 1]);
    expect(named.images.classNames).toEqual(['no', 'yes']);
    expect(named.notice).toBe('p.parquet: 4 samples × 2 inputs; kind: 2 classes (no, yes).');
    const last = await readFew([parquet({ a: [1.5, 2, 3, 4], class: [0, 1, 1, 0] })]);
    expect([...last.images.classes]).toEqual([0, 1, 1, 0]);
  });

  test.each([
    [
      'two columns of texts',
      { a: ['x', 'y'], b: ['u', 'v'], c: [1, 2] },
      'p.parquet: the columns a, b could be the class: choose one',
    ],
    ['the index of pandas', { a: [1, 2], __index_level_0__: [0, 1] }, 'is the index that pandas writes'],
  ])('%s: refused', async (_, columns, message) => {
    await expect(readFew([parquet(columns)])).rejects.toThrow(message);
  });

  test('a file that is cut, or none, is refused', async () => {
    const whole = new Uint8Array(await parquet({ a: [1, 2], b: [0, 1] }).arrayBuffer());
    const cut = new File([whole.slice(0, -3)], 'p.parquet');
    await expect(readFew([cut])).rejects.toThrow('p.parquet: does not end as Parquet files do');
    await expect(readFew([new File(['a,b\n1,2\n3,4\n5,6\n'], 'p.parquet')])).rejects.toThrow(
      'not a file in the format of Parquet',
    );
  });
});
