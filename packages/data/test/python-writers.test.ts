import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadMatrix } from '../src/matrix.ts';
import { loadOwnData } from '../src/own/own-data.ts';
import { pythonWith, runPython } from './python.ts';
import { temporaryFolder } from './support/folder.ts';

const numpy = pythonWith('numpy');
const pandas = pythonWith('numpy', 'pandas');
const safetensors = pythonWith('numpy', 'safetensors.numpy');

/** What a program of Python says that the files hold which it has written. */
interface Written {
  readonly files: readonly string[];
  readonly values: Readonly<Record<string, readonly number[]>>;
}

test.skipIf(!numpy)('arrays are what NumPy wrote: all types, orders and shapes', async () => {
  const folder = await temporaryFolder();
  const { files, values } = runPython(
    numpy!,
    `
import json, numpy as np
rng, values = np.random.default_rng(1), {}
def keep(name, array):
    np.save(name, array)
    values[name] = np.asarray(array, 'f8').reshape(-1).tolist()
for kind in '?bBhHiIlLqQefd':
    whole = np.dtype(kind).kind in 'biu'
    array = (rng.integers(0, 120, (5, 3)) if whole else rng.standard_normal((5, 3))).astype(kind)
    keep(f'type-{ord(kind)}.npy', array)
    if array.dtype.itemsize > 1: keep(f'big-{ord(kind)}.npy', array.astype(array.dtype.newbyteorder('>')))
    keep(f'fortran-{ord(kind)}.npy', np.asfortranarray(array))
keep('negative.npy', -rng.integers(0, 2**53, (7, 2)))
keep('transposed.npy', rng.standard_normal((2, 3, 4, 5)).T)
keep('sliced.npy', rng.standard_normal((9, 8))[::2, ::-3])
keep('vector.npy', rng.standard_normal(11))
keep('wide.npy', rng.standard_normal((2, 7000)))
with open('version-2.npy', 'wb') as file: np.lib.format.write_array(file, np.arange(6.).reshape(2, 3), (2, 0))
with open('version-3.npy', 'wb') as file: np.lib.format.write_array(file, np.arange(6.).reshape(2, 3), (3, 0))
values['version-2.npy'] = values['version-3.npy'] = list(range(6))
x, y = rng.standard_normal((40, 3)), rng.integers(0, 9, (40, 2))
np.savez('plain.npz', x=x, y=y); np.savez_compressed('deflated.npz', x=x, y=y)
for name in ('plain.npz', 'deflated.npz'): values[name + ':x'] = x.reshape(-1).tolist(); values[name + ':y'] = y.reshape(-1).tolist()
np.savetxt('text.csv', x, delimiter=','); np.savetxt('text.csv.gz', x, delimiter=','); np.savetxt('text.tsv', x, delimiter='\\t')
for name in ('text.csv', 'text.csv.gz', 'text.tsv'): values[name] = x.reshape(-1).tolist()
print(json.dumps({'files': list(values), 'values': values}))
`,
    folder,
  ) as Written;
  expect(files.length).toBeGreaterThan(40);
  for (const name of files)
    expect({ name, data: [...(await loadMatrix(join(folder, name))).data] }).toEqual({ name, data: values[name] });
});

test.skipIf(!pandas)('tables are what pandas wrote, whatever it was told', async () => {
  const folder = await temporaryFolder();
  const { files, values, classes } = runPython(
    pandas!,
    `
import csv, json, numpy as np, pandas as pd
rng = np.random.default_rng(2)
names = ['setosa', 'versi "color", I', 'virginica; \\u00e9']
kinds = rng.integers(0, 3, 90)
x = rng.standard_normal((90, 4)) * 10.0 ** rng.integers(-30, 30, (90, 4))
frame = pd.DataFrame(x, columns=['sepal length', 'b', 'c, "d"', 'e']); frame['kind'] = [names[i] for i in kinds]
ways = {
  'plain.csv': {}, 'all.csv': {'quoting': csv.QUOTE_ALL}, 'texts.csv': {'quoting': csv.QUOTE_NONNUMERIC},
  'semicolon.csv': {'sep': ';'}, 'tab.tsv': {'sep': '\\t'}, 'zipped.csv.gz': {}, 'mark.csv': {'encoding': 'utf-8-sig'},
  'wide.txt': {'encoding': 'utf-16', 'sep': '\\t'}, 'windows.csv': {'lineterminator': '\\r\\n'}, 'mac.csv': {'lineterminator': '\\r'},
  'exponents.csv': {'float_format': '%.17e'}, 'no-header.csv': {'header': False},
}
for name, way in ways.items(): frame.to_csv(name, index=False, **way)
print(json.dumps({'files': list(ways), 'values': {'x': x.reshape(-1).tolist()}, 'classes': frame['kind'].tolist()}))
`,
    folder,
  ) as Written & { readonly classes: readonly string[] };
  for (const name of files) {
    const { train, classNames, names } = await loadOwnData({ path: join(folder, name), target: '5' });
    const found = { name, data: [...train.data], classes: Array.from(train.classes!, (at) => classNames![at]) };
    expect(found).toEqual({ name, data: values.x, classes });
    if (name !== 'no-header.csv')
      expect({ name, names }).toEqual({ name, names: ['sepal length', 'b', 'c, "d"', 'e'] });
  }
});

test.skipIf(!pandas)("pandas' index is refused, and so is what it writes where a number is missing", async () => {
  const folder = await temporaryFolder();
  runPython(
    pandas!,
    `
import pandas as pd
pd.DataFrame({'a': [1, 2, 3], 'b': [4, 5, 6]}).to_csv('index.csv')
pd.DataFrame({'a': [1, None, 3], 'b': [4, 5, 6]}).to_csv('missing.csv', index=False)
pd.DataFrame({'a': ['x', None, 'y'], 'b': [4, 5, 6]}).to_csv('class.csv', index=False, na_rep='NaN')
pd.DataFrame({'a': [1.5, 2, 3], 'b': [4, 5, 6]}).to_csv('comma.csv', index=False, decimal=',', sep=';')
print(0)
`,
    folder,
  );
  const refused = (name: string) => loadOwnData({ path: join(folder, name), target: 'a' });
  await expect(refused('index.csv')).rejects.toThrow('is the index that pandas and R write');
  await expect(loadOwnData({ path: join(folder, 'missing.csv'), target: 'b' })).rejects.toThrow(
    'line 3, column 1 (a) is empty',
  );
  await expect(refused('class.csv')).rejects.toThrow('line 3: a is missing: "NaN"');
  await expect(loadOwnData({ path: join(folder, 'comma.csv'), target: 'b' })).rejects.toThrow(
    '"1,5" has a comma in it',
  );
});

test.skipIf(!safetensors)('tensors are what the official safetensors wrote', async () => {
  const folder = await temporaryFolder();
  const { values } = runPython(
    safetensors!,
    `
import json, numpy as np
from safetensors.numpy import save_file
rng = np.random.default_rng(1)
arrays = {kind: (100 * rng.random((5, 3, 2))).astype(kind) for kind in ('f8', 'f4', 'f2', 'i8', 'i4', 'i2', 'i1', 'u8', 'u4', 'u2', 'u1', '?')}
save_file(arrays, 'x.safetensors', {'by': 'numpy'})
print(json.dumps({'files': [], 'values': {kind: array.astype('f8').reshape(-1).tolist() for kind, array in arrays.items()}}))
`,
    folder,
  ) as Written;
  for (const [name, expected] of Object.entries(values)) {
    expect([...(await loadMatrix(join(folder, `x.safetensors:${name}`))).data]).toEqual(expected);
  }
});
