import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors } from '@apical/core';
import { loadImages, readCsv, readNpy, readNpz, writeNpy, writeNpz } from '@apical/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

/** A model that has learned a little of MNIST, and its run as `apical train --json` prints it. */
const folder = mkdtempSync(join(tmpdir(), 'apical-models-'));
const model = join(folder, 'run', 'weights.safetensors');
let run: { objective: number };

beforeAll(async () => {
  const rates = ['--rate', 'W1=0.002', '--rate', 'W2=0.002', '--rate', 'Q=0.002'];
  const settings = ['--hidden', '4', '--samples', '5000', ...rates, '--out', join(folder, 'run')];
  run = JSON.parse((await apical('train', ...settings, '--json')).stdout);
});
afterAll(() => rmSync(folder, { recursive: true }));

const images = await loadImages({ set: 'mnist', split: 'test' });
const pixels = { shape: [10_000, 28, 28], data: images.pixels };
const classes = { shape: [10_000], data: images.classes };

test('a model is evaluated as its run was, from its file, and the same on pixels and classes in files', async () => {
  const onSet = await apical('evaluate', model, '--data', 'mnist', '--json', '--quiet');
  expect({ code: onSet.code, stderr: onSet.stderr }).toEqual({ code: 0, stderr: '' });
  const { objective, accuracy, confusion, samples, classNames } = JSON.parse(onSet.stdout);
  expect(objective).toBeCloseTo(run.objective, 6);
  expect({ samples, classNames }).toEqual({ samples: 10_000, classNames: images.classNames });
  expect(accuracy).toBeGreaterThan(0.5);
  const right = confusion.map((row: number[], i: number) => row[i]).reduce((a: number, b: number) => a + b);
  expect(right / 10_000).toBe(accuracy);
  const counts = confusion.map((row: number[]) => row.reduce((a, b) => a + b));
  expect(counts).toEqual(images.classNames.map((_, c) => images.classes.filter((each) => each === c).length));

  const [x, y] = [join(folder, 'x.npy'), join(folder, 'y.npy')];
  writeFileSync(x, writeNpy(pixels));
  writeFileSync(y, writeNpy(classes));
  const onFiles = await apical('evaluate', model, '--input', x, '--labels', y, '--json');
  expect(onFiles.stderr).toContain('the mean and standard deviation of what was learned');
  const again = JSON.parse(onFiles.stdout);
  expect(again.objective).toBeCloseTo(objective, 6);
  expect(Math.abs(again.accuracy - accuracy)).toBeLessThan(0.001);

  const people = await apical('evaluate', model, '--data', 'mnist');
  expect(people.stdout).toMatch(/^samples {4}10,000\naccuracy {3}\d\d\.\d\d %\nobjective {2}0\.\d{6}\n\nhow many/);
});

test('predictions: a table, and files that say the same', async () => {
  const { stdout } = await apical('predict', model, '--data', 'mnist');
  expect(stdout).toMatch(/^class\n(\d\n){10000}$/);
  const printed = stdout.trim().split('\n').slice(1).map(Number);
  const [npy, csv, json] = ['classes.npy', 'outputs.csv', 'outputs.json'].map((name) => join(folder, name));
  const outputs = ['--data', 'mnist', '--what', 'outputs'];
  const written = await Promise.all([
    apical('predict', model, '--data', 'mnist', '--out', npy!),
    apical('predict', model, ...outputs, '--out', csv!),
    apical('predict', model, ...outputs, '--out', json!),
  ]);
  expect(written.map(({ code, stdout: nothing }) => ({ code, nothing }))).toEqual(
    written.map(() => ({ code: 0, nothing: '' })),
  );
  expect(readNpy(readFileSync(npy!), npy!)).toEqual({ shape: [10_000], data: Int32Array.from(printed) });
  const table = readCsv(readFileSync(csv!), csv!);
  expect(table.shape).toEqual([10_000, 10]);
  const rows: number[][] = JSON.parse(readFileSync(json!, 'utf8')).values;
  expect(rows.flat()).toEqual([...Float32Array.from(table.data)]);
  expect(rows.map((row) => row.indexOf(Math.max(...row)))).toEqual(printed);
});

test('the weights are exported for NumPy', async () => {
  const out = join(folder, 'weights.npz');
  expect(await apical('export', model, '--out', out)).toMatchObject({
    code: 0,
    stdout: 'W1  4 × 784\nW2  10 × 4\nQ   4 × 4\n',
  });
  const { tensors } = readSafetensors(readFileSync(model), model);
  const shaped = Object.entries(tensors).map(([name, { rows, cols, data }]) => [name, { shape: [rows, cols], data }]);
  expect(readNpz(readFileSync(out), out)).toEqual(Object.fromEntries(shaped));
});

