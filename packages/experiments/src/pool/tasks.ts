import type { MessagePort } from 'node:worker_threads';
import type { Samples } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import type { RunDataPlaces } from '../runs/data-sets.ts';
import type { RunOutcome } from '../runs/result.ts';

/** What every worker is given at its start: the data sets, in memory that all share. */
export type SharedData = readonly Samples[];

/** One run. */
export interface RunTask {
  readonly config: RunConfig;
  /** Where among the shared data its data lies. */
  readonly data: RunDataPlaces;
  /** Where the worker posts how many samples it has learned. */
  readonly progress: MessagePort;
}

/** One optimum: see core's `optimum`. */
export interface OptimumTask {
  readonly data: number;
  readonly hidden: number;
  readonly ridge: number;
}

/** A worker's answer. A user's mistake crosses threads as its message, because the class of an error would be lost. */
export type Answer<T> = { readonly value: T } | { readonly inputError: string };

/** The functions that run-worker.ts exports, by name. */
export interface WorkerFunctions {
  run(task: RunTask): Promise<Answer<RunOutcome>>;
  optimum(task: OptimumTask): Promise<Answer<number>>;
}
