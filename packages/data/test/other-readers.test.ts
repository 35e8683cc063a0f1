import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNetwork, saveModel } from '@apical/core';
import { expect, test } from 'vitest';
import { writeNpy } from '../src/formats/npy.ts';
import { writeNpz } from '../src/formats/npz.ts';
import { writeCsv, writeTexts } from '../src/formats/write-csv.ts';
import { query } from './duckdb.ts';
import { pythonWith, runPython } from './python.ts';
import { temporaryFolder } from './support/folder.ts';

const numpy = pythonWith('numpy');
const pandas = pythonWith('numpy', 'pandas');
const safetensors = pythonWith('numpy', 'safetensors.numpy');

const arrays = {
  u1: Uint8Array.of(0, 1, 254, 255),
  i1: Int8Array.of(-128, -1, 0, 127),
  u2: Uint16Array.of(0, 1, 2, 65_535),
  i2: Int16Array.of(-32_768, 0, 1, 32_767),
  u4: Uint32Array.of(0, 1, 2, 4_294_967_295),
  i4: Int32Array.of(-2_147_483_648, 0, 1, 2_147_483_647),
  f4: Float32Array.of(0.1, -1e-40, 3.4e38, -0),
  f8: Float64Array.of(0.1, 1e-320, 1.7e308, -0),
} as const;

test.skipIf(!numpy)('NumPy reads what is written: every type, alone and in an archive', async () => {
  const folder = await temporaryFolder();
  const shaped = Object.fromEntries(Object.entries(arrays).map(([name, data]) => [name, { shape: [2, 2], data }]));
  for (const [name, array] of Object.entries(shaped)) writeFileSync(join(folder, `${name}.npy`), writeNpy(array));
  writeFileSync(join(folder, 'all.npz'), writeNpz(shaped));
  const found = runPython(
    numpy!,
    `
import glob, json, numpy as np
single = {name[:-4]: np.load(name) for name in glob.glob('*.npy')}
archive = np.load('all.npz')
for name in archive.files: assert (archive[name] == single[name]).all() and archive[name].dtype == single[name].dtype
print(json.dumps({name: [array.dtype.str[1:], list(array.shape), array.astype('f8').reshape(-1).tolist()] for name, array in single.items()}))
`,
    folder,
  );
  const expected = Object.entries(arrays).map(([name, data]) => [name, [name, [2, 2], [...data]]]);
  expect(found).toEqual(Object.fromEntries(expected));
});

const table = { shape: [3, 2], data: Float64Array.of(0.1, -2, 1e-300, 123456789.125, 5e20, 1 / 3) };
const header = ['a "b"', 'c, d'];
const texts = ['plain', 'with "quotes"', 'a, b; c', ' spaces ', 'two\nlines'];

test.skipIf(!pandas)('pandas reads tables and classes that are written', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'x.csv'), writeCsv(table, header));
  writeFileSync(join(folder, 'classes.csv'), writeTexts(texts, 'class'));
  const found = runPython(
    pandas!,
    `
import json, pandas as pd
x = pd.read_csv('x.csv', float_precision='round_trip'); classes = pd.read_csv('classes.csv')
print(json.dumps([list(x.columns), x.values.reshape(-1).tolist(), classes['class'].tolist()]))
`,
    folder,
  );
  expect(found).toEqual([header, [...table.data], texts]);
});

test('DuckDB reads tables and classes that are written', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'x.csv'), writeCsv(table, header));
  writeFileSync(join(folder, 'classes.csv'), writeTexts(texts, 'class'));
  const rows = await query(`SELECT * FROM read_csv('${join(folder, 'x.csv')}', header = true)`);
  expect(rows.flatMap((row) => header.map((name) => row[name]))).toEqual([...table.data]);
  const classes = await query(
    `SELECT class FROM read_csv('${join(folder, 'classes.csv')}', header = true, delim = ',', quote = '"')`,
  );
  expect(classes.map((row) => row.class)).toEqual(texts);
});

test.skipIf(!safetensors)('the official safetensors reads a model that is written', async () => {
  const folder = await temporaryFolder();
  const rates = { W1: { eta0: 0.01 }, W2: { eta0: 0.01 } };
  const network = await createNetwork({ rule: 'backprop', inputs: 3, labels: 2, hidden: 2, rates });
  writeFileSync(join(folder, 'm.safetensors'), await saveModel(network));
  const found = runPython(
    safetensors!,
    `
import json
from safetensors.numpy import load_file
print(json.dumps({name: [list(array.shape), array.astype('f8').reshape(-1).tolist()] for name, array in load_file('m.safetensors').items()}))
`,
    folder,
  );
  const weights = Object.entries(network.weights());
  expect(found).toEqual(
    Object.fromEntries(weights.map(([name, { rows, cols, data }]) => [name, [[rows, cols], [...data]]])),
  );
});
