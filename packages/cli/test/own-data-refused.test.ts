import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';
import { flowers, header, writeTable } from './own-data.ts';

const good = [header, ...flowers(30)];
const changed = (row: number, column: number, cell: string) =>
  good.map((line, i) => (i === row ? line.split(',').with(column, cell).join(',') : line));

test.each<[string, readonly string[], readonly string[], string]>([
  ['no target', good, [], 'what of it is to be learned? --target says which column it is, or which file'],
  ['a target that is no column', good, ['--target', 'specis'], 'has no column specis; there are sepal length,'],
  [
    'a text among numbers',
    changed(3, 1, 'red'),
    ['--target', 'species'],
    'line 4, column 2 (sepal width): "red" is not a finite number',
  ],
  ['a missing cell', changed(3, 1, ''), ['--target', 'species'], 'line 4, column 2 (sepal width) is empty'],
  ['a missing target', changed(3, 4, ''), ['--target', 'species'], 'line 4: species is empty'],
  [
    'one class',
    good.filter((_, i) => i % 3 < 2 && i !== 2).filter((line) => !/ver|virg/.test(line)),
    ['--target', 'species'],
    'species is setosa of all samples',
  ],
  ['one sample', good.slice(0, 2), ['--target', 'species'], 'has one sample; two at least are needed'],
  ['a share of 1', good, ['--target', 'species', '--hold-out', '1'], 'more than 0 and less than 1'],
  ['a share of none', good, ['--target', 'species', '--hold-out', '0.001'], 'holds out none of 30 samples'],
  [
    'texts as numbers',
    good,
    ['--target', 'species', '--labels', 'numbers'],
    'line 2: species is "setosa", which is no number',
  ],
  [
    'a split that there is not',
    good,
    ['--target', 'species', '--split', 'test'],
    'data.split: must be train: what is held out is not learned',
  ],
])('%s is refused in a line', async (_, lines, options, message) => {
  const table = writeTable(temporaryFolder(), 'flowers.csv', lines);
  const { code, stdout, stderr } = await apical('train', '--data', table, ...options);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^apical: .*\n$/);
  expect(stderr).toContain(message);
});

test.each<[string, readonly string[], string]>([
  ['other columns', good.map((line) => line.replace('petal width', 'weight')), 'has other columns than'],
  ['more columns', good.map((line) => `1,${line}`).with(0, `more,${header}`), 'more is unknown'],
  [
    'an unknown class',
    changed(2, 4, 'rose'),
    'line 3: species is "rose", and the classes are setosa, versicolor, virginica',
  ],
])('a table that is held out with %s is refused in a line', async (_, lines, message) => {
  const folder = temporaryFolder();
  const table = writeTable(folder, 'flowers.csv', good);
  const test = writeTable(folder, 'test.csv', lines);
  const { code, stderr } = await apical('train', '--data', table, '--target', 'species', '--test-data', test);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^apical: .*test\.csv: .*\n$/);
  expect(stderr).toContain(message);
});

test('a column that is the same in all samples is named, and does no harm', async () => {
  const table = writeTable(
    temporaryFolder(),
    'flowers.csv',
    good.map((line, i) => (i === 0 ? `same,${line}` : `3,${line}`)),
  );
  const { code, stderr } = await apical(
    'train',
    '--data',
    table,
    '--target',
    'species',
    '--inputs',
    'columns',
    '--samples',
    '100',
  );
  expect(code).toBe(0);
  expect(stderr).toContain('the same in all samples: same');
});

test('classes that look alike are told, in one line, with what is not seen in them', async () => {
  const noted = async (...kinds: readonly string[]) => {
    const lines = flowers(30).map((line, i) => line.replace(/[a-z]+$/, kinds[i % kinds.length]!));
    const table = writeTable(temporaryFolder(), 'alike.csv', [header, ...lines]);
    const { stderr } = await apical('train', '--data', table, '--target', 'species', '--samples', '5');
    return stderr.split('\n').find((line) => line.includes('3 classes'));
  };
  expect(await noted('ant', 'Ant', 'bee')).toContain('(Ant, ant, bee); Ant and ant are two classes');
  expect(await noted('ant', 'ant\u200b', 'bee')).toContain('ant and ant\\u{200b} are two classes');
  expect(await noted('"an\nt"', 'bee', 'z'.repeat(1000))).toContain(`(an\\u{a}t, bee, ${'z'.repeat(60)}…)`);
  expect(await noted('ant', 'bee', 'cat')).not.toContain('are two classes');
});
