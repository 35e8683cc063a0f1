import { expect, test } from 'vitest';
import { loadOwnData, shippedPath, shippedTables } from '../src/index.ts';

// Of the UCI repository's and scikit-learn's descriptions: samples, classes, and means of some columns.
const known = {
  digits: { counts: [178, 182, 177, 183, 181, 182, 181, 179, 174, 180], means: [0] },
  iris: { counts: [50, 50, 50], means: [5.84, 3.05, 3.76, 1.2] },
  wine: { counts: [59, 71, 48], means: [13.0, 2.34, 2.36, 19.5, 99.7] },
} as const;

test.each(shippedTables.map((table) => [table.name, table] as const))(
  '%s is the table that it is said to be',
  async (name, table) => {
    const own = await loadOwnData({ path: shippedPath(table), target: table.target });
    const { counts, means } = known[name as keyof typeof known];
    expect(own).toMatchObject({ inputs: table.inputs, target: table.target, sha256: table.sha256 });
    expect(own.train.count).toBe(table.samples);
    expect(own.classNames).toEqual(table.classNames);
    expect(own.classNames?.map((_, c) => own.train.classes!.filter((each) => each === c).length)).toEqual(counts);
    const numbers = [...own.train.data];
    for (const [j, mean] of means.entries()) {
      let sum = 0;
      for (let i = 0; i < own.train.count; i++) sum += numbers[i * own.inputs + j]!;
      expect(Math.abs(sum / own.train.count - mean)).toBeLessThan(0.06);
    }
  },
);
