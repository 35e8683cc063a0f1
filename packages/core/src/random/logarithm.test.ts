import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logarithm } from './logarithm.ts';

// The doubles nearest to ln x, computed to 60 digits with Python's decimal module.
const published: readonly (readonly [number, number])[] = [
  [2.2250738585072014e-308, -708.3964185322641],
  [2 ** -53, -36.7368005696771],
  [1e-10, -23.025850929940457],
  [0.075, -2.5902671654458267],
  [0.5, -Math.LN2],
  [0.7071067811865475, -0.34657359027997275],
  [Math.SQRT1_2, -0.3465735902799726],
  [0.9, -0.10536051565782628],
  [0.999, -0.0010005003335835344],
  [0.9999999999999999, -1.1102230246251565e-16],
  [1.0000000000000002, 2.220446049250313e-16],
  [1.001, 0.0009995003330834232],
  [Math.SQRT2, 0.3465735902799727],
  [1.5, 0.4054651081081644],
  [2, Math.LN2],
  [Math.E, 1],
  [Math.PI, 1.1447298858494002],
  [10, Math.LN10],
  [12345.678, 9.421061321291832],
  [1e100, 230.25850929940458],
  [1.7976931348623157e308, 709.782712893384],
];

/** The distance from |x| to the next double. */
function unitInTheLastPlace(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  view.setBigInt64(0, view.getBigInt64(0) + 1n);
  return view.getFloat64(0) - Math.abs(x);
}

test('within one unit in the last place of the true logarithm', () => {
  for (const [x, logarithmOfX] of published) {
    expect(Math.abs(logarithm(x) - logarithmOfX)).toBeLessThanOrEqual(unitInTheLastPlace(logarithmOfX));
  }
  expect(logarithm(1)).toBe(0);
});

test('agrees with Math.log to 1e-15', () => {
  const positive = fc.double({ min: 2 ** -1022, noNaN: true, noDefaultInfinity: true });
  const nearOne = fc.double({ min: 0.5, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(positive, nearOne), (x) => {
      expect(Math.abs(logarithm(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.abs(Math.log(x)));
    }),
    { numRuns: 5000 },
  );
});
