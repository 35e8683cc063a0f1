import { expect, test } from 'vitest';
import { histogram } from '../figures/histogram.ts';
import { thinned } from '../figures/thinned.ts';
import { boutsOf, correlation } from './bouts.ts';
import { rampOf, shapeOf, valueAt } from './place-fields/ramps.ts';
import { spectralRadius } from './spectral-radius.ts';

const matrix = (rows: number, cols: number, data: number[]) => ({ rows, cols, data: Float32Array.from(data) });

test('the spectral radius is that of complex, repeated and defective eigenvalues, too', () => {
  const identity = matrix(2, 2, [1, 0, 0, 1]);
  // A rotation times 0.75; a block of Jordan; and two eigenvalues of the same size.
  for (const [data, radius] of [
    [[0, -0.75, 0.75, 0], 0.75],
    [[0.5, 1, 0, 0.5], 0.5],
    [[2, 0, 0, -2], 2],
    [[0, 0, 0, 0], 0],
  ] as const) {
    expect(spectralRadius(matrix(2, 2, [...data]), identity)).toBeCloseTo(radius, 5);
  }
  expect(spectralRadius(matrix(3, 1, [1, 2, 3]), matrix(1, 3, [4, 5, 6]))).toBeCloseTo(4 + 10 + 18, 4);
});

test('a ramp of one place field has the shape that a Gauss curve has', () => {
  const track = { length: 200, inputs: 100, width: 12 };
  const weights = Float64Array.from({ length: 100 }, (_, j) => Number(j === 40));
  const shape = shapeOf(rampOf(weights, track, 400), track, 91);
  // The field’s middle is at 81 cm, 10 before the plateau; exp(−(d/12)²) = .15 at d = 12 √ln(1/.15).
  const half = 12 * Math.sqrt(-Math.log(0.15));
  expect(shape.shift).toBeCloseTo(-10, 0);
  expect(shape.width).toBeCloseTo(2 * half, 1);
  expect(shape.asymmetry).toBeCloseTo((half + 10) / (half - 10), 0);
  expect(shape.areaWidth).toBeCloseTo(12 * Math.sqrt(Math.PI), 1);
});

test('a value between two places is on the line between theirs, around the track', () => {
  const values = [1, 2, 3, 4];
  expect(valueAt(values, 50, 400)).toBe(1);
  expect(valueAt(values, 100, 400)).toBe(1.5);
  expect(valueAt(values, 400, 400)).toBe(2.5);
  expect(valueAt(values, -50, 400)).toBe(4);
});

test('bouts are counted stimulus by stimulus, and correlated over cells', () => {
  const [stimulus, cells] = [20, 3];
  const data = new Float32Array(2 * stimulus * cells);
  for (const [step, cell] of [
    [0, 0],
    [3, 0],
    [14, 1],
    [15, 0],
    [19, 0],
    [21, 2],
    [36, 2],
  ] as const) {
    data[step * cells + cell] = 1;
  }
  const { first, late, correlation: alike } = boutsOf({ 'signal.x': { shape: [40, 3], data } }, stimulus);
  expect([first, late]).toEqual([2, 1.5]);
  const one = correlation(Float64Array.of(2, 1, 0), Float64Array.of(2, 0, 0));
  expect(one).toBeCloseTo(Math.sqrt(3) / 2, 12);
  expect(alike).toBeCloseTo((one + 1) / 2, 12);
});

test('a course that is thinned keeps its extremes, and a histogram counts all values in its range', () => {
  const y = Array.from({ length: 10_000 }, (_, i) => (i === 4321 ? 9 : i === 8765 ? -9 : Math.sin(i / 100)));
  const kept = thinned(
    y.map((_, i) => i),
    y,
    100,
  );
  expect(kept.x).toHaveLength(200);
  expect(kept.x).toEqual(kept.x.toSorted((a, b) => a - b));
  expect(kept.x[kept.y.indexOf(9)]).toBe(4321);
  expect(kept.x[kept.y.indexOf(-9)]).toBe(8765);
  expect(histogram([-1, -0.6, 0, 0.2, 1, 1.5], -1, 1, 4).y).toEqual([2, 0, 2, 1]);
});
