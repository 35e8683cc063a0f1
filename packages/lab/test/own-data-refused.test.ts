import { describe, expect, test } from 'vitest';
import { readOwnData } from '../src/page/data/own-data.ts';
import { file, npy, readFew, texts } from './own-files.ts';

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
    ['not a number', [file('a.csv', '0,1,2\n1,NaN,3\n')], /a\.csv: line 2, column 2 is missing: "NaN"/],
    [
      'not finite',
      [npy('X.npy', [2, 1, 2], new Float32Array([1, 2, Number.NaN, 4])), npy('y.npy', [2], new Uint8Array([0, 1]))],
      /X\.npy: NaN at row 1, column 0 \(both from 0\); every number must be finite/,
    ],
    [
      'not finite beside its class',
      [npy('Xy.npy', [3, 2], new Float32Array([0, 1, 1, 2, 0, Number.POSITIVE_INFINITY]))],
      /Xy\.npy: Infinity at row 2, column 1 \(both from 0\); every number must be finite/,
    ],
    [
      'too large',
      [file('X.csv', '1,2\n3,1e39\n'), npy('y.npy', [2], new Uint8Array([0, 1]))],
      /X\.csv: 1e\+39 at line 2, column 2; float32 holds numbers up to 3\.4e38/,
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
      /a b\.csv: y has numbers, and the page learns classes only; the command.*apical train --data 'a b\.csv' --target y$/,
    ],
    [
      'numbers to regress on, in a file of their own',
      [good, npy('y.npy', [2], Float64Array.of(1, 0.25))],
      /X\.npy: y\.npy has numbers, and the page.*apical train --data X\.npy --target y\.npy$/,
    ],
    ['an image', [file('cat.PNG', '')], /cat\.PNG: is empty/],
    [
      'images',
      [file('cat.PNG', 'x'), file('dog.jpg', 'x')],
      /cat\.PNG: the page reads no images in files.*evaluate RUN/,
    ],
    ['classes alone', [texts('y.npy', ['cat', 'dog'])], /y\.npy: has classes only: drop it together with/],
    [
      'one class by name',
      [good, texts('y.npy', ['cat', 'cat'])],
      /y\.npy is cat of all samples: there is nothing to learn/,
    ],
    ['one class', [file('a.csv', '1,5,1\n1,6,1\n')], /column 3 is 1 of all samples: there is nothing/],
    ['one value', [file('a.csv', '0,7\n1,7\n')], /all numbers are 7/],
    ['one sample', [file('a.csv', '0,7\n')], /a\.csv: one sample is too few/],
    ['three files', [good, good, good], /3 files: drop/],
  ];
  test.each(cases)('%s', async (what, files, message) => {
    const read = what.startsWith('numbers') ? readOwnData : readFew;
    await expect(read(files)).rejects.toThrow(message);
    await expect(read(files)).rejects.toMatchObject({ name: 'InputError' });
  });
});
