import { createNetwork, RandomStream, samplesOf } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accuracies, accuracyOf, confusionsOf, countConfusion } from './confusion.ts';

test('a confusion matrix counts every image once: rows are classes, columns what they are taken for', () => {
  const label = fc.integer({ min: 0, max: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(label, label), { minLength: 1 }), (pairs) => {
      const actual = Uint8Array.from(pairs, ([of]) => of);
      const predicted = Uint8Array.from(pairs, ([, as]) => as);
      const confusion = countConfusion(actual, predicted, 5);
      for (let i = 0; i < 5; i++) {
        for (let j = 0; j < 5; j++) {
          expect(confusion[i]?.[j]).toBe(pairs.filter(([of, as]) => of === i && as === j).length);
        }
      }
      expect(accuracyOf(confusion)).toBe(pairs.filter(([of, as]) => of === as).length / pairs.length);
    }),
  );
});

test('parts that make up a split share its images among them', async () => {
  const [count, inputs, labels] = [30, 4, 3];
  const network = await createNetwork({
    rule: 'backprop',
    inputs,
    labels,
    hidden: 3,
    rates: { W: { eta0: 1 } },
    seed: 2,
  });
  const random = new RandomStream(5, 'images');
  const X = Array.from({ length: count * inputs }, () => random.normal());
  const test = samplesOf({ X, inputs, classes: Uint8Array.from({ length: count }, (_, i) => i % labels), labels });
  const parts = {
    all: { split: 'test' },
    start: { split: 'test', first: 7 },
    middle: { split: 'test', from: 7, first: 13 },
    end: { split: 'test', from: 20 },
  } as const;
  const { all, ...some } = confusionsOf(network, parts, { test });
  const sum = all!.map((row, i) => row.map((_, j) => Object.values(some).reduce((n, each) => n + each[i]![j]!, 0)));
  expect(sum).toEqual(all);
  expect(Object.values(some).map((each) => each.flat().reduce((n, m) => n + m, 0))).toEqual([7, 13, 10]);
  const classes = network.predictClass(test);
  expect(some.end).toEqual(countConfusion(test.classes!.subarray(20), classes.subarray(20), labels));
});

test('accuracies are named as the parts are, and left out where there are none', () => {
  const half = [
    [1, 0],
    [1, 0],
  ];
  expect(accuracies({ train: half, test: [[3]] })).toEqual({ accuracy: { train: 0.5, test: 1 } });
  expect(accuracies({})).toEqual({});
});
