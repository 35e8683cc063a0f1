import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withChanged } from '../src/page/experiment/experiment.ts';
import { defaultPreset } from '../src/page/experiment/presets.ts';
import { keptLabel } from '../src/page/experiment/run-label.ts';
import type { Curve } from '../src/page/views/curves/curve.ts';
import { curvesSvg } from '../src/page/views/curves/curves-svg.ts';
import { keptDash, lineImage } from '../src/page/views/curves/dashes.ts';
import { divergedFrom, divergenceMark } from '../src/page/views/curves/divergence.ts';
import { isolatedPoints } from '../src/page/views/curves/isolated-points.ts';
import { plotWords } from '../src/page/views/curves/plot-words.ts';
import {
  decimalsOf,
  logarithmicTicks,
  powerWords,
  roundTicks,
  tickWords,
  valueWords,
} from '../src/page/views/curves/ticks.ts';
import { valueRange } from '../src/page/views/curves/value-range.ts';

const curve = (points: Curve['points'], more: Partial<Curve> = {}): Curve => ({
  ...{ label: 'a', colour: 'c', kind: 'live', points },
  ...more,
});
const learning = curve([
  [1, 0.9],
  [10, 0.85],
  [100, 0.82],
]);
const exploding = curve(
  [
    [1, 0.9],
    [2, 3e8],
    [5, 7e30],
  ],
  { label: 'b, diverged', divergedAt: 2 },
);
const measured = (...objectives: number[]) =>
  objectives.map((objective, samples) => ({ samples, readings: { objective } }));

describe('a curve that diverges', () => {
  test('does not change what others are drawn on, but on a logarithmic axis it is all there', () => {
    expect(valueRange([learning, exploding], undefined, false)).toEqual(valueRange([learning], undefined, false));
    const { low, high, isLogarithmic } = valueRange([learning, exploding], undefined, true);
    expect(isLogarithmic).toBe(true);
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(0.82);
    expect(high).toBeGreaterThan(7e30);
  });

  test('is marked from where it leaves what it began with', () => {
    expect(divergedFrom(measured(0.9, 0.8, 1, 5, 60), false)).toBe(3);
    expect(divergedFrom(measured(0.9, 0.8, 1), true)).toBe(3);
    expect(divergedFrom(measured(0.9, 0.8, 2.9, 0.85), false)).toBeUndefined();
    expect(divergedFrom(measured(), true)).toBeUndefined();
    expect(divergedFrom(measured(-3, -20, -29), false)).toBeUndefined();
    expect(divergedFrom(measured(-3, -20, -29), true)).toBe(3);
  });

  test('is marked where it is near the others for the last time; where it never is, at its first point, beyond the axis', () => {
    expect(divergenceMark(exploding, false)).toEqual([1, 0.9]);
    expect(divergenceMark(exploding, true)).toEqual([5, 7e30]);
    expect(divergenceMark({ ...exploding, divergedAt: 1 }, false)).toEqual([1, 0.9]);
    const beyond = curvesSvg(
      'Objective',
      [learning, { ...exploding, points: [[1, 4e9]], divergedAt: 1 }],
      undefined,
      () => '#000',
    );
    expect(beyond).toContain('>diverged<');
  });

  test('is marked and cut in the figure', () => {
    const svg = curvesSvg('Objective', [learning, exploding], undefined, () => '#000');
    expect(svg).toContain('>diverged<');
    expect(svg).toContain('clip-path="url(#plot)"');
    const heights = [...svg.matchAll(/[ML]\d+(?:\.\d+)? (-?\d+(?:\.\d+)?)/g)].map(([, y]) => Number(y));
    expect(Math.max(...heights.map(Math.abs))).toBeLessThan(10_000);
  });
});

test('curves that are kept are told by their lines in the legend, too', () => {
  const lines = [[], ...Array.from({ length: 8 }, (_, i) => keptDash(i + 1))].map((dash) => lineImage('#123', dash));
  expect(new Set(lines).size).toBe(lines.length);
  expect(lineImage('#123', [9, 3, 2, 3])).toBe(
    'repeating-linear-gradient(90deg, #123 0px 9px, transparent 9px 12px, #123 12px 14px, transparent 14px 17px) center / 100% 2px no-repeat',
  );
});

