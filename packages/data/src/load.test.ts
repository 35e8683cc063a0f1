import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/support/folder.ts';
import { describeFile, idx, place, smallArchivedSet, smallSet } from '../test/support/small-set.ts';
import { loadImages, loadSplit } from './load.ts';
import { verifyFile } from './verify.ts';

test('plain and gzipped files are read alike', async () => {
  const directory = await temporaryFolder();
  const { set, pixels, contents } = smallSet();
  await place(directory, set, { images: gzipSync(contents.images), 'labels.gz': gzipSync(contents.labels) });
  expect((await loadSplit(set, 'test', directory)).pixels).toEqual(pixels);
  await place(directory, set, { images: contents.images, 'labels.gz': gzipSync(contents.labels) });
  expect(await loadSplit(set, 'test', directory)).toEqual({
    name: 'small',
    split: 'test',
    count: 4,
    shape: { height: 2, width: 3, channels: 1 },
    classNames: ['a', 'b', 'c'],
    pixels,
    classes: Uint8Array.of(2, 0, 1, 2),
    sha256: { images: set.files[0]!.sha256, labels: set.files[1]!.sha256 },
  });
});

test('the files of a split are joined in their order', async () => {
  const directory = await temporaryFolder();
  const { set, contents } = smallArchivedSet();
  await place(directory, set, contents);
  const { count, classes, pixels } = await loadSplit(set, 'train', directory);
  expect(count).toBe(4);
  expect(classes).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(pixels[3072 * 3 - 1]).toBe(contents['two.bin'][3072]);
});

test('a missing file is said to be missing, with where it was looked for and how to get it', async () => {
  const directory = await temporaryFolder();
  const { set, contents } = smallSet();
  await place(directory, set, { images: contents.images });
  const message = `small: labels (plain or .gz) not found in ${join(directory, 'small')}: run "apical data fetch small", or name the folder that holds the data sets, torchvision's or Keras', too: --data-dir, APICAL_DATA or, in a program, the option directory`;
  await expect(loadSplit(set, 'test', directory)).rejects.toThrow(new InputError(message));
  await expect(loadSplit(set, 'test', join(directory, 'nowhere'))).rejects.toThrow('images, labels (plain or .gz)');
});

const { set, contents } = smallSet();
const flipped = Uint8Array.from(contents.images);
flipped[20]! ^= 1;
const wide = Uint8Array.from(contents.images);
wide.set([0, 0, 0, 3, 0, 0, 0, 2], 8);

test.each<[string, Record<string, Uint8Array>, string]>([
  [
    'a truncated file',
    { images: contents.images.subarray(0, 30) },
    '40 bytes expected, 30 found: the file is incomplete',
  ],
  ['a longer file', { images: Buffer.concat([contents.images, flipped]) }, '40 bytes expected, 80 found'],
  ['a truncated gzip file', { 'images.gz': gzipSync(contents.images).subarray(0, 25) }, 'the gzip stream ends early'],
  ['a corrupt gzip file', { 'images.gz': contents.images }, 'corrupt gzip stream'],
  ['a gzip file that holds too much', { 'images.gz': gzipSync(new Uint8Array(1e6)) }, '40 bytes expected, more found'],
  [
    'a wrong magic number',
    { images: new Uint8Array(40) },
    'not an IDX file of unsigned bytes in 3 dimensions: magic number 0x00000803 expected, 0x00000000 found',
  ],
  ['other dimensions', { images: wide }, 'dimensions 4 × 2 × 3 expected, 4 × 3 × 2 found'],
  ['labels out of range', { labels: idx([4], [0, 2, 3, 1]) }, 'label 3 at place 2; small has classes 0 to 2'],
  ['another content', { images: flipped }, `SHA-256 sum ${set.files[0]!.sha256} expected, `],
])('refused, with the file, the problem and the remedy: %s', async (_, damage, problem) => {
  const directory = await temporaryFolder();
  const damaged = Object.keys(damage)[0]!;
  const sound = damaged.startsWith('images') ? { labels: contents.labels } : { images: contents.images };
  await place(directory, set, { ...sound, ...damage });
  const error: unknown = await loadSplit(set, 'test', directory).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message.startsWith(`${join(directory, 'small', damaged)}: ${problem}`)).toBe(true);
  expect(message.endsWith('; delete it, or run "apical data fetch small"')).toBe(true);
});

test("one's own images by the names of a set's are refused as what they are, and nobody is told to delete them", async () => {
  const directory = await temporaryFolder();
  const own = idx(
    [2, 2, 3],
    Array.from({ length: 12 }, (_, i) => i),
  );
  await place(directory, set, { images: own, labels: contents.labels });
  const error: unknown = await loadSplit(set, 'test', directory).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).toBe(
    `${join(directory, 'small', 'images')}: is a sound IDX file of 2 × 2 × 3 numbers, and none of small: data of your own are learned by their paths, --data IMAGES --target LABELS; or name another folder with --data-dir`,
  );
});

test('more images than labels are refused', async () => {
  const directory = await temporaryFolder();
  const labels = idx([3], [0, 1, 2]);
  await place(directory, set, { images: contents.images, labels });
  const files = [set.files[0]!, describeFile('labels', 'idx-labels', 3, labels)];
  await expect(loadSplit({ ...set, files }, 'test', directory)).rejects.toThrow('small: 4 test images, but 3 labels');
});

test('a known variant is accepted, and told apart when verified', async () => {
  const directory = await temporaryFolder();
  await place(directory, set, { images: flipped, labels: contents.labels });
  const { sha256 = '' } = describeFile('images', 'idx-images', 4, flipped);
  const images = { ...set.files[0]!, variants: [{ sha256, note: 'one pixel differs' }] };
  const tolerant = { ...set, files: [images, set.files[1]!] };
  expect((await loadSplit(tolerant, 'test', directory)).sha256).toMatchObject({ images: sha256 });
  expect(await verifyFile(tolerant, images, directory)).toMatchObject({
    status: 'variant',
    message: 'a known variant of the official file: one pixel differs',
  });
  expect(await verifyFile(tolerant, set.files[1]!, directory)).toMatchObject({ status: 'official' });
  expect(await verifyFile(set, set.files[0]!, directory)).toMatchObject({ status: 'damaged' });
  expect(await verifyFile(set, set.files[0]!, join(directory, 'none'))).toMatchObject({ status: 'missing' });
});

test('the data folder comes before what ships with the package', async () => {
  const directory = await temporaryFolder();
  await place(directory, { ...set, name: 'mnist' }, {});
  await writeFile(join(directory, 'mnist', 't10k-labels-idx1-ubyte'), 'damaged');
  await expect(loadImages({ set: 'mnist', split: 'test', directory })).rejects.toThrow(
    '10,008 bytes expected, 7 found',
  );
});

test('an unknown set or split is refused', async () => {
  await expect(loadImages({ set: 'mnits', split: 'test' })).rejects.toThrow('unknown data set "mnits"');
  await expect(loadImages({ set: 'mnist', split: 'valid' as 'test' })).rejects.toThrow('choose train or test');
});
