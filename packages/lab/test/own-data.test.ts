import { gzipSync } from 'node:zlib';
import { writeCsv, writeNpy, writeNpz } from '@apical/data';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { gunzipMembers } from '../src/page/data/gzip-members.ts';
import { readOwnData } from '../src/page/data/own-data.ts';
import { textsAsNpy } from './texts-as-npy.ts';

const file = (name: string, content: BlobPart) => new File([content], name);
const npy = (name: string, shape: number[], data: Float32Array | Float64Array | Uint8Array) =>
  file(name, writeNpy({ shape, data }) as Uint8Array<ArrayBuffer>);

/** Texts in NumPy's format, as `numpy.save` writes them: of 4 bytes a character. */
const texts = (name: string, all: readonly string[]) => file(name, textsAsNpy(all));

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
        const own = await readOwnData(files);
        expect(own.otherColumn).toBeUndefined();
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
  const { images, notice } = await readOwnData([file('a.csv', '0,-1,0.1\n1,0.5,1\n')]);
  expect(images.pixels).toEqual(Float32Array.of(-1, 0.1, 0.5, 1));
  expect(notice).toBeUndefined();
  const { sha256 } = (await readOwnData([file('a.csv', '0,-1,0.1\n1,0.5,0.9\n')])).images;
  expect(sha256).not.toEqual(images.sha256);
});

test('columns of other sizes keep their numbers, and are told of', async () => {
  const { images, notice } = await readOwnData([file('a.csv', '0,0.001,886.13\n1,0.7,1940.33\n2,0.6,4999\n')]);
  expect(images.pixels).toEqual(Float32Array.of(0.001, 886.13, 0.7, 1940.33, 0.6, 4999));
  expect(notice).toContain('its numbers are of other sizes (number 1 from 0.001 to 0.7, number 2 from 886.13 to 4999)');
});

describe('the column of a table that is the class', () => {
  const last = '14,97,32,0\n43,72,17,1\n77,45,11,2\n11,97,21,0\n';
  const both = '0,97,1\n1,72,0\n0,45,1\n';

  test('is the one that is numbered without a gap; that it is the last is said, and the first can be taken', async () => {
    const { images, notice, otherColumn } = await readOwnData([file('a.csv', last)]);
    expect(images.classNames).toEqual(['0', '1', '2']);
    expect(Array.from(images.classes)).toEqual([0, 1, 2, 0]);
    expect(Array.from(images.pixels.slice(0, 3))).toEqual([14, 97, 32]);
    expect(notice).toBe('a.csv: its last column is taken for the class.');
    expect(otherColumn).toBe('first');
    const again = await readOwnData([file('a.csv', last)], 'first');
    expect(again.images.classNames).toEqual(['11', '14', '43', '77']);
    expect(again.otherColumn).toBe('last');
  });

  test('is the first where both could be, and it is said', async () => {
    const { images, notice, otherColumn } = await readOwnData([file('a.csv', both)]);
    expect(Array.from(images.classes)).toEqual([0, 1, 0]);
    expect(notice).toBe('a.csv: its first column is taken for the class.');
    expect(otherColumn).toBe('last');
    const other = await readOwnData([file('a.csv', both)], 'last');
    expect(Array.from(other.images.classes)).toEqual([1, 0, 1]);
  });

  test('is the first, without a word, where the last is none', async () => {
    const { notice, otherColumn } = await readOwnData([file('a.csv', '0,7,40\n1,9,17\n')]);
    expect([notice, otherColumn]).toEqual([undefined, undefined]);
  });
});

test('classes that begin at 1 are as many as there are, called by their numbers', async () => {
  const { images, notice } = await readOwnData([file('a.csv', '1,14,97\n2,43,72\n3,77,45\n1,11,97\n')]);
  expect(images.classNames).toEqual(['1', '2', '3']);
  expect(Array.from(images.classes)).toEqual([0, 1, 2, 0]);
  expect(notice).toBe('a.csv, first column: the 3 classes are 1, 2, 3.');
});

