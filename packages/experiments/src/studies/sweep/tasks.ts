import type { ModelNotes, Samples } from '@apical/core';
import type { RunConfig } from '../../config/run-config.ts';
import type { RunDataPlaces } from '../../runs/data-sets.ts';

/** What every worker of a sweep is given at its start. */
export interface SweepShared {
  /** The data sets, in memory that all workers read. */
  readonly samples: readonly Samples[];
  /** One number: not zero when all runs are to write a checkpoint and stop. */
  readonly stop: Int32Array;
  /** How long a run learns between two checkpoints. */
  readonly checkpointSeconds: number;
}

export interface SweepTask {
  readonly config: RunConfig;
  /** Where its data lies in the shared samples. */
  readonly data: RunDataPlaces;
  readonly dataSha256: Readonly<Record<string, string>>;
  /** What its model is to remember of the data. */
  readonly notes: ModelNotes;
  /** The folder to do the run in; it may have the beginning of it. */
  readonly folder: string;
  readonly keepWeights: boolean;
}

/** How a run left its worker. */
export type SweepAnswer =
  | { readonly kind: 'ended'; readonly repairs: readonly string[]; readonly warnings: readonly string[] }
  /** It was told to stop, and has written a checkpoint. */
  | { readonly kind: 'stopped' }
  /** It could not be done: a user's mistake, a full disk. */
  | { readonly kind: 'failed'; readonly reason: string };
