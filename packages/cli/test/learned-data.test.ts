import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@apical/core';
import { writeNpz } from '@apical/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apical, start, temporaryFolder } from './apical.ts';
import { flowers, header, writeTable } from './own-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'apical-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const arraysOf = (count: number, from: number) => {
  const rows = flowers(count, from).map((line) => line.split(','));
  const kinds = ['setosa', 'versicolor', 'virginica'];
  return {
    x: Float32Array.from(rows.flatMap((cells) => cells.slice(0, 4).map(Number))),
    y: Float32Array.from(rows, (cells) => kinds.indexOf(cells[4]!)),
  };
};
const [first, later] = [arraysOf(60, 0), arraysOf(30, 300)];
const backwards = first.y.map((value) => 2 - value);
const learning = ['--rule', 'backprop', '--hidden', '4', '--samples', '100'];

beforeAll(async () => {
  const { x, y } = first;
  writeFileSync(
    at('s.npz'),
    writeNpz({
      x: { shape: [60, 4], data: x },
      x2: { shape: [60, 4], data: x.toReversed() },
      y: { shape: [60], data: y },
      y2: { shape: [60], data: backwards },
      x_later: { shape: [30, 4], data: later.x },
      y_later: { shape: [30], data: later.y },
    }),
  );
  const matrix = (data: Float32Array, cols: number) => ({ rows: data.length / cols, cols, data });
  writeFileSync(
    at('s.safetensors'),
    writeSafetensors({
      ...{ x: matrix(x, 4), x2: matrix(x.toReversed(), 4), y: matrix(y, 1), y2: matrix(backwards, 1) },
      ...{ x_later: matrix(later.x, 4), y_later: matrix(later.y, 1) },
    }),
  );
  for (const archive of ['s.npz', 's.safetensors']) {
    const data = ['--data', `${at(archive)}:x`, '--target', 'y'];
    const test = ['--test-data', `${at(archive)}:x_later`, '--test-target', 'y_later'];
    expect(await apical('train', ...data, ...test, ...learning, '--out', at(`${archive}-run`))).toMatchObject({
      code: 0,
    });
    const share = ['--hold-out', '0.2', '--out', at(`${archive}-share`)];
    expect(await apical('train', ...data, ...share, ...learning)).toMatchObject({ code: 0 });
  }
});

test.each(['s.npz', 's.safetensors'])('arrays of one archive are told apart by their names: %s', async (archive) => {
  const run = at(`${archive}-run`);
  const evaluate = (name: string, ...options: string[]) =>
    apical('evaluate', run, '--data', `${at(archive)}:${name}`, ...options);
  const learned = await evaluate('x', '--target', 'y');
  expect(learned.stderr).toContain(':x: all samples were learned by');
  const held = await evaluate('x_later', '--target', 'y_later');
  expect(held).toMatchObject({ code: 0, stdout: expect.stringMatching(/^samples +30\n/) });
  expect(held.stderr).not.toContain('learned by');
  for (const split of ['train', 'test'])
    expect(await evaluate('x_later', '--target', 'y_later', '--split', split)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        new RegExp(
          `:x_later: is not what .* learned, which was .*${archive}:x; all of it was held out; without --split`,
        ),
      ),
    });
  expect(await evaluate('x', '--split', 'train')).toMatchObject({ code: 0, stdout: learned.stdout });
  const share = at(`${archive}-share`);
  expect(
    await apical('evaluate', share, '--data', `${at(archive)}:x`, '--target', 'y2', '--split', 'test'),
  ).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--target y2: '),
  });
  expect(await apical('resume', run, '--samples', '200', '--data', `${at(archive)}:x2`)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(':x2: is not the array that the run has, which is x\n'),
  });
});

test.each(['s.npz', 's.safetensors'])(
  'of an archive the arrays that a run read need not be said: %s',
  async (archive) => {
    const measured = async (...options: string[]) => {
      const { code, stdout, stderr } = await apical('evaluate', ...options);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      return stdout;
    };
    const [run, share] = [at(`${archive}-run`), at(`${archive}-share`)];
    const path = at(archive);
    for (const split of ['train', 'test']) {
      const said = ['--data', `${path}:x`, '--target', 'y', '--split', split];
      expect(await measured(share, '--data', path, '--split', split)).toBe(await measured(share, ...said));
    }
    expect(await measured(run, '--data', path)).toBe(await measured(run, '--data', `${path}:x`, '--target', 'y'));
    const held = ['--data', `${path}:x_later`];
    expect(await measured(run, ...held)).toBe(await measured(run, ...held, '--target', 'y_later'));
  },
);

