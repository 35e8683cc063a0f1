import { defaultRunConfig, type RunConfig, runAll } from '@apical/experiments';
import { roundRobin } from '../round-robin.ts';
import { summarise } from '../statistics.ts';

/** Runs of mean-subtracted ReLU, k = 64, on MNIST, over worker threads. */
export interface ScalingResult {
  readonly workers: number;
  /** Runs finished in a second: the median. */
  readonly runsPerSecond: number;
}

const runs = 4;

/** @param seconds about how long each run lasts; starting the workers and loading the data count as well */
export async function measureScaling(
  workers: readonly number[],
  rounds: number,
  seconds: number,
): Promise<ScalingResult[]> {
  const probe = 2000;
  const taken = await secondsOfRuns([run(1, probe)], 1);
  const samples = Math.max(probe, Math.round((probe * seconds) / taken));
  const longer = await secondsOfRuns([run(1, samples)], 1);
  const enough = Math.max(samples, Math.round((samples * seconds) / longer));
  const configs = Array.from({ length: runs }, (_, i) => run(i + 1, enough));
  const measured = await roundRobin(workers, rounds, (count) => secondsOfRuns(configs, count));
  return workers.map((count, i) => ({ workers: count, runsPerSecond: runs / summarise(measured[i]!).median }));
}

function run(seed: number, samples: number): RunConfig {
  const rates = { W1: { eta0: 2 ** -12 }, W2: { eta0: 2 ** -12 }, Q: { eta0: 2 ** -10 } };
  return {
    ...defaultRunConfig('bmvr', 'mnist'),
    ...{ hidden: 64, activation: 'relu', meanRate: 1e-4, ridge: 0, rates, samples, evaluateAt: [], seed },
  };
}

async function secondsOfRuns(configs: readonly RunConfig[], workers: number): Promise<number> {
  const start = performance.now();
  await runAll(configs, { workers });
  return (performance.now() - start) / 1000;
}
