import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import { groupOf } from '../runs/group.ts';
import { rangeOf, readingChart } from './group-charts.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('lines are within the axis, however far from the values, and so are half of these at least', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.array(value), (values, lines) => {
      const points = values.map((mean, x) => ({ x, mean, low: mean, high: mean }));
      const [low, high] = rangeOf(
        points,
        lines.map((at) => ({ at })),
      );
      expect(lines.every((at) => low < at && at < high)).toBe(true);
      expect(values.filter((mean) => low <= mean && mean <= high).length).toBeGreaterThanOrEqual(values.length / 2);
    }),
  );
});

/** A run in time of a rule that has steps of so many ms, and one reading. */
function inTime(dt: number, name: string) {
  const set = 'stream:poisson?cells=2;gE=constant?value=9';
  const config = {
    ...defaultRunConfig('dendritic-prediction', set),
    parameters: { dt },
    samples: 20,
    evaluateAt: [10, 20],
  };
  const evaluations = [10, 20].map((samples) => ({ samples, objective: 1, probes: { [name]: samples } }));
  return { label: name, group: groupOf([{ config, evaluations }]) };
}

test('runs in time are drawn against time, each by its own step; beside others that have the reading, against samples', () => {
  const [fine, coarse] = [inTime(0.1, 'rms.soma'), inTime(0.2, 'rms.soma')];
  const places = (groups: Parameters<typeof readingChart>[0]) => {
    const { x, series } = readingChart(groups, { name: 'rms.soma', label: '' })!;
    return [x.label, ...series.map(({ curve }) => curve.map((point) => point.x))];
  };
  expect(places([fine, coarse])).toEqual(['time, ms', [1, 2], [2, 4]]);
  const config = { ...defaultRunConfig('bmvr', 'mnist'), samples: 10, evaluateAt: [10] };
  const other = (reading: string) => {
    const evaluations = [{ samples: 10, objective: 1, probes: { [reading]: 3 } }];
    return { label: 'other', group: groupOf([{ config, evaluations }]) };
  };
  expect(places([fine, other('energy')])).toEqual(['time, ms', [1, 2]]);
  expect(places([fine, other('rms.soma')])).toEqual(['samples seen', [10, 20], [10]]);
});