test('IDX of two dimensions is a table of samples', async () => {
  const vectors = idx('vectors-idx2-ubyte', [2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6));
  const { images } = await readOwnData([vectors, idx('classes-idx1-ubyte', [2], Uint8Array.of(0, 1))]);
  expect(images.shape).toEqual({ height: 1, width: 3, channels: 1 });
  expect(Array.from(images.pixels)).toEqual([1, 2, 3, 4, 5, 6]);
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
    ['not a number', [file('a.csv', '0,1\n1,NaN\n')], /a\.csv: line 2, column 2 is missing: "NaN"/],
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
      /a\.csv\.gz: its gzip stream is not sound/,
    ],
    ['no classes', [npy('X.npy', [2, 3, 1], new Float32Array(6))], /X\.npy: where are the classes\?/],
    ['two tables', [good, npy('Z.npy', [2, 3], new Float32Array(6))], /one must have a row of numbers a sample/],
    [
      'other counts',
      [good, npy('y.npy', [3], new Uint8Array([0, 1, 2]))],
      /X\.npy has 2 samples, but y\.npy 3 classes/,
    ],
    [
      'numbers to regress on',
      [file('a b.csv', 'x,y\n0.5,1.5\n1,2\n')],
      /a b\.csv: neither its first nor its last column has classes.*apical train --data 'a b\.csv' --target y$/,
    ],
    [
      'numbers to regress on, in a file of their own',
      [good, npy('y.npy', [2], Float64Array.of(1, 0.25))],
      /y\.npy: 0\.25 of sample 2 is no class.*apical train --data X\.npy --target y\.npy$/,
    ],
    ['an image', [file('cat.PNG', '')], /cat\.PNG: is empty/],
    [
      'images',
      [file('cat.PNG', 'x'), file('dog.jpg', 'x')],
      /cat\.PNG: the page reads no images in files.*evaluate RUN/,
    ],
    ['classes alone', [texts('y.npy', ['cat', 'dog'])], /y\.npy: has classes only: drop it together with/],
    ['one class by name', [good, texts('y.npy', ['cat', 'cat'])], /all samples have class cat/],
    ['one class', [file('a.csv', '1,1\n1,200\n')], /all samples have class 1/],
    ['one value', [file('a.csv', '0,7\n1,7\n')], /all numbers are 7/],
    ['one sample', [file('a.csv', '0,7\n')], /a\.csv: one sample is too few/],
    ['three files', [good, good, good], /3 files: drop/],
  ];
  test.each(cases)('%s', async (_, files, message) => {
    await expect(readOwnData(files)).rejects.toThrow(message);
    await expect(readOwnData(files)).rejects.toMatchObject({ name: 'InputError' });
  });
});

describe('classes by name', () => {
  const rows = ['1,2.5,rose', '2,3.5,"lily, white"', '3,4.5,rose', '4,5.5,aster'];
  const numbers = [1, 2.5, 2, 3.5, 3, 4.5, 4, 5.5];
  const npyOfRows = npy('x.npy', [4, 2], Float64Array.from(numbers));
  const named = (own: Awaited<ReturnType<typeof readOwnData>>) =>
    Array.from(own.images.classes, (each) => own.images.classNames[each]);

  test.each([
    ['in the last column', [file('a.csv', ['x,y,kind', ...rows].join('\n'))]],
    ['in the last column, without a header', [file('a.csv', rows.join('\n'))]],
    ['in the first column', [file('a.csv', rows.map((row) => row.replace(/^(.*?,.*?),(.*)$/, '$2,$1')).join('\n'))]],
    [
      'in a file of their own',
      [
        file('y.csv', ['rose', '"lily, white"', 'rose', 'aster'].join('\n')),
        npy('x.npy', [4, 2], Float64Array.from(numbers)),
      ],
    ],
    ['in an array of texts', [npyOfRows, texts('y.npy', ['rose', 'lily, white', 'rose', 'aster'])]],
    [
      'in an archive of arrays',
      [
        file(
          'xy.npz',
          zipSync({
            'x.npy': writeNpy({ shape: [4, 2], data: Float64Array.from(numbers) }),
            'y.npy': textsAsNpy(['rose', 'lily, white', 'rose', 'aster']),
          }) as Uint8Array<ArrayBuffer>,
        ),
      ],
    ],
  ])('%s', async (_, files) => {
    const own = await readOwnData(files);
    expect(own.images.classNames).toEqual(['aster', 'lily, white', 'rose']);
    expect(named(own)).toEqual(['rose', 'lily, white', 'rose', 'aster']);
    expect([...own.images.pixels]).toEqual(numbers);
  });

  test.each([
    ['a number that is missing in a later line', 'a,b,k\n1,2,x\n3,4,y\n5,,x\n6,7,y\n', 'line 4, column 2 is empty'],
    ['a class that is missing', 'a,b,k\n1,2,x\n3,4,y\n5,6,NA\n', 'line 4: k is missing: "NA"'],
    [
      'a class without letters',
      'a,b,k\n1,2,x\n3,4,?\n5,6,x\n',
      'the last column has names of classes, and ?, which is none',
    ],
    ['bytes that are zero', 'a,b,k\n1,2,x\n3,4,y\n5,6,x\0\n', 'is not a text: it has bytes that are zero'],
    [
      'columns that are called by numbers',
      '2019,2020,k\n1,2,x\n3,4,y\n5,6,x\n',
      'line 1 has "k", which no other line has',
    ],
  ])('%s is what is told of a table with classes by name', async (_, text, message) => {
    await expect(readOwnData([file('a.csv', text)])).rejects.toThrow(message);
  });

  test('a text among the inputs is refused as it is in a table of numbers', async () => {
    await expect(readOwnData([file('a.csv', '1,two,rose\n3,four,lily\n')])).rejects.toThrow(
      'a.csv: line 1, column 2: "two"',
    );
  });
});

