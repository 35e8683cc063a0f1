import { expect, test } from 'vitest';
import { isLabels } from './labels.ts';
import { countImages, dataSets, findDataSet } from './registry.ts';

test.each(dataSets.map((set) => [set.name, set] as const))('%s is described consistently', (_, set) => {
  const sums = set.files.flatMap(({ sha256, gzipSha256, variants = [] }) =>
    [sha256, gzipSha256, ...variants.map((known) => known.sha256)].filter((sum) => sum !== undefined),
  );
  for (const sum of sums) expect(sum).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(sums).size).toBe(sums.length);
  expect(new Set(set.files.map((file) => file.name)).size).toBe(set.files.length);
  expect(new Set(set.classNames).size).toBe(set.classNames.length);
  expect(set.licence).not.toBe('');
  for (const split of ['train', 'test'] as const) {
    const files = set.files.filter((file) => file.split === split);
    const count = (labels: boolean) =>
      files.filter((file) => isLabels(file) === labels).reduce((sum, file) => sum + file.count, 0);
    if (files.some(isLabels)) expect(count(true)).toBe(count(false));
    expect(countImages(set.name, split)).toBe(count(false));
  }
});

// Of the authors' pages and papers.
test.each([
  ['mnist', 60_000, 10_000, 10],
  ['fashion-mnist', 60_000, 10_000, 10],
  ['cifar-10', 50_000, 10_000, 10],
  ['cifar-100', 50_000, 10_000, 100],
  ['kmnist', 60_000, 10_000, 10],
  ['qmnist', 60_000, 60_000, 10],
  ['emnist-letters', 124_800, 20_800, 26],
  ['emnist-balanced', 112_800, 18_800, 47],
])('%s has %d images to learn, %d held out, and %d classes', (name, train, test, classes) => {
  expect([countImages(name, 'train'), countImages(name, 'test'), findDataSet(name).classNames.length]).toEqual([
    train,
    test,
    classes,
  ]);
});

test('lengths are those that the authors state', () => {
  const lengths = (name: string) => Object.fromEntries(findDataSet(name).files.map((file) => [file.name, file.bytes]));
  expect(lengths('mnist')).toEqual({
    'train-images-idx3-ubyte': 47_040_016,
    'train-labels-idx1-ubyte': 60_008,
    't10k-images-idx3-ubyte': 7_840_016,
    't10k-labels-idx1-ubyte': 10_008,
  });
  expect(lengths('cifar-10')['data_batch_1.bin']).toBe(30_730_000);
});

test("CIFAR-100's hundred fine labels are in alphabetical order", () => {
  const { classNames } = findDataSet('cifar-100');
  expect(classNames).toHaveLength(100);
  expect(classNames).toEqual([...classNames].sort());
});

test('an unknown name is answered with the known ones', () => {
  expect(() => findDataSet('mnits')).toThrow(
    'unknown data set "mnits": choose one of mnist, fashion-mnist, cifar-10, cifar-100, kmnist, qmnist, emnist-letters, emnist-balanced',
  );
});
