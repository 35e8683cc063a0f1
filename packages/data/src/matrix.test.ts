import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import { idx } from '../test/support/small-set.ts';
import { writeNpy } from './formats/npy.ts';
import { writeNpz } from './formats/npz.ts';
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
  expect(await loadMatrix(await file('images.NPY', writeNpy({ shape: [3, 2, 2], data })))).toMatchObject({
    rows: 3,
    cols: 4,
    data,
  });
  expect(await loadMatrix(await file('labels.npy', writeNpy({ shape: [12], data })))).toMatchObject({
    rows: 12,
    cols: 1,
    data,
  });
  expect(await loadMatrix(await file('x.csv', 'a,b\n1,2\n'))).toMatchObject({
    rows: 1,
    cols: 2,
    data: Uint8Array.of(1, 2),
  });
});

test('files of other kinds, single numbers, and numbers that are not finite are refused', async () => {
  const other = await file('x.dat', '1,2');
  await expect(loadMatrix(other)).rejects.toThrow(
    'x.dat: its name must end in one of .npy, .npz, .safetensors, .csv, .tsv, .txt',
  );
  const single = await file('one.npy', writeNpy({ shape: [], data: Float32Array.of(1) }));
  await expect(loadMatrix(single)).rejects.toThrow('one.npy: a single number');
  const nan = await file('x.npy', writeNpy({ shape: [2, 2], data: Float32Array.of(0, 0, 0, Number.NaN) }));
  await expect(loadMatrix(nan)).rejects.toThrow(
    'x.npy: NaN at row 1, column 1 (both from 0); every number must be finite',
  );
  await expect(loadMatrix('/no/file.npy')).rejects.toThrow('ENOENT');
});

test('kinds are told by their names, with .gz or not, gzip by its first bytes', async () => {
  const one = { rows: 1, cols: 2 };
  const npy = writeNpy({ shape: [1, 2], data: Float32Array.of(1, 2) });
  for (const [name, contents] of [
    ['x.csv', '1,2\n'],
    ['x.CSV.gz', gzipSync('1,2\n')],
    ['plainly-named.csv', gzipSync('1,2\n')],
    ['x.tsv', '1\t2\n'],
    ['x.tsv.gz', gzipSync('1\t2\n')],
    ['x.txt', '1;2\n'],
    ['x.npy.gz', gzipSync(npy)],
    ['t10k-vectors-idx2-ubyte', idx([1, 2], [1, 2])],
    ['t10k-vectors.idx2-ubyte.gz', gzipSync(idx([1, 2], [1, 2]))],
  ] as const) {
    const { data, ...found } = await loadMatrix(await file(name, contents));
    expect(found).toMatchObject(one);
    expect([...data]).toEqual([1, 2]);
  }
});

test('of an archive the array that is named is read, or the only one', async () => {
  const [x, y] = [
    { shape: [2], data: Uint8Array.of(1, 2) },
    { shape: [1], data: Uint8Array.of(3) },
  ];
  const [single, both] = [await file('one.npz', writeNpz({ x })), await file('two.npz', writeNpz({ x, y }))];
  expect(await loadMatrix(single)).toMatchObject({ rows: 2, data: x.data });
  expect(await loadMatrix(`${both}:y`)).toMatchObject({ rows: 1, data: y.data });
  await expect(loadMatrix(both)).rejects.toThrow(`two.npz: holds the arrays x, y: name one of them, ${both}:x`);
  await expect(loadMatrix(`${both}:z`)).rejects.toThrow('two.npz: holds the arrays x, y, none called z: name one');
});

test('what of an archive is no array is none of its arrays', async () => {
  const x = writeNpy({ shape: [2], data: Uint8Array.of(1, 2) });
  const archive = zipSync({ 'x.npy': x, 'README.txt': Uint8Array.of(1) });
  for (const path of [await file('read.npz', archive), await file('read.npz.gz', gzipSync(archive))]) {
    expect(await loadMatrix(path)).toMatchObject({ rows: 2 });
    for (const name of ['nope', 'README.txt'])
      await expect(loadMatrix(`${path}:${name}`)).rejects.toThrow(
        `: holds the arrays x, none called ${name}: name one`,
      );
  }
});

test('numbers that float32 does not hold are named with file, line and column', async () => {
  const huge = await file('huge.csv', 'a,b\n1,2\n3,1e39\n');
  await expect(loadMatrix(huge)).rejects.toThrow(
    'huge.csv: 1e+39 at line 3, column 2; float32 holds numbers up to 3.4e38',
  );
  const largest = await file('largest.csv', '3.4028234e38,-3.4028234e38\n');
  expect((await loadMatrix(largest)).cols).toBe(2);
});

test('a header is told', async () => {
  const notes = async (text: string) =>
    (await loadMatrix(await file('x.csv', text))).notes.map((note) => note.replace(/^.*x\.csv/, 'x.csv'));
  expect(await notes('1,2,3\n')).toEqual([]);
  expect(await notes('a,b\n1,2\n')).toEqual(['x.csv: line 1 is a header (a, b)']);
  expect(await notes('0,1,2,3\n1,2,3,4\n')).toEqual([
    'x.csv: line 1 (0, 1, 2, …) is taken for names of columns, as pandas writes them; --no-header: it is numbers',
  ]);
});

test('standard input and pipes are read, of whichever kind', async () => {
  const program = `
    import { loadMatrix } from '@apical/data';
    const { rows, cols } = await loadMatrix(process.argv[1]);
    console.log(rows, cols);`;
  const npy = await file('x', writeNpy({ shape: [1, 2], data: Float32Array.of(1, 2) }));
  const table = await file('y', gzipSync('a;b\n1;2\n'));
  for (const [path, name] of [
    [npy, '-'],
    [table, '-'],
    [npy, '/dev/stdin'],
    [table, '/dev/stdin'],
  ] as const) {
    const shell = `cat ${path} | ${process.execPath} --input-type=module -e "$PROGRAM" -- ${name}`;
    const { stdout } = await promisify(execFile)('sh', ['-c', shell], { env: { ...process.env, PROGRAM: program } });
    expect(stdout).toBe('1 2\n');
  }
});
