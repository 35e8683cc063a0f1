import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accuracies, accuracyOf, countConfusion } from './confusion.ts';

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

test('accuracies are named as the parts are, and left out where there are none', () => {
  const half = [
    [1, 0],
    [1, 0],
  ];
  expect(accuracies({ train: half, test: [[3]] })).toEqual({ accuracy: { train: 0.5, test: 1 } });
  expect(accuracies({})).toEqual({});
});
