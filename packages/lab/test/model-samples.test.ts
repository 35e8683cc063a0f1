import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { accuracy, createNetwork, type ModelPreprocessing, objective } from '@apical/core';
import { writeNpy, writeNpz } from '@apical/data';
import { evaluateModel, loadModelData, type RunConfig } from '@apical/experiments';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readForModel } from '../src/page/data/model-samples.ts';
import { prepare } from '../src/page/training/prepare.ts';
import { textsAsNpy } from './texts-as-npy.ts';

// What the page makes of data for a model is what `apical evaluate` makes of them.

const classNames = ['aster', 'lily', 'rose'];
const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(1.3 * i), 1000 * Math.cos(i), 0.1 * i]);
const kinds = rows.map((_, i) => classNames[(i * i) % 3]!);
const means = { mean: [0.1, -7.3, 1.5], sd: [0.7, 701.3, 0.9] };
const data = {
  set: 'file:learned.csv',
  split: 'train',
  table: { target: 'kind', found: { sha256: '', train: 9, inputs: 3, columns: ['a', 'b', 'c'], classes: classNames } },
  inputs: 'columns',
  labels: 'one-hot-centred',
} satisfies RunConfig['data'];

/** How the page's experiment takes samples that a model prepares. */
const asTheyAre = { set: 'own: later', split: 'train', inputs: 'raw', labels: 'one-hot-centred' } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apical-model-samples-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function evaluated(path: string, inputs: ModelPreprocessing['inputs']) {
  const rates = { W1: { eta0: 0.01 }, W2: { eta0: 0.01 } };
  const network = await createNetwork({ rule: 'backprop', inputs: 3, labels: 3, hidden: 2, rates });
  const preprocessing: ModelPreprocessing = { inputs, labels: 'one-hot-centred' };
  const model = { network, preprocessing, classNames, data, path: 'm.safetensors', metadata: {} };
  const { X, classes } = await loadModelData(model, { table: path, target: 'kind' });
  return { model: { preprocessing, classNames, data, file: 'm.safetensors' }, X: X as Float32Array, classes };
}

test.each<[string, ModelPreprocessing['inputs'], (line: string, i: number) => string]>([
  ['columns by their own means', means, (line, i) => `${line},${kinds[i]}`],
  ['one mean', { mean: 3.3, sd: 411 }, (line, i) => `${line},${kinds[i]}`],
  ['the numbers as they are', 'raw', (line, i) => `${line},"${kinds[i]}"`],
])('%s, to the last bit', async (_, inputs, lineOf) => {
  const text = ['a,b,c,kind', ...rows.map((row, i) => lineOf(row.join(','), i))].join('\n');
  const path = join(folder, 'later.csv');
  writeFileSync(path, text);
  const { model, X, classes } = await evaluated(path, inputs);
  const images = await readForModel([new File([text], 'later.csv')], model);
  expect(prepare(images, asTheyAre).samples.raw).toEqual(Float32Array.from(X));
  expect(prepare(images, asTheyAre).preprocessing).toEqual(model.preprocessing);
  expect([...images.classes]).toEqual([...Array.from(classes!)]);
  expect(images.classNames).toEqual(classNames);
});

const texts = ['a,b,c,kind', ...rows.map((row, i) => [...row, kinds[i]].join(','))].join('\n');
const whole = { shape: [30, 3], data: Float64Array.from(rows.flat()) };
const numbers = Uint8Array.from(kinds, (kind) => classNames.indexOf(kind));
const parquetColumns = [
  ...['a', 'b', 'c'].map((name, j) => ({ name, data: rows.map((row) => row[j]!), type: 'DOUBLE' as const })),
  { name: 'kind', data: kinds, type: 'STRING' as const },
];
/** Two members, with zeros between and behind them. */
const members = Buffer.concat([
  gzipSync(texts.slice(0, 500)),
  Buffer.alloc(5),
  gzipSync(texts.slice(500)),
  Buffer.alloc(2),
]);
/** IDX of float64 and of bytes: big-endian. */
const idx = (type: number, sizes: readonly number[], data: Uint8Array) =>
  Buffer.concat([
    Buffer.from([0, 0, type, sizes.length]),
    ...sizes.map((size) => bigEndian(4, (view) => view.setUint32(0, size))),
    data,
  ]);
const bigEndian = (bytes: number, write: (view: DataView) => void) => {
  const view = new DataView(new ArrayBuffer(bytes));
  write(view);
  return new Uint8Array(view.buffer);
};
const doubles = Buffer.concat(rows.flat().map((value) => bigEndian(8, (view) => view.setFloat64(0, value))));

