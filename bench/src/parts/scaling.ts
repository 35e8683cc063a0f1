import { defaultRunConfig, hasDiverged, type RunConfig, runAll } from '@apical/experiments';
import { roundRobin } from '../round-robin.ts';
import { summarise } from '../statistics.ts';

/** Runs of a network on MNIST, over worker threads. */
export interface ScalingResult {
  readonly network: ScaledNetwork;
  readonly workers: number;
  /** Runs finished in a second: the median. */
  readonly runsPerSecond: number;
}

const runs = 4;

/** BMVR with 64 mean-subtracted rectified units, and deep BMVR with three layers of 128; both sample by sample. */
export const scaledNetworks = ['bmvr', 'deep-bmvr'] as const;

export type ScaledNetwork = (typeof scaledNetworks)[number];

/** @param seconds about how long each run lasts; what is measured has starting the workers and loading the data in it */
export async function measureScaling(
  network: ScaledNetwork,
  workers: readonly number[],
  rounds: number,
  seconds: number,
): Promise<ScalingResult[]> {
  const samples = Math.round(seconds / (await secondsOfSample(network)));
  const configs = Array.from({ length: runs }, (_, i) => run(network, i + 1, samples));
  const measured = await roundRobin(workers, rounds, (count) => secondsOfRuns(configs, count));
  return workers.map((count, i) => ({ network, workers: count, runsPerSecond: runs / summarise(measured[i]!).median }));
}

/** How long a run takes for a sample, without starting: one of half a second at least, in which what V8 takes to optimise the kernels is little. */
async function secondsOfSample(network: ScaledNetwork): Promise<number> {
  for (let samples = 4000; ; samples *= 4) {
    const [outcome] = await runAll([run(network, 1, samples)], { workers: 1 });
    if (!outcome || hasDiverged(outcome)) throw new Error(`${network} diverged`);
    if (outcome.seconds >= 0.5) return outcome.seconds / samples;
  }
}

function run(network: ScaledNetwork, seed: number, samples: number): RunConfig {
  const common = { ...defaultRunConfig(network, 'mnist'), samples, evaluateAt: [], seed };
  if (network === 'deep-bmvr') {
    const rates = { W: { eta0: 2 ** -8 }, V: { eta0: 2 ** -10 }, Q: { eta0: 2 ** -10 } };
    return { ...common, hidden: [128, 128, 128], activation: 'relu', rates };
  }
  const rates = { W1: { eta0: 2 ** -12 }, W2: { eta0: 2 ** -12 }, Q: { eta0: 2 ** -10 } };
  return { ...common, hidden: 64, activation: 'relu', meanRate: 1e-4, ridge: 0, rates };
}

async function secondsOfRuns(configs: readonly RunConfig[], workers: number): Promise<number> {
  const start = performance.now();
  await runAll(configs, { workers });
  return (performance.now() - start) / 1000;
}
