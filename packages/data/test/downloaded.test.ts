import { expect, test } from 'vitest';
import { dataDirectory, listDataSets, loadImages, preprocess, verifyDataSet } from '../src/index.ts';

// The data sets that do not ship are tested where APICAL_DATA has them.
const directory = process.env.APICAL_DATA ? dataDirectory() : undefined;
const listed = directory === undefined ? [] : await listDataSets(directory);
const has = (name: string) =>
  listed.some((set) => set.name === name && set.files.some((file) => file.split === 'test' && file.location));

test.for([
  ['cifar-10', 10, 1000],
  ['cifar-100', 100, 100],
] as const)('%s: the test images', async ([set, classes, imagesOfEach], { skip }) => {
  skip(!has(set), `APICAL_DATA does not name a folder that has the test images of ${set}`);
  const images = await loadImages({ set, split: 'test', directory });
  expect(images.count).toBe(10_000);
  expect(images.shape).toEqual({ height: 32, width: 32, channels: 3 });
  expect(images.classNames.map((_, i) => images.classes.filter((c) => c === i).length)).toEqual(
    new Array(classes).fill(imagesOfEach),
  );
  const samples = preprocess(images, { inputs: 'standardised', labels: 'one-hot-centred' });
  expect(samples).toMatchObject({ count: 10_000, inputs: 3072, labels: classes });
  let sum = 0;
  for (const p of samples.raw) sum += Number(samples.scale) * p + samples.offset;
  expect(sum / samples.raw.length).toBeCloseTo(0, 9);
  const [status] = (await verifyDataSet(set, { directory })).filter((file) => file.split === 'test');
  expect(['official', 'variant']).toContain(status?.status);
});
