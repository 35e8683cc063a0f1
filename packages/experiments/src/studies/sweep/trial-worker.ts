/** What runs in the threads of a sweep. */
import { DivergenceError, InputError } from '@apical/core';
import Tinypool from 'tinypool';
import { CheckpointTimer } from '../../runs/checkpoint-timer.ts';
import { dataAt } from '../../runs/data-sets.ts';
import { learn } from '../../runs/learn.ts';
import { RunFolder } from '../../runs/run-folder.ts';
import type { SweepAnswer, SweepShared, SweepTask } from './tasks.ts';

const { samples, stop, checkpointSeconds }: SweepShared = Tinypool.workerData;

/** Does a run in its folder, from where the folder has it. */
export async function run(task: SweepTask): Promise<SweepAnswer> {
  const stopping = new AbortController();
  try {
    const options = { durable: false, weights: task.keepWeights };
    const folder = await RunFolder.open(task.folder, task.config, task.dataSha256, undefined, options);
    const warnings: string[] = [];
    if (folder.summary === undefined) await learnInto(folder, task, stopping, warnings);
    return { kind: 'ended', repairs: folder.repairs, warnings };
  } catch (error) {
    if (stopping.signal.aborted) return { kind: 'stopped' };
    if (error instanceof InputError) return { kind: 'failed', reason: error.message };
    throw error;
  }
}

async function learnInto(
  folder: RunFolder,
  { config, data, notes, keepWeights }: SweepTask,
  stopping: AbortController,
  warnings: string[],
): Promise<void> {
  const stopIfTold = () => {
    if (Atomics.load(stop, 0) !== 0) stopping.abort(new Error('stopped'));
  };
  stopIfTold();
  try {
    const found = dataAt(samples, data);
    const result = await learn(config, found, {
      from: folder.resumption,
      checkpoints: new CheckpointTimer(
        (checkpoint) => folder.checkpoint(checkpoint),
        checkpointSeconds,
        keepWeights ? (checkpoint) => folder.end(checkpoint) : undefined,
      ),
      signal: stopping.signal,
      onWarning: (kind, text) => {
        folder.warn(kind, text);
        warnings.push(text);
      },
      onProgress: stopIfTold,
      onEvaluation: (evaluation) => folder.append(evaluation),
    });
    await folder.finish(result, notes, found.samples);
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    folder.diverge(error.sample);
  }
}
