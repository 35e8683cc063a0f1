import { fork } from 'node:child_process';
import { once } from 'node:events';
import { defaultRunConfig, hasDiverged, type RunConfig, runAll } from '@apical/experiments';
import { roundRobin } from '../round-robin.ts';
import { summarise } from '../statistics.ts';
import type { RunsTask } from './scaling-process.ts';

/** How runs go on side by side. */
export interface Arrangement {
  readonly processes: number;
  /** Worker threads of each process. */
  readonly workers: number;
}

/** Runs of a network on MNIST in one arrangement. */
export interface ScalingResult extends Arrangement {
  readonly network: ScaledNetwork;
  /** Runs finished in a second: the median. */
  readonly runsPerSecond: number;
  /** Over what the first arrangement finishes in the same round: the median. */
  readonly timesFirst: number;
}

/** Two processes share nothing: what they gain is what two cores of the machine do, and two workers of one process can. */
const arrangements: readonly Arrangement[] = [
  { processes: 1, workers: 1 },
  { processes: 1, workers: 2 },
  { processes: 2, workers: 1 },
];

const runs = 4;

/** BMVR with 64 mean-subtracted rectified units, and deep BMVR with three layers of 128; both sample by sample. */
export const scaledNetworks = ['bmvr', 'deep-bmvr'] as const;

export type ScaledNetwork = (typeof scaledNetworks)[number];

/** @param seconds about how long each run lasts; what is measured has starting processes and workers and loading the data in it */
export async function measureScaling(
  network: ScaledNetwork,
  rounds: number,
  seconds: number,
): Promise<ScalingResult[]> {
  const samples = Math.round(seconds / (await secondsOfSample(network)));
  const configs = Array.from({ length: runs }, (_, i) => run(network, i + 1, samples));
  const measured = await roundRobin(arrangements, rounds, (arrangement) => secondsOfRuns(configs, arrangement));
  return arrangements.map((arrangement, i) => ({
    network,
    ...arrangement,
    runsPerSecond: runs / summarise(measured[i]!).median,
    timesFirst: summarise(measured[i]!.map((time, round) => measured[0]![round]! / time)).median,
  }));
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

async function secondsOfRuns(configs: readonly RunConfig[], { processes, workers }: Arrangement): Promise<number> {
  const start = performance.now();
  const shares = Array.from({ length: processes }, (_, i) => configs.filter((_, j) => j % processes === i));
  await Promise.all(shares.map((share) => doInProcess({ configs: share, workers })));
  return (performance.now() - start) / 1000;
}

async function doInProcess(task: RunsTask): Promise<void> {
  const child = fork(new URL('./scaling-process.ts', import.meta.url));
  child.send(task);
  const [exitCode, signal] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`runs in a process of their own ended with ${signal ?? `exit code ${exitCode}`}`);
}
