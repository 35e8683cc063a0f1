import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { hasDiverged, type RunOutcome, type RunResult } from '../runs/result.ts';
import { runTraining } from '../runs/run-training.ts';
import { runAll } from './run-all.ts';

/** A run of a fraction of a second, on images that ship with the program. */
function shortRun(rule: string, set: string, seed: number, samples = 3000): RunConfig {
  return { ...defaultRunConfig(rule, set), samples, evaluateAt: [samples / 2, samples], seed };
}

/** A run that no test waits for. */
function longRun(seed: number): RunConfig {
  return { ...shortRun('bmvr', 'mnist', seed), hidden: 64, samples: 1e9, evaluateAt: [1e9] };
}

/** A run at rates that no network survives. */
function divergingRun(seed: number): RunConfig {
  return { ...shortRun('backprop', 'mnist', seed), rates: { W1: { eta0: 1e4 }, W2: { eta0: 1e4 } } };
}

function finished(outcome: RunOutcome | undefined): RunResult {
  if (outcome === undefined || hasDiverged(outcome)) throw new Error('the run did not finish');
  return outcome;
}

const configs = [
  shortRun('bmvr', 'mnist', 1),
  shortRun('backprop', 'fashion-mnist', 2),
  shortRun('bmvr', 'fashion-mnist', 3, 6000),
  shortRun('backprop', 'mnist', 1),
];

test('one worker, two workers and the thread of the caller compute the same bits', async () => {
  const alone = await Promise.all(configs.map((config) => runTraining(config)));
  const essence = ({ config, weightsSha256, evaluations }: RunResult) => ({ config, weightsSha256, evaluations });
  for (const workers of [1, 2]) {
    const outcomes = await runAll(configs, { workers });
    expect(outcomes.map((outcome) => essence(finished(outcome)))).toEqual(alone.map(essence));
  }
  const reversed = await runAll(configs.toReversed(), { workers: 2 });
  expect(reversed.toReversed().map((outcome) => essence(finished(outcome)))).toEqual(alone.map(essence));
});

test('tells how far the runs are, at the latest when they have finished', async () => {
  const seen = configs.map((): number[] => []);
  const order: number[] = [];
  await runAll(configs, {
    workers: 2,
    onProgress: (run, samplesSeen) => seen[run]?.push(samplesSeen),
    onFinished: (run) => order.push(run),
  });
  expect(order.toSorted()).toEqual([0, 1, 2, 3]);
  seen.forEach((counts, run) => {
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(configs[run]?.samples);
  });
});

test('a run that diverges is a result, and stops no other', async () => {
  const [diverged, other] = await runAll([divergingRun(1), shortRun('bmvr', 'mnist', 1)]);
  expect(diverged).toMatchObject({ config: divergingRun(1), evaluations: [] });
  expect(diverged && hasDiverged(diverged) && diverged.divergedAt).toBeLessThan(1500);
  expect(finished(other).objective).toBeLessThan(1);
});

test('aborting stops all runs at once and keeps those that have finished', async () => {
  const controller = new AbortController();
  const kept: number[] = [];
  const runs = runAll([longRun(1), shortRun('bmvr', 'mnist', 1), longRun(2)], {
    workers: 3,
    signal: controller.signal,
    onFinished: (run) => {
      kept.push(run);
      controller.abort(new Error('enough'));
    },
  });
  await expect(runs).rejects.toThrow('enough');
  expect(kept).toEqual([1]);
});

test('what is aborted before it begins does not begin', async () => {
  const signal = AbortSignal.abort(new Error('never mind'));
  await expect(runAll([longRun(1)], { signal })).rejects.toThrow('never mind');
});

test("a thread that fails ends the runs with the run's name and the reason", async () => {
  const tooLarge = { ...shortRun('bmvr', 'mnist', 7), hidden: 32_768 };
  await expect(runAll([tooLarge, longRun(1)])).rejects.toThrow(
    /^the worker thread that computed bmvr on mnist with seed 7 failed: .*memory/,
  );
});

test("a user's mistake stays one when a worker finds it", async () => {
  const { Q, ...rates } = defaultRunConfig('bmvr', 'mnist').rates;
  const mistake = { ...shortRun('bmvr', 'mnist', 1), rates };
  await expect(runAll([mistake])).rejects.toThrow(InputError);
  await expect(runAll([mistake])).rejects.toThrow(/bmvr on mnist with seed 1: .*Q/);
});

test('no runs need no workers; a number of workers that is none is refused', async () => {
  expect(await runAll([])).toEqual([]);
  await expect(runAll([], { workers: 0 })).rejects.toThrow(
    'the number of workers must be a whole number from 1, not 0',
  );
});
