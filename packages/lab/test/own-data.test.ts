import { writeCsv, writeNpy, writeNpz } from '@apical/data';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { file, idx, npy, readFew } from './own-files.ts';

/** Samples of bytes with their classes, at least two of them and two classes. */
const tables = fc
  .tuple(fc.integer({ min: 2, max: 8 }), fc.integer({ min: 2, max: 9 }))
  .chain(([count, inputs]) =>
    fc.record({
      inputs: fc.constant(inputs),
      pixels: fc.uint8Array({ minLength: count * inputs, maxLength: count * inputs }),
      start: fc.constantFrom(0, 1),
    }),
  )
  .filter(({ pixels }) => new Set(pixels).size > 1)
  .map(({ inputs, pixels, start }) => {
    const classes = Uint8Array.from({ length: pixels.length / inputs }, (_, i) => start + (i % 7));
    return { inputs, pixels, classes };
  })
  // Where the last column is numbered like classes, too, that is said: it is another test's.
  .filter(({ inputs, pixels }) => {
    const last = new Set(pixels.filter((_, i) => i % inputs === inputs - 1));
    return Math.min(...last) > 1 || last.size !== Math.max(...last) - Math.min(...last) + 1 || last.size === 1;
  });

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
        const own = await readFew(files);
        expect(Array.from(own.images.pixels)).toEqual(Array.from(pixels));
        const named = Array.from(own.images.classes, (each) => Number(own.images.classNames[each]));
        expect(named).toEqual(Array.from(classes));
        expect(own.images.classNames).toHaveLength(new Set(classes).size);
        const { height, width, channels } = own.images.shape;
        expect(height * width * channels).toBe(inputs);
      }
    }),
    { numRuns: 30 },
  );
});

test('other numbers are kept, as float32', async () => {
  const { images, notice } = await readFew([file('a.csv', '0,-1,0.1\n1,0.5,1\n')]);
  expect(images.pixels).toEqual(Float32Array.of(-1, 0.1, 0.5, 1));
  expect(notice).toBe('a.csv: 2 samples × 2 inputs; column 1: 2 classes (0, 1); no header.');
  const { sha256 } = (await readFew([file('a.csv', '0,-1,0.1\n1,0.5,0.9\n')])).images;
  expect(sha256).not.toEqual(images.sha256);
});

test('columns of other sizes keep their numbers, and are told of', async () => {
  const { images, notice } = await readFew([file('a.csv', '0,0.0012345678901234,886.13\n1,0.7,1940.33\n2,0.6,4999\n')]);
  expect(images.pixels).toEqual(Float32Array.of(0.0012345678901234, 886.13, 0.7, 1940.33, 0.6, 4999));
  expect(notice).toContain(
    'its numbers are of other sizes (number 1 from 0.0012346 to 0.7, number 2 from 886.13 to 4999)',
  );
  const named = await readFew([file('b.csv', 'kind,density,weight\n0,0.001,886.13\n1,0.7,1940.33\n2,0.6,4999\n')]);
  expect(named.notice).toContain('sizes (density from 0.001 to 0.7, weight from 886.13 to 4999)');
  expect(named.notice).toContain('"Inputs and starts" of each rule');
});

test('IDX of two dimensions is a table of samples', async () => {
  const vectors = idx('vectors-idx2-ubyte', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
  const { images } = await readFew([vectors, idx('classes-idx1-ubyte', [2], Uint8Array.of(0, 1))]);
  expect(images.shape).toEqual({ height: 1, width: 3, channels: 1 });
  expect(Array.from(images.pixels)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('IDX of any rank and type, tables with semicolons or tabs, and with the names that pandas gives, are read', async () => {
  const labels = idx('l-idx1-ubyte', [2], Uint8Array.of(1, 0));
  const wide = idx('x.idx2-ubyte', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
  const semicolons = file('x.csv', '1;1;2;3\n0;4;5;6\n');
  const tabs = file('x.tsv', '1\t1\t2\t3\n0\t4\t5\t6\n\n');
  for (const files of [[wide, labels], [semicolons], [tabs]]) {
    const { images } = await readFew(files);
    expect([...images.pixels, ...images.classes]).toEqual([1, 2, 3, 4, 5, 6, 1, 0]);
  }
  const integers = new Uint8Array(8 + 8);
  integers.set([0, 0, 0x0c, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]);
  const { images } = await readFew([wide, file('l-idx1-int', integers)]);
  expect([...images.classes]).toEqual([1, 0]);
  const counted = await readFew([file('x.csv', '0,1,2,3\n1,1,2,3\n0,4,5,6\n')]);
  expect(counted.images.count).toBe(2);
  expect(counted.notice).toContain('x.csv: line 1 (0, 1, 2, …) was taken for names of columns, as pandas writes them.');
});

test('columns with names are no pixels, unless they are called alike but for numbers', async () => {
  const rows = Array.from({ length: 4 }, (_, i) => [...Array.from({ length: 9 }, (_, j) => i + 0.5 * (j + 1)), i % 2]);
  const of = async (names: readonly string[]) =>
    (await readFew([file('a.csv', [names, ...rows].map((row) => row.join()).join('\n'))])).images.shape.height;
  expect(await of([...Array.from({ length: 9 }, (_, j) => `pixel${j}`), 'class'])).toBe(3);
  expect(await of([...'abcdefghi', 'class'])).toBe(1);
});

describe('archives of NumPy', () => {
  const X = { shape: [3, 2], data: Float32Array.of(0.5, 1, 1.5, 2, 2.5, 3) };
  const y = { shape: [3], data: Uint8Array.of(7, 9, 7) };
  const deflated = zipSync(
    { 'x_train.npy': writeNpy(X), 'y_train.npy': writeNpy(y), 'x_test.npy': writeNpy(X) },
    { level: 9 },
  );

  test.each([
    ['of two arrays', writeNpz({ images: X, labels: y })],
    ['of two arrays, the classes first', writeNpz({ labels: y, images: X })],
    ['of x and y among others', writeNpz({ z: X, y, X })],
    ['as Keras has them, compressed', deflated],
  ])('%s', async (_, bytes) => {
    const { images } = await readFew([file('a.npz', bytes as Uint8Array<ArrayBuffer>)]);
    expect([...images.pixels]).toEqual([...X.data]);
    expect(images.classNames).toEqual(['7', '9']);
    expect([...images.classes]).toEqual([0, 1, 0]);
  });

  test('one that is damaged, or of which it is not known what it holds, is refused', async () => {
    const refused = (bytes: Uint8Array) => readFew([file('a.npz', bytes as Uint8Array<ArrayBuffer>)]);
    await expect(refused(writeNpz({ a: X, b: X, c: y }))).rejects.toThrow('a.npz: holds the arrays a, b, c: drop');
    await expect(refused(deflated.subarray(0, -40))).rejects.toThrow('its directory is');
    for (const at of [60, 120, 200]) {
      const broken = Uint8Array.from(deflated);
      broken[at]! ^= 4;
      await expect(refused(broken)).rejects.toThrow('a.npz: ');
    }
  });
});
