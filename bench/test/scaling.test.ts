import { expect, test } from 'vitest';
import { measureScaling } from '../src/parts/scaling.ts';

test('runs go on in one process and in two, over one worker and over two, beside the first arrangement', async () => {
  const results = await measureScaling('bmvr', 1, 0.01);
  expect(results).toMatchObject([
    { processes: 1, workers: 1, timesFirst: 1 },
    { processes: 1, workers: 2 },
    { processes: 2, workers: 1 },
  ]);
  const [first, ...others] = results;
  for (const { runsPerSecond, timesFirst } of others) {
    expect(runsPerSecond / first!.runsPerSecond).toBeCloseTo(timesFirst, 12);
  }
}, 60_000);