test('values that are not positive have no logarithmic axis', () => {
  const cosines = curve([
    [1, -0.2],
    [2, 0.9],
  ]);
  expect(valueRange([cosines], undefined, true).isLogarithmic).toBe(false);
  expect(valueRange([learning], { value: 0, words: '' }, true).isLogarithmic).toBe(false);
});

describe('numbers beside an axis', () => {
  const ranges = fc.tuple(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc
      .integer({ min: -9, max: 6 })
      .chain((power) => fc.double({ min: 1, max: 9, noNaN: true }).map((x) => x * 10 ** power)),
  );

  test('are all different, and are what they stand for', () => {
    fc.assert(
      fc.property(ranges, ([low, range]) => {
        fc.pre(range > 1e-9 * Math.abs(low));
        const ticks = roundTicks(low, low + range);
        const words = valueWords(ticks);
        expect(new Set(words).size).toBe(words.length);
        const step = ticks[1]! - ticks[0]!;
        words.forEach((each, i) => {
          expect(Math.abs(Number(each.replaceAll('−', '-')) - ticks[i]!)).toBeLessThan(0.01 * step);
        });
      }),
    );
  });

  test.each([
    [0.9001, 0.9006, ['0.9001', '0.9002', '0.9003', '0.9004', '0.9005', '0.9006']],
    [0.1, 0.5, ['0.10', '0.15', '0.20', '0.25', '0.30', '0.35', '0.40', '0.45', '0.50']],
  ])('from %d to %d are as many decimals as their step has', (low, high, expected) => {
    expect(valueWords(roundTicks(low, high))).toEqual(expected);
  });

  test('of samples are different where a few samples are zoomed into', () => {
    const ticks = [...logarithmicTicks(1.02, 1.38).labelled];
    const words = ticks.map((value) => tickWords(value, decimalsOf(ticks)));
    expect(new Set(words).size).toBe(words.length);
  });

  test('of a logarithmic axis are few, however long it is', () => {
    for (const [low, high] of [
      [0.8, 1e33],
      [1e-6, 1e6],
      [0.7, 2],
    ] as const) {
      const { lines, labelled } = logarithmicTicks(low, high);
      const words = powerWords(lines, labelled).filter((each) => each !== undefined);
      expect(words.length).toBeGreaterThan(1);
      expect(words.length).toBeLessThan(13);
      expect(new Set(words).size).toBe(words.length);
    }
  });
});

test('points between two gaps are drawn as points; places of other curves are no gaps', () => {
  expect(isolatedPoints([1, null, 2, null, 3, 4])).toEqual([0, 2]);
  expect(isolatedPoints([1, undefined, 2, undefined, null, undefined, 3])).toEqual([6]);
  expect(isolatedPoints([undefined, 5, undefined])).toEqual([1]);
});

test('the figure has no line where nothing was measured', () => {
  const gapped = curve([
    [1, 0.9],
    [2, 0.88],
    [3, null],
    [4, 0.85],
  ]);
  const svg = curvesSvg('Objective', [gapped], undefined, () => '#123456');
  const path = /<path d="([^"]*)" fill="none" stroke="#123456"/.exec(svg)![1]!;
  expect(path.match(/[ML]/g)).toEqual(['M', 'L']);
  expect(svg.match(/<circle/g)).toHaveLength(1);
});

test('a plot has its values in words', () => {
  expect(plotWords('Objective', [learning, exploding], { value: 0.81, words: 'optimum' })).toBe(
    'Objective against samples seen; a: 0.82 after 100; b, diverged: 7.0e+30 after 5; optimum: 0.81',
  );
});

test('curves that were kept differ in name and line', () => {
  const { experiment } = defaultPreset;
  const other = withChanged(experiment, 'bmvr', { rates: { ...experiment.settings.bmvr!.rates, W1: { eta0: 0.2 } } });
  const first = keptLabel('bmvr', experiment, defaultPreset, 1);
  const second = keptLabel('bmvr', other, defaultPreset, 2);
  expect(first).toBe('BMVR, k = 1, seed 1, kept');
  expect(second).toBe('BMVR, k = 1, seed 1, η W1 0.2, kept 2');
  expect(keptLabel('backprop', other, defaultPreset, 2)).not.toContain('η');
  const dashes = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => keptDash(number).join());
  expect(new Set(dashes).size).toBe(8);
});
