import { expect, test } from 'vitest';
import { dataSets, findDataSet } from './registry.ts';

test.each(dataSets.map((set) => [set.name, set] as const))('%s is described consistently', (_, set) => {
  const sums = set.files.flatMap((file) => [file.sha256, ...(file.variants ?? []).map((known) => known.sha256)]);
  for (const sum of sums) expect(sum).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(sums).size).toBe(sums.length);
  expect(new Set(set.files.map((file) => file.name)).size).toBe(set.files.length);
  expect(new Set(set.classNames).size).toBe(set.classNames.length);
  const images = (split: string) =>
    set.files
      .filter((file) => file.split === split && file.form !== 'idx-labels')
      .reduce((count, file) => count + file.count, 0);
  expect(images('train')).toBe(set.source.archive ? 50_000 : 60_000);
  expect(images('test')).toBe(10_000);
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
    'unknown data set "mnits": choose one of mnist, fashion-mnist, cifar-10, cifar-100',
  );
});
