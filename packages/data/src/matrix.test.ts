import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeNpy } from './formats/npy.ts';
import { loadMatrix } from './matrix.ts';

async function file(name: string, contents: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'apical-matrix-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, name);
  await writeFile(path, contents);
  return path;
}

test('the first dimension counts the samples', async () => {
  const data = Uint8Array.from({ length: 12 }, (_, i) => i);
  expect(await loadMatrix(await file('images.NPY', writeNpy({ shape: [3, 2, 2], data })))).toEqual({
    rows: 3,
    cols: 4,
    data,
  });
  expect(await loadMatrix(await file('labels.npy', writeNpy({ shape: [12], data })))).toEqual({
    rows: 12,
    cols: 1,
    data,
  });
  expect(await loadMatrix(await file('x.csv', 'a,b\n1,2\n'))).toEqual({
    rows: 1,
    cols: 2,
    data: Float64Array.of(1, 2),
  });
});

test('files of other kinds, single numbers, and numbers that are not finite are refused', async () => {
  await expect(loadMatrix('x.txt')).rejects.toThrow('x.txt: its name must end in one of .npy, .csv');
  const single = await file('one.npy', writeNpy({ shape: [], data: Float32Array.of(1) }));
  await expect(loadMatrix(single)).rejects.toThrow('one.npy: a single number');
  const nan = await file('x.npy', writeNpy({ shape: [2, 2], data: Float32Array.of(0, 0, 0, Number.NaN) }));
  await expect(loadMatrix(nan)).rejects.toThrow('x.npy: NaN at row 1, column 1; every number must be finite');
  await expect(loadMatrix('/no/file.npy')).rejects.toThrow('ENOENT');
});