function file(name: string, contents: string | Uint8Array): string {
  writeFileSync(join(folder, name), contents);
  return join(folder, name);
}

test.each<[string, () => string[], string]>([
  [
    'a model that is cut',
    () => ['evaluate', file('cut', readFileSync(model).subarray(0, -1)), '--data', 'mnist'],
    'cut: not a sound safetensors file',
  ],
  [
    'a model with another byte',
    () => [
      'export',
      file('other', Buffer.concat([readFileSync(model).subarray(0, -1), Buffer.of(7)])),
      '--out',
      'w.npz',
    ],
    'other: damaged, or changed',
  ],
  [
    'a model that is not there',
    () => ['predict', '/no/model', '--data', 'mnist'],
    '/no/model: no such file or directory (ENOENT)',
  ],
  [
    'inputs that are not there',
    () => ['predict', model, '--input', '/no/x.npy'],
    '/no/x.npy: no such file or directory (ENOENT)',
  ],
  [
    'inputs of the wrong width',
    () => ['predict', model, '--input', file('x.csv', '1,2\n')],
    'x.csv: rows of 2 numbers, but',
  ],
  [
    'the input as output',
    () => ['predict', model, '--input', file('over.csv', '1,2\n'), '--out', join(folder, '.', 'over.csv')],
    'over.csv, which is read; choose another name',
  ],
  [
    'the input as output by another of its names',
    () => ['predict', model, '--input', file('one.csv', '1,2\n'), '--out', linked('one.csv', 'two.csv')],
    'one.csv, which is read; choose another name',
  ],
  [
    'the model as output',
    () => [
      'predict',
      linked('run/weights.safetensors', 'model.npy'),
      '--data',
      'mnist',
      '--out',
      join(folder, 'model.npy'),
    ],
    'model.npy, which is read; choose another name',
  ],
  [
    'an archive of several arrays',
    () => ['predict', model, '--input', file('xy.npz', writeNpz({ x: pixels, y: classes }))],
    'xy.npz: holds the arrays x, y: name one of them, ',
  ],
  [
    'a separator that there is not',
    () => ['predict', model, '--input', 'x.csv', '--separator', 'dot'],
    '--separator dot: there are comma, semicolon, tab',
  ],
  [
    'two files by one standard input',
    () => ['evaluate', model, '--input', '-', '--labels', '/dev/stdin'],
    '--input and --labels cannot both come by standard input',
  ],
  [
    'a class that there is not',
    () => [
      'evaluate',
      model,
      '--input',
      file('x.npy', writeNpy({ shape: [2, 784], data: new Uint8Array(2 * 784) })),
      '--labels',
      file('y.csv', '1\n10\n'),
    ],
    'y.csv: class 10 at row 1 (from 0); the model has the classes 0 to 9',
  ],
])('%s: it ends with 2 and one line', async (_, args, message) => {
  const { code, stdout, stderr } = await apical(...args(), '--quiet');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^apical: [^\n]*\n$/);
  expect(stderr).toContain(message);
});

/** Another name of a file. */
function linked(from: string, to: string): string {
  if (!existsSync(join(folder, to))) linkSync(join(folder, from), join(folder, to));
  return join(folder, to);
}

test('samples and classes of one archive, and headers that are said', async () => {
  const archive = file('test.npz', writeNpz({ x: pixels, y: classes }));
  const onArchive = await apical('evaluate', model, '--input', `${archive}:x`, '--labels', `${archive}:y`, '--json');
  const onSet = await apical('evaluate', model, '--data', 'mnist', '--json');
  expect(JSON.parse(onArchive.stdout).accuracy).toBe(JSON.parse(onSet.stdout).accuracy);
  const counted = Array.from({ length: 784 }, (_, i) => i).join(',');
  const table = file('counted.csv', `${counted}\n${counted}\n${counted}\n`);
  const lines = async (...options: string[]) =>
    (await apical('predict', model, '--input', table, ...options)).stdout.trim().split('\n').length - 1;
  expect(await lines()).toBe(2);
  expect(await lines('--no-header')).toBe(3);
  expect(await lines('--header')).toBe(2);
});

test('the model of a rule in time is applied to no data, whatever data are named', async () => {
  const out = join(temporaryFolder(), 'run');
  const stream = 'stream:poisson?cells=5&rate=0.05;gE=constant?value=9';
  const trained = await apical(
    'train',
    '--rule',
    'dendritic-prediction',
    '--data',
    stream,
    '--samples',
    '100',
    '--out',
    out,
  );
  expect(trained.code).toBe(0);
  for (const data of [[], ['--data', stream], ['--data', 'mnist']]) {
    for (const command of ['evaluate', 'predict']) {
      const { code, stderr } = await apical(command, out, ...data);
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('a rule in time, which is shown streams'),
      });
    }
  }
});