test('columns with names are no pixels, unless they are called alike but for numbers', async () => {
  const rows = Array.from({ length: 4 }, (_, i) => [...Array.from({ length: 9 }, (_, j) => i + 0.5 * (j + 1)), i % 2]);
  const of = async (names: readonly string[]) =>
    (await readOwnData([file('a.csv', [names, ...rows].map((row) => row.join()).join('\n'))])).images.shape.height;
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
    const { images } = await readOwnData([file('a.npz', bytes as Uint8Array<ArrayBuffer>)]);
    expect([...images.pixels]).toEqual([...X.data]);
    expect(images.classNames).toEqual(['7', '9']);
    expect([...images.classes]).toEqual([0, 1, 0]);
  });

  test('one that is damaged, or of which it is not known what it holds, is refused', async () => {
    const refused = (bytes: Uint8Array) => readOwnData([file('a.npz', bytes as Uint8Array<ArrayBuffer>)]);
    await expect(refused(writeNpz({ a: X, b: X, c: y }))).rejects.toThrow('a.npz: holds the arrays a, b, c: drop');
    await expect(refused(deflated.subarray(0, -40))).rejects.toThrow('its directory is');
    for (const at of [60, 120, 200]) {
      const broken = Uint8Array.from(deflated);
      broken[at]! ^= 4;
      await expect(refused(broken)).rejects.toThrow('a.npz: ');
    }
  });
});

describe('Parquet', () => {
  const parquet = (columns: Readonly<Record<string, readonly (number | string)[]>>) => {
    const columnData = Object.entries(columns).map(([name, data]) => ({ name, data: [...data] }));
    return new File([parquetWriteBuffer({ columnData })], 'p.parquet');
  };

  test('the column of texts is the class, wherever it stands; without one it is as any table of numbers', async () => {
    const named = await readOwnData([
      parquet({ a: [1.5, 2, 3, 4], kind: ['no', 'yes', 'no', 'yes'], b: [5, 6, 7.25, 8] }),
    ]);
    expect([...named.images.pixels]).toEqual([1.5, 5, 2, 6, 3, 7.25, 4, 8]);
    expect([...named.images.classes]).toEqual([0, 1, 0, 1]);
    expect(named.images.classNames).toEqual(['no', 'yes']);
    expect(named.notice).toContain('p.parquet, column kind: the 2 classes are no, yes');
    const last = await readOwnData([parquet({ a: [1.5, 2, 3, 4], class: [0, 1, 1, 0] })]);
    expect([...last.images.classes]).toEqual([0, 1, 1, 0]);
  });

  test.each([
    ['two columns of texts', { a: ['x', 'y'], b: ['u', 'v'], c: [1, 2] }, 'p.parquet: a, b could be the class'],
    ['the index of pandas', { a: [1, 2], __index_level_0__: [0, 1] }, 'is the index that pandas writes'],
  ])('%s: refused', async (_, columns, message) => {
    await expect(readOwnData([parquet(columns)])).rejects.toThrow(message);
  });

  test('a file that is cut, or none, is refused', async () => {
    const whole = new Uint8Array(await parquet({ a: [1, 2], b: [0, 1] }).arrayBuffer());
    const cut = new File([whole.slice(0, -3)], 'p.parquet');
    await expect(readOwnData([cut])).rejects.toThrow('p.parquet: does not end as Parquet files do');
    await expect(readOwnData([new File(['a,b\n1,2\n3,4\n5,6\n'], 'p.parquet')])).rejects.toThrow(
      'not a file in the format of Parquet',
    );
  });
});

describe('gzip of several members', () => {
  const [first, second] = ['0,1,2\n1,', '3,4\n0,5,6\n'].map((text) => gzipSync(text));
  const zeros = (count: number) => Buffer.alloc(count);

  test.each([
    ['side by side', [first!, second!]],
    ['with zeros between and behind them', [first!, zeros(700), second!, zeros(1)]],
    ['one of nothing among them', [first!, gzipSync(''), second!]],
  ])('%s', (_, parts) => {
    expect(new TextDecoder().decode(gunzipMembers(Buffer.concat(parts)))).toBe('0,1,2\n1,3,4\n0,5,6\n');
  });

  test.each([
    ['one that is cut', [first!, second!.subarray(0, -4)]],
    ['a wrong checksum', [first!, second!.map((byte, i) => (i === second!.length - 6 ? byte ^ 1 : byte))]],
    ['something else behind zeros', [first!, zeros(3), Buffer.from('hello')]],
    ['something else', [first!, Buffer.from('hello')]],
  ])('%s is refused', (_, parts) => {
    expect(() => gunzipMembers(Buffer.concat(parts))).toThrow();
  });
});