test('data that were moved are not replaced: they are known by what they hold', async () => {
  const own = temporaryFolder();
  const within = (name: string) => join(own, name);
  const table = writeTable(own, 'cells.csv', [header, ...flowers(60)]);
  const held = writeTable(own, 'held.csv', [header, ...flowers(30, 60)]);
  const run = within('run');
  const given = ['--data', table, '--target', 'species', '--test-data', held];
  expect(await apical('train', ...given, ...learning, '--out', run)).toMatchObject({ code: 0 });
  for (const name of ['cells', 'held']) renameSync(within(`${name}.csv`), within(`moved-${name}.csv`));
  for (const name of ['moved-cells.csv', 'moved-held.csv']) {
    const before = readFileSync(within(name));
    for (const command of [
      ['predict', run, '--data', 'iris'],
      ['runs', 'export', own],
      ['runs', 'report', own],
    ])
      expect(await apical(...command, '--out', within(name))).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`${name}: holds the data of a run, moved there; choose another name\n`),
      });
    expect(readFileSync(within(name)).equals(before)).toBe(true);
  }
  writeFileSync(within('other.csv'), 'a\n1\n');
  expect(await apical('predict', run, '--data', 'iris', '--out', within('other.csv'))).toMatchObject({ code: 0 });
});

test('a run with moved data that is interrupted says a command that goes on', async () => {
  const own = temporaryFolder();
  const table = writeTable(own, 'cells.csv', [header, ...flowers(60)]);
  const moved = join(own, 'moved here.csv');
  const run = join(own, 'run');
  const given = ['--data', table, '--target', 'species', '--rule', 'backprop', '--hidden', '4', '--samples', '100'];
  expect(await apical('train', ...given, '--out', run)).toMatchObject({ code: 0 });
  renameSync(table, moved);
  const { child, end } = start(['resume', run, '--samples', '1e8', '--data', moved]);
  child.stdout?.once('data', () => child.kill('SIGINT'));
  expect(await end).toMatchObject({
    code: 130,
    stderr: expect.stringContaining(`to go on: apical resume ${run} --data '${moved}'\n`),
  });
});

test('another column than the one that was learned is told', async () => {
  const table = writeTable(folder, 'flowers.csv', [
    `${header},adapt`,
    ...flowers(60).map((line, i) => `${line},${i % 2}`),
  ]);
  const run = at('table-run');
  expect(await apical('train', '--data', table, '--target', 'species', ...learning, '--out', run)).toMatchObject({
    code: 0,
  });
  expect(await apical('evaluate', run, '--data', table, '--target', 'adapt')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^apical: --target adapt: .* learned species, not adapt\. .*line 2, column 5/),
  });
});

test('a model that knows no names of columns says that it takes them in their order', async () => {
  const lines = flowers(60);
  const bare = writeTable(folder, 'bare.csv', lines);
  const named = writeTable(folder, 'named.csv', [header, ...lines]);
  const inputs = writeTable(
    folder,
    'inputs.csv',
    [header, ...lines].map((line) => line.replace(/,[a-z]+$/, '')),
  );
  const run = at('bare-run');
  expect(await apical('train', '--data', bare, '--target', '5', ...learning, '--out', run)).toMatchObject({ code: 0 });
  const words =
    'knows no names of columns: they are taken in their order: sepal length, sepal width, petal length, petal width\n';
  for (const command of [
    ['evaluate', run, '--data', named],
    ['predict', run, '--data', named],
    ['predict', run, '--data', named, '--target', 'species'],
    ['predict', run, '--input', inputs],
  ])
    expect(await apical(...command)).toMatchObject({ code: 0, stderr: expect.stringContaining(words) });
  expect((await apical('evaluate', run, '--data', bare)).stderr).not.toContain('knows no names');
});
