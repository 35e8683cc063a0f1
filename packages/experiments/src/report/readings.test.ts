import { probeReadings as readingsOf } from '@apical/core';
import { expect, test } from 'vitest';
import { probeReadings } from './readings.ts';

test('signals that a rule says are probed are drawn together, each by its name and what is known of it', () => {
  const names = readingsOf('signals', { rule: 'burstprop', hidden: 3 });
  const [group, ...others] = probeReadings(['objective', ...names]);
  expect(others).toEqual([]);
  expect(group?.title).toBe('Signals');
  expect(group?.readings.map(({ name }) => name)).toEqual(names);
  expect(group?.readings.map(({ label }) => label)).toContain('p1.taught: upper quartile');
});
