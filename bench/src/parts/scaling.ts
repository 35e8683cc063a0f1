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

/** @param seconds about how long each run lasts; what is measured has starting the workers and loading the data in it */
export async function measureScaling(
  workers: readonly number[],
  rounds: number,
  seconds: number,
): Promise<ScalingResult[]> {
  // Of a short and a long run, so that what starting takes does not count.
  const [short, long] = [1000, 51_000];
  const startingAndShort = await secondsOfRuns([run(1, short)], 1);
  const taken = (await secondsOfRuns([run(1, long)], 1)) - startingAndShort;
  const samples = Math.max(short, Math.round(((long - short) * seconds) / Math.max(taken, 0.01)));
  const configs = Array.from({ length: runs }, (_, i) => run(i + 1, samples));
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
