import { probeReadings as readingsOf } from '@apical/core';
import { expect, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import { groupOf } from '../runs/group.ts';
import { energyStepCharts } from './energy-steps.ts';
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
  const charts = energyStepCharts([{ label: 'one', group }]);
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
  expect(energyStepCharts([{ label: 'none', group: { ...group, curves: {} } }])).toEqual([]);
});
