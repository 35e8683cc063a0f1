import { probeReadings as readingsOf } from '@apical/core';
import { expect, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import { groupOf } from '../runs/group.ts';
import { numberedCharts } from './numbered-readings.ts';
import { probeReadings } from './readings.ts';

const network = { rule: 'predictive-coding', hidden: [3, 3], parameters: { steps: 2 } };
const names = readingsOf('energy-steps', network);

test('energies while settling are drawn against its steps, where they were measured last, and nowhere else', () => {
  const config = { ...defaultRunConfig('predictive-coding', 'mnist'), samples: 20, evaluateAt: [10, 20] };
  const evaluations = [1, 2].map((at) => ({
    samples: 10 * at,
    objective: 1,
    probes: Object.fromEntries(names.map((name, i) => [name, 100 * at + i])),
  }));
  const group = groupOf([{ config, evaluations }]);
  const [{ charts, hasOptimum } = { charts: [], hasOptimum: true }] = numberedCharts([{ label: 'one', group }]);
  expect(hasOptimum).toBe(false);
  expect(charts.map(({ part }) => part)).toEqual(['total', 'layer1', 'layer2', 'layer3']);
  for (const [i, { chart }] of charts.entries()) {
    expect(chart.x).toMatchObject({ domain: [0, 2], linear: true });
    expect(chart.series.map(({ curve }) => curve.map(({ x, mean }) => [x, mean]))).toEqual([
      [
        [0, 200 + i],
        [1, 204 + i],
        [2, 208 + i],
      ],
    ]);
  }
  expect(probeReadings(names)).toEqual([]);
  expect(numberedCharts([{ label: 'none', group: { ...group, curves: {} } }])).toEqual([]);
});

test.each([
  ['output-spectrum', 'variance', 'similarity-matching'],
  ['canonical-correlations', 'correlation', 'bio-cca'],
])('%s is drawn as a spectrum with its optimum, and not number by number', (probe, what, rule) => {
  const names = readingsOf(probe, { rule, hidden: 3 });
  const config = { ...defaultRunConfig(rule, 'mnist'), samples: 20, evaluateAt: [10, 20] };
  const readAt = (name: string, at: number) =>
    (name.includes('optimum') ? 7 : at) + Number(/\d+$/.exec(name)?.[0] ?? 0);
  const evaluations = [1, 2].map((at) => ({
    samples: 10 * at,
    objective: 1,
    probes: Object.fromEntries(names.map((name) => [name, readAt(name, at)])),
  }));
  const group = groupOf([{ config, evaluations }]);
  const [{ charts, hasOptimum } = { charts: [], hasOptimum: false }] = numberedCharts([{ label: 'one', group }]);
  expect(hasOptimum).toBe(true);
  expect(charts.map(({ part }) => part)).toEqual([what]);
  const [series] = charts[0]!.chart.series;
  expect(series?.curve.map(({ x, mean }) => [x, mean])).toEqual([
    [1, 3],
    [2, 4],
    [3, 5],
  ]);
  expect(series?.points?.map(({ x, mean }) => [x, mean])).toEqual([
    [1, 8],
    [2, 9],
    [3, 10],
  ]);
  expect(probeReadings(names).map(({ title }) => title)).not.toContain('Other readings');
  expect(probeReadings(names).flatMap(({ readings }) => readings.map(({ name }) => name))).not.toContain(
    `${probe}.${what}1`,
  );
});

test.each([
  ['principal-subspace', 'similarity-matching', 0],
  ['reduced-rank', 'reduced-rank-regression', 5],
])('what %s reads has a title of its own', (probe, rule, labels) => {
  const names = readingsOf(probe, { rule, hidden: 3, ...(labels > 0 && { labels }) });
  expect(names.length).toBeGreaterThan(2);
  expect(probeReadings(names).map(({ title }) => title)).not.toContain('Other readings');
});
