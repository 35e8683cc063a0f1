import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dataSetNames, fetchDataSet, listDataSets, loadImages, preprocess, verifyDataSet } from '../src/index.ts';
import { temporaryFolder } from './support/folder.ts';
import { serve } from './support/server.ts';

const findable = 'mnist, fashion-mnist, cifar-10, cifar-100, kmnist, qmnist, emnist-letters, emnist-balanced'.split(
  ', ',
);

const shipped = [
  // Mean and standard deviation of p / 255, and images a class, as published widely for these sets.
  { set: 'mnist', mean: 0.1325, sd: 0.3105, counts: [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009] },
  { set: 'fashion-mnist', mean: 0.2868, sd: 0.3524, counts: new Array(10).fill(1000) },
] as const;

test.each(shipped)("$set's test images need no download", async ({ set, mean, sd, counts }) => {
  const directory = await temporaryFolder();
  const images = await loadImages({ set, split: 'test', directory });
  expect(images).toMatchObject({ name: set, split: 'test', count: 10_000 });
  expect(images.shape).toEqual({ height: 28, width: 28, channels: 1 });
  expect(images.pixels).toHaveLength(7_840_000);
  expect(images.classNames.map((_, i) => images.classes.filter((c) => c === i).length)).toEqual(counts);
  const samples = preprocess(images, { inputs: 'standardised', labels: 'one-hot-centred' });
  expect(-samples.offset / Number(samples.scale) / 255).toBeCloseTo(mean, 3);
  expect(1 / Number(samples.scale) / 255).toBeCloseTo(sd, 3);
  expect(samples).toMatchObject({ count: 10_000, inputs: 784, labels: 10 });
});

test('what is shipped is the official files', async () => {
  const directory = await temporaryFolder();
  for (const { set } of shipped) {
    const verified = await verifyDataSet(set, { directory });
    expect(verified.map(({ split, status }) => [split, status])).toEqual([
      ['train', 'missing'],
      ['train', 'missing'],
      ['test', 'official'],
      ['test', 'official'],
    ]);
  }
});

test('the list says what is there and what is not', async () => {
  const listed = await listDataSets(await temporaryFolder());
  expect(listed.map(({ name, available }) => [name, available])).toEqual(
    findable.map((name) => [name, ['mnist', 'fashion-mnist'].includes(name) ? ['test'] : []]),
  );
  const { location } = listed[0]!.files.find((file) => file.name === 't10k-images-idx3-ubyte')!;
  expect(location).toMatchObject({ place: 'package', compressed: true, bytes: 1_602_073 });
});

test('a data set that is not there is asked for by name', async () => {
  const directory = await temporaryFolder();
  await expect(loadImages({ set: 'cifar-10', split: 'test', directory })).rejects.toThrow(
    `cifar-10: test_batch.bin (plain or .gz) not found in ${join(directory, 'cifar-10')}: run "apical data fetch cifar-10"`,
  );
});

test.each([
  ['mnist', '/train-images-idx3-ubyte.gz'],
  ['fashion-mnist', '/train-images-idx3-ubyte.gz'],
  ['cifar-10', '/cifar-10-binary.tar.gz'],
  ['cifar-100', '/cifar-100-binary.tar.gz'],
])("fetching %s asks for the first file that does not ship, by its authors' name", async (name, file) => {
  const server = await serve((_, response) => response.writeHead(404).end());
  const fetched = fetchDataSet(name, { directory: await temporaryFolder(), mirror: server.address });
  await expect(fetched).rejects.toThrow('the server answered 404 Not Found');
  expect(server.requests).toEqual([file]);
});

test('an unknown data set is refused everywhere', async () => {
  expect(dataSetNames).toEqual(findable);
  await expect(fetchDataSet('mnits')).rejects.toThrow('unknown data set "mnits"');
  await expect(verifyDataSet('mnits')).rejects.toThrow('unknown data set "mnits"');
});
