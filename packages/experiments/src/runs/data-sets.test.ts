import type { Samples } from '@apical/core';
import { expect, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import { DataSets, dataAt } from './data-sets.ts';

const data = { ...defaultRunConfig('backprop', 'mnist').data, split: 'test' } as const;

test('of the first images nothing is known of the others: neither their number nor their brightness', async () => {
  const accuracy = { learned: { split: 'test', first: 100 }, all: { split: 'test' } } as const;
  const few = { data: { ...data, first: 100 }, accuracy };
  const sets = await DataSets.load([few, { data, accuracy }]);
  const [first, all] = [few, { data, accuracy }].map((wanted) => dataAt(sets.shared, sets.places(wanted)));
  expect([first?.samples.count, first?.splits.test?.count]).toEqual([100, 10_000]);
  expect([all?.samples.count, all?.splits.test?.count]).toEqual([10_000, 10_000]);
  const pixels = Array.from(first!.samples.raw.subarray(0, 100 * 784));
  const mean = pixels.reduce((sum, p) => sum + p, 0) / pixels.length;
  const { scale, offset } = first!.samples;
  expect(Number(scale) * mean + offset).toBeCloseTo(0, 10);
  expect(first!.splits.test).toMatchObject({ scale, offset });
  expect(all!.samples.scale).not.toBe(scale);
  expect(sets.sha256(few)).toEqual(sets.sha256({ data }));
});

test('as many as there are is all; more are refused', async () => {
  const sets = await DataSets.load([{ data: { ...data, first: 10_000 } }]);
  expect(sets.get({ ...data, first: 10_000 }).samples.count).toBe(10_000);
  await expect(DataSets.load([{ data: { ...data, first: 10_001 } }])).rejects.toThrow(
    'data.first: mnist has 10,000 test images, not 10,001',
  );
});

test('shuffled images are the same images, each with its class, in an order that the number determines; both splits of them are cut there', async () => {
  const shuffled = { ...data, shuffle: 3, first: 6000 };
  const accuracy = { learned: { split: 'test', first: 6000 }, rest: { split: 'test', from: 6000 } } as const;
  const sets = await DataSets.load([{ data: shuffled, accuracy }, { data }, { data: { ...data, shuffle: 4 } }]);
  const { samples: whole } = sets.get(shuffled, 'test');
  const [learned, given, other] = [shuffled, data, { ...data, shuffle: 4 }].map((each) => sets.get(each).samples);
  expect(learned!.raw).toEqual(whole.raw.subarray(0, 6000 * whole.inputs));
  expect(learned!.classes).toEqual(whole.classes!.subarray(0, 6000));
  const rows = ({ raw, classes, inputs, count }: Samples) =>
    Array.from({ length: count }, (_, t) => `${classes![t]} ${raw.subarray(t * inputs, (t + 1) * inputs).join()}`);
  const [own, before] = [rows(whole), rows(given!)];
  expect(own).not.toEqual(before);
  expect(own.toSorted()).toEqual(before.toSorted());
  expect(rows(other!)).not.toEqual(own);
});
