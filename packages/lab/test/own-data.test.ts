import { gzipSync } from 'node:zlib';
import { writeCsv, writeNpy } from '@apical/data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOwnData } from '../src/page/data/own-data.ts';

const file = (name: string, content: BlobPart) => new File([content], name);
const npy = (name: string, shape: number[], data: Float32Array | Float64Array | Uint8Array) =>
  file(name, writeNpy({ shape, data }) as Uint8Array<ArrayBuffer>);

/** An IDX file of unsigned bytes. */
function idx(name: string, dimensions: number[], values: Uint8Array): File {
  const bytes = new Uint8Array(4 + 4 * dimensions.length + values.length);
  bytes.set([0, 0, 8, dimensions.length]);
  const view = new DataView(bytes.buffer);
  dimensions.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size);
  });
  bytes.set(values, 4 + 4 * dimensions.length);
  return file(name, name.endsWith('.gz') ? gzipSync(bytes) : bytes);
}

/** Samples of bytes with their classes, at least two of them and two classes. */
const tables = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 9 }))
  .chain(([count, inputs]) =>
    fc.record({
      inputs: fc.constant(inputs),
      pixels: fc.uint8Array({ minLength: count * inputs, maxLength: count * inputs }),
      others: fc.uint8Array({ minLength: count - 1, maxLength: count - 1, max: 20 }),
    }),
  )
  .filter(({ pixels }) => new Set(pixels).size > 1)
  .map(({ inputs, pixels, others }) => ({ inputs, pixels, classes: Uint8Array.of(21, ...others) }));

test('bytes are read as they are from every format, the files in any order', async () => {
  await fc.assert(
    fc.asyncProperty(tables, async ({ inputs, pixels, classes }) => {
      const count = classes.length;
      const rows = Array.from(classes, (c, i) => [c, ...pixels.subarray(i * inputs, (i + 1) * inputs)]);
      const data = Float64Array.from(rows.flat());
      const csv = file('a.csv', writeCsv({ shape: [count, inputs + 1], data }));
      const X = npy('X.npy', [count, inputs], Float32Array.from(pixels));
      const y = npy('y.npy', [count], Float64Array.from(classes));
      const images = idx('a-images-idx3-ubyte.gz', [count, 1, inputs], pixels);
      const labels = idx('a-labels-idx1-ubyte', [count], classes);
      for (const files of [[csv], [X, y], [y, X], [images, labels], [labels, X]]) {
        const own = await readOwnData(files);
        expect(own.notice).toBeUndefined();
        expect(Array.from(own.images.pixels)).toEqual(Array.from(pixels));
        expect(Array.from(own.images.classes)).toEqual(Array.from(classes));
        expect(own.images.classNames).toHaveLength(22);
        const { height, width, channels } = own.images.shape;
        expect(height * width * channels).toBe(inputs);
      }
    }),
    { numRuns: 30 },
  );
});

test('other numbers are rounded to 256 levels, and it is said', async () => {
  const { images, notice } = await readOwnData([file('a.csv', '0,-1,0\n1,0.5,1\n')]);
  expect(Array.from(images.pixels)).toEqual([0, 128, 191, 255]);
  expect(notice).toBe('a.csv: numbers from -1 to 1 were rounded to 256 levels.');
});

test('IDX of any rank and type, tables with semicolons or tabs, and with the names that pandas gives, are read', async () => {
  const labels = idx('l-idx1-ubyte', [2], Uint8Array.of(1, 0));
  const wide = idx('x.idx2-ubyte', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
  const semicolons = file('x.csv', '1;1;2;3\n0;4;5;6\n');
  const tabs = file('x.tsv', '1\t1\t2\t3\n0\t4\t5\t6\n\n');
  for (const files of [[wide, labels], [semicolons], [tabs]]) {
    const { images, notice } = await readOwnData(files);
    expect([...images.pixels, ...images.classes]).toEqual([1, 2, 3, 4, 5, 6, 1, 0]);
    expect(notice).toBeUndefined();
  }
  const integers = new Uint8Array(8 + 8);
  integers.set([0, 0, 0x0c, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]);
  const { images } = await readOwnData([wide, file('l-idx1-int', integers)]);
  expect([...images.classes]).toEqual([1, 0]);
  const counted = await readOwnData([file('x.csv', '0,1,2,3\n1,1,2,3\n0,4,5,6\n')]);
  expect(counted.images.count).toBe(2);
  expect(counted.notice).toBe('x.csv: line 1 (0, 1, 2, …) was taken for names of columns, as pandas writes them.');
});

describe('what is wrong is told, and where', () => {
  const good = npy('X.npy', [2, 3], new Float32Array([1, 2, 3, 4, 5, 6]));
  const unreadable = Object.assign(new File([], 'folder'), { arrayBuffer: () => Promise.reject(new Error('no')) });
  const huge = Object.defineProperty(file('huge.csv', ''), 'size', { value: 4e9 });
  const cases: [string, File[], RegExp][] = [
    ['another kind', [file('thesis.pdf', '%PDF')], /thesis\.pdf: tables .* can be read/],
    ['huge', [huge], /huge\.csv: 4000 MB; the page takes up to 300 MB/],
    ['empty', [file('a.csv', '')], /a\.csv: is empty/],
    ['no rows', [file('a.csv', 'class,x\n')], /a\.csv: there are no rows/],
    ['ragged', [file('a.csv', '0,1,2\n1,2\n')], /a\.csv: line 2 has 2 cells, but line 1 has 3/],
    ['decimal commas', [file('a.csv', '0;1,5\n1;2,5\n')], /a\.csv: line 1, column 2: "1,5" has a comma in it/],
    ['not a number', [file('a.csv', '0,1\n1,NaN\n')], /a\.csv: line 2, column 2: "NaN" is not a finite number/],
    [
      'not finite',
      [npy('X.npy', [2, 1, 2], new Float32Array([1, 2, Number.NaN, 4])), npy('y.npy', [2], new Uint8Array([0, 1]))],
      /X\.npy: NaN in sample 2, number 1/,
    ],
    ['an archive of a folder', [file('data.zip', new Uint8Array([0x50, 0x4b, 3, 4]))], /data\.zip: is an archive/],
    ['a folder', [unreadable], /folder: cannot be read; is it a folder\?/],
    [
      'a corrupt gzip',
      [file('a.csv.gz', new Uint8Array([0x1f, 0x8b, 0, 0]))],
      /a\.csv\.gz: its gzip stream is corrupt/,
    ],
    ['no classes', [npy('X.npy', [2, 3, 1], new Float32Array(6))], /X\.npy: where are the classes\?/],
    ['two tables', [good, npy('Z.npy', [2, 3], new Float32Array(6))], /one must have a row of numbers a sample/],
    [
      'other counts',
      [good, npy('y.npy', [3], new Uint8Array([0, 1, 2]))],
      /X\.npy has 2 samples, but y\.npy 3 classes/,
    ],
    ['classes that are none', [file('a.csv', '0.5,1\n1,2\n')], /a\.csv, first column: class 0\.5 of sample 1/],
    ['one class', [file('a.csv', '1,1\n1,2\n')], /all samples have class 1/],
    ['one value', [file('a.csv', '0,7\n1,7\n')], /all numbers are 7/],
    ['one sample', [file('a.csv', '0,7\n')], /a\.csv: 1 samples are too few/],
    ['three files', [good, good, good], /3 files: drop/],
  ];
  test.each(cases)('%s', async (_, files, message) => {
    await expect(readOwnData(files)).rejects.toThrow(message);
    await expect(readOwnData(files)).rejects.toMatchObject({ name: 'InputError' });
  });
});
