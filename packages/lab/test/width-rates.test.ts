import { expect, test } from 'vitest';
import { settingsOf, withChanged } from '../src/page/experiment/experiment.ts';
import { findPreset } from '../src/page/experiment/presets.ts';
import { runConfigOf } from '../src/page/experiment/run-config.ts';
import { withHidden } from '../src/page/experiment/width-rates.ts';

const { experiment } = findPreset('figure-3/mnist')!;

test('rates of the preset follow k up and down again; η k stays', () => {
  const ten = withHidden(experiment, experiment, 10);
  for (const rule of experiment.rules) {
    for (const { eta0 } of Object.values(settingsOf(ten, rule).rates)) expect(eta0 * 10).toBeCloseTo(0.02, 10);
    expect(() => runConfigOf(ten, rule)).not.toThrow();
  }
  const twenty = withHidden(ten, experiment, 20);
  expect(settingsOf(twenty, 'bmvr').rates.W1).toEqual({ eta0: 0.001, t0: 1e4 });
  expect(withHidden(twenty, experiment, 1)).toEqual(experiment);
});

test('rates that somebody chose stay', () => {
  const own = withChanged(experiment, 'bmvr', { rates: { W1: { eta0: 0.5 }, W2: { eta0: 0.5 }, Q: { eta0: 0.5 } } });
  const ten = withHidden(own, experiment, 10);
  expect(settingsOf(ten, 'bmvr')).toEqual(settingsOf(own, 'bmvr'));
  expect(settingsOf(ten, 'backprop').rates.W1?.eta0).toBeCloseTo(0.002, 10);
});

test('networks of another kind, and those of Table 1, are left alone', () => {
  const { settings } = withHidden(experiment, experiment, [10, 10]);
  expect(settings).toEqual(experiment.settings);
  const table = findPreset('table-1/64')!.experiment;
  expect(withHidden(table, table, 256).settings).toEqual(table.settings);
});
