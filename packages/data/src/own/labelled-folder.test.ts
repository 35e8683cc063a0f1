import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { imageFixture, imageShape } from '../../test/images.ts';
import { loadLabelledTable } from './labelled-table.ts';
import { loadOwnData } from './own-data.ts';

/** A folder with files by their paths. */
function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'apical-images-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const [png, jpeg, rgb] = ['grey.png', 'grey.jpg', 'rgb.png'].map((name) => imageFixture(name)) as [
  ReturnType<typeof imageFixture>,
  ReturnType<typeof imageFixture>,
  ReturnType<typeof imageFixture>,
];
const target = 'folder';

test('each folder is a class, in the order of the names; what systems leave behind is none', async () => {
  const files = {
    'b/2.jpg': jpeg.file,
    'b/10.png': png.file,
    'A/x.png': png.file,
    'A/.DS_Store': 'x',
    'Thumbs.db': 'x',
    '__MACOSX/A/._x.png': 'x',
  };
  const path = folderOf(files);
  const own = await loadOwnData({ path, target });
  expect(own).toMatchObject({ classNames: ['A', 'b'], inputs: 63, image: { ...imageShape, channels: 1 }, target });
  expect([...own.train.classes!]).toEqual([0, 1, 1]);
  expect(own.train.data).toEqual(Uint8Array.of(...png.pixels, ...png.pixels, ...jpeg.pixels));
});

test('of colours come first all red, then all green, then all blue, as in the files of CIFAR', async () => {
  const { data, inputs } = await loadLabelledTable(folderOf({ 'a/1.png': rgb.file, 'b/1.png': rgb.file }), { target });
  expect(inputs).toBe(3 * 63);
  const planes = [0, 1, 2].flatMap((c) => [...rgb.pixels.filter((_, i) => i % 3 === c)]);
  expect([...data.subarray(0, inputs)]).toEqual(planes);
});

test('the sum is of what the images are and how they are called', async () => {
  const sum = async (files: Record<string, Uint8Array>) =>
    (await loadLabelledTable(folderOf(files), { target })).sha256;
  const files = { 'a/1.png': png.file, 'b/1.png': png.file };
  expect(await sum(files)).toBe(await sum(files));
  const others = [
    { ...files, 'b/1.png': jpeg.file },
    { 'a/1.png': png.file, 'b/2.png': png.file },
    { ...files, 'b/2.png': png.file },
  ];
  expect(new Set(await Promise.all([files, ...others].map(sum))).size).toBe(4);
});

test('images held out are another folder, with the same classes and sizes', async () => {
  const path = folderOf({ 'a/1.png': png.file, 'b/1.png': jpeg.file, 'c/1.png': png.file });
  const own = await loadOwnData({ path, target, test: folderOf({ 'c/1.png': png.file, 'b/1.png': png.file }) });
  expect([...own.test!.classes!]).toEqual([1, 2]);
  const other = loadOwnData({ path, target, test: folderOf({ 'd/1.png': png.file, 'b/1.png': png.file }) });
  await expect(other).rejects.toThrow('d/1.png: folder is "d", and the classes are a, b, c');
  await expect(loadOwnData({ path, target, test: folderOf({ 'a/1.png': rgb.file }) })).rejects.toThrow(
    'has images that are RGB, 7 × 9, and ',
  );
});

test.each<[string, Record<string, Uint8Array | string>, RegExp]>([
  [
    'a file beside the folders',
    { 'a/1.png': png.file, 'notes.txt': 'x' },
    /notes\.txt: stands beside the folders of classes/,
  ],
  ['something else in a folder', { 'a/1.png': png.file, 'a/2.txt': 'x' }, /2\.txt: is neither a PNG nor a JPEG image$/],
  [
    'folders within folders',
    { 'train/a/1.png': png.file },
    /a: is a folder; in .*, each folder is a class, and has images only/,
  ],
  ['a class without images', { 'a/1.png': png.file, 'b/.keep': '' }, /b: has no images$/],
  ['nothing', { '.keep': '' }, /has no folders of images in it, a class each$/],
  [
    'another size',
    { 'a/1.png': png.file, 'b/1.png': rgb.file },
    /b.1\.png: is RGB, 7 × 9, and .*a.1\.png grey, 7 × 9: all must be alike$/,
  ],
])('%s is refused with its name', async (_, files, message) => {
  await expect(loadLabelledTable(folderOf(files), { target })).rejects.toThrow(message);
});

test('another target than the folders is refused', async () => {
  await expect(loadLabelledTable(folderOf({ 'a/1.png': png.file }), { target: 'label' })).rejects.toThrow(
    'the target is folder, not label',
  );
});