// Of arrays of numbers, classes are told by these: the model calls them 0, 1, 2.
test.each<[string, Readonly<Record<string, Uint8Array | string>>]>([
  ['a table', { 'x.csv': texts }],
  ['tabs', { 'x.tsv': texts.replaceAll(',', '\t') }],
  ['gzip', { 'x.csv.gz': gzipSync(texts) }],
  ['gzip of several members', { 'x.csv.gz': members }],
  ['Parquet', { 'x.parquet': new Uint8Array(parquetWriteBuffer({ columnData: parquetColumns })) }],
  ['two arrays', { 'x.npy': writeNpy(whole), 'y.npy': writeNpy({ shape: [30], data: numbers }) }],
  ['an array of texts', { 'x.npy': writeNpy(whole), 'y_txt.npy': textsAsNpy(kinds) }],
  ['an archive', { 'xy.npz': await writeNpz({ x: whole, y: { shape: [30], data: numbers } }) }],
  ['IDX', { 'x-idx2-double': idx(14, [30, 3], doubles), 'y-idx1-ubyte': idx(8, [30], numbers) }],
])('the accuracy and the objective of a model are those of the command, to the last digit: %s', async (_, contents) => {
  const own = mkdtempSync(join(folder, 'kind-'));
  const files = Object.entries(contents).map(([name, content]) => {
    writeFileSync(join(own, name), content);
    return new File([content as Uint8Array<ArrayBuffer>], name);
  });
  const [first, second] = Object.keys(contents).map((name) => join(own, name));
  const isTable = second === undefined && !first!.endsWith('.npz');
  const isNamed = isTable || second?.endsWith('y_txt.npy');
  const names = isNamed ? classNames : ['0', '1', '2'];
  const preprocessing = { inputs: means, labels: 'one-hot-centred' } as const;
  const rates = { W1: { eta0: 0.01 }, W2: { eta0: 0.01 } };
  const network = await createNetwork({ rule: 'backprop', inputs: 3, labels: 3, hidden: 2, rates });
  const model = { network, preprocessing, classNames: names, data, path: 'm.safetensors', metadata: {} };
  const source = first!.endsWith('.npz')
    ? { table: `${first}:x`, target: 'y' }
    : { table: first!, target: isTable ? 'kind' : second! };
  const evaluated = evaluateModel(model, await loadModelData(model, source));

  const images = await readForModel(files, { preprocessing, classNames: names, data, file: 'm.safetensors' });
  const { samples } = prepare(images, asTheyAre);
  expect({ objective: objective(network, samples), accuracy: accuracy(network, samples) }).toEqual({
    objective: evaluated.objective,
    accuracy: evaluated.accuracy,
  });
});

test('columns are found by their names, in whichever order: in a table, and in a file of samples', async () => {
  const model = { preprocessing: { inputs: means, labels: 'one-hot-centred' }, classNames, data, file: 'm' } as const;
  const turned = ['c,kind,a,b', ...rows.map(([a, b, c], i) => [c, kinds[i], a, b].join(','))].join('\n');
  const samplesAlone = ['b,c,a', ...rows.map(([a, b, c]) => [b, c, a].join(','))].join('\n');
  const rawOf = async (...files: readonly File[]) => prepare(await readForModel(files, model), asTheyAre).samples.raw;
  const known = await rawOf(new File([texts], 'x.csv'));
  expect(await rawOf(new File([turned], 'x.csv'))).toEqual(known);
  const named = new File(['kind\n', kinds.join('\n')], 'y.csv');
  expect(await rawOf(new File([samplesAlone], 'x.csv'), named)).toEqual(known);
});

test('a class keeps its number where others are absent, in tables and in files of their own', async () => {
  const model = { preprocessing: { inputs: 'raw', labels: 'one-hot-centred' }, classNames, data, file: 'm' } as const;
  const table = new File(['a,b,c,kind\n1,2,3,rose\n4,5,6,lily\n'], 'later.csv');
  expect([...(await readForModel([table], model)).classes]).toEqual([2, 1]);
  const X = writeNpy({ shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) }) as Uint8Array<ArrayBuffer>;
  const pair = [new File([X], 'x.npy'), new File(['kind\nrose\nlily\n'], 'y.csv')];
  const images = await readForModel(pair, model);
  expect([...images.classes]).toEqual([2, 1]);
  expect([...prepare(images, asTheyAre).samples.raw]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('later samples may all be of one class', async () => {
  const model = { preprocessing: { inputs: 'raw', labels: 'one-hot-centred' }, classNames, data, file: 'm' } as const;
  const x = writeNpy({ shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) }) as Uint8Array<ArrayBuffer>;
  for (const y of [
    new File([textsAsNpy(['rose', 'rose'])], 'y.npy'),
    new File(['kind\nrose\nrose\n'], 'y.csv'),
    new File(['kind\nrose\nrose\n'], 'y.txt'),
  ]) {
    expect([...(await readForModel([new File([x], 'x.npy'), y], model)).classes], y.name).toEqual([2, 2]);
  }
});

test.each([
  ['other columns', 'a,q,c,kind\n1,2,3,rose\n', 'has other columns than m learned: b is missing; q is unknown'],
  ['fewer columns', 'kind,a\nrose,1\n', 'has other columns than m learned: b, c are missing'],
  ['another class', 'a,b,c,kind\n1,2,3,tulip\n', 'line 2: kind is "tulip", and the classes are aster, lily, rose'],
  ['no such column', 'a,b,c,species\n1,2,3,rose\n', 'has no column kind'],
])('%s: refused', async (_, text, message) => {
  const model = { preprocessing: { inputs: 'raw', labels: 'one-hot-centred' }, classNames, data, file: 'm' } as const;
  await expect(readForModel([new File([text], 'later.csv')], model)).rejects.toThrow(message);
});
