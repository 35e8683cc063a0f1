import { join } from 'node:path';
import { DivergenceError, FailureError, type Matrix } from '@apical/core';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { streamOfRun } from '../config/stream-of-run.ts';
import type { OwnPlaces } from '../own-data/read-own-data.ts';
import { ensureRule } from '../rules/load-rule.ts';
import { endFile } from './checkpoint.ts';
import { CheckpointTimer } from './checkpoint-timer.ts';
import { DataSets, dataAt } from './data-sets.ts';
import { learn } from './learn.ts';
import type { RunEvaluation, RunResult } from './result.ts';
import { runFiles } from './run-files.ts';
import { RunFolder } from './run-folder.ts';
import { RunLock } from './run-lock.ts';
import { readSummary } from './summary-file.ts';
import { inspectRun, withoutChecksum } from './verify-run.ts';

export interface RunTrainingOptions {
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string | undefined;
  /** Where data of one's own lie now, where they do not lie as the config names them. */
  readonly places?: OwnPlaces | undefined;
  /** Weights to start from, instead of the config's. */
  readonly weights?: Readonly<Record<string, Matrix>> | undefined;
  /** A folder to keep the run in: see `RunFolder`. Where it holds the beginning of this run, the run goes on from there. */
  readonly folder?: string | undefined;
  /** Whether the folder has the run to fewer samples, to its end: it goes on from there. */
  readonly extends?: boolean | undefined;
  /** How long to learn between two checkpoints in the folder. Default: 30. */
  readonly checkpointSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once the data are there, and are those of the config. */
  readonly onData?: (() => void) | undefined;
  readonly onProgress?: ((samplesSeen: number) => void) | undefined;
  /** Told of every evaluation, those that the folder has already included. */
  readonly onEvaluation?: ((evaluation: RunEvaluation) => void) | undefined;
  /** Told, in words, what was found in the folder, and of data that are not known to be the official ones. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Told, in words, what goes wrong by the theory of the rule, each kind once; what the folder already has included. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/**
 * Does one run in this thread: loads the data set, learns, evaluates. A run that its folder has to the end is read, not
 * repeated.
 *
 * @throws InputError where the data set is not there, the folder cannot be used or another process is at work in it, the
 *   settings do not fit the data set, or the rule's module has changed; DivergenceError; the signal's reason. The folder then has what it needs to go on.
 */
export async function runTraining(config: RunConfig, options: RunTrainingOptions = {}): Promise<RunResult> {
  const { directory, places, folder, weights, signal, onData, onNote } = options;
  signal?.throwIfAborted();
  await ensureRule(config);
  const sets = await DataSets.load([config], { directory, places, signal, onNote });
  onData?.();
  const rule = ruleOf(config);
  // What cannot be shown to it leaves no folder.
  if (rule?.time !== undefined) streamOfRun(config, rule);
  if (folder === undefined) return await learnInto(undefined, config, sets, options);
  // A run that has ended is only read.
  const lock = readSummary(folder) && !options.extends ? undefined : await RunLock.take(folder, { signal, onNote });
  try {
    const check = () => lock?.check();
    if (options.extends) await extend(folder, config, sets, { ...options, check });
    const kept = await RunFolder.open(folder, config, sets.sha256(config), weights, { check });
    for (const repair of kept.repairs) onNote?.(repair);
    if (kept.resumption && !kept.isSealed) onNote?.(withoutChecksum(join(folder, runFiles.config)));
    return await (kept.summary ? endedResult(config, folder, kept, options) : learnInto(kept, config, sets, options));
  } finally {
    await lock?.release();
  }
}

async function extend(
  folder: string,
  config: RunConfig,
  sets: DataSets,
  { weights, onNote, check }: RunTrainingOptions & { readonly check: () => void },
): Promise<void> {
  const { problems } = inspectRun(folder);
  if (problems.length > 0) throw new FailureError(problems.join('; '));
  const goesOn = await RunFolder.extend(folder, config, sets.sha256(config), weights, { check });
  if (!goesOn) onNote?.(`${join(folder, endFile)}: is missing, so that all samples are learned again`);
}

async function learnInto(
  kept: RunFolder | undefined,
  config: RunConfig,
  sets: DataSets,
  { weights, checkpointSeconds, signal, onProgress, onEvaluation, onNote, onWarning }: RunTrainingOptions,
): Promise<RunResult> {
  const from = kept?.resumption;
  if (from) onNote?.(`goes on from sample ${from.samples.toLocaleString('en')}`);
  for (const text of Object.values(from?.warnings ?? {})) onWarning?.(text);
  for (const evaluation of from?.evaluations ?? []) onEvaluation?.(evaluation);
  try {
    const result = await learn(config, dataAt(sets.shared, sets.places(config)), {
      ...(weights && { weights }),
      from,
      checkpoints:
        kept &&
        new CheckpointTimer(
          (checkpoint) => kept.checkpoint(checkpoint),
          checkpointSeconds,
          (checkpoint) => kept.end(checkpoint),
        ),
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
      onWarning: (kind, text) => {
        kept?.warn(kind, text);
        onWarning?.(text);
      },
      onEvaluation: (evaluation) => {
        kept?.append(evaluation);
        onEvaluation?.(evaluation);
      },
    });
    const { notes, samples } = sets.get(config.data);
    await kept?.finish(result, notes, samples);
    return result;
  } catch (error) {
    if (error instanceof DivergenceError) kept?.diverge(error.sample);
    throw error;
  }
}

/** The result of a run as its folder has it. @throws FailureError where the folder has not what the run wrote */
function endedResult(
  config: RunConfig,
  folder: string,
  kept: RunFolder,
  { onEvaluation, onNote, onWarning }: RunTrainingOptions,
): RunResult {
  const { summary } = kept;
  const { problems, unchecked } = inspectRun(folder);
  if (problems.length > 0) {
    throw new FailureError(`${problems.join('; ')}; to do the run again, delete ${join(folder, runFiles.summary)}`);
  }
  for (const path of unchecked) onNote?.(withoutChecksum(path));
  const evaluations = kept.metrics.read();
  for (const text of Object.values(summary?.warnings ?? {})) onWarning?.(text);
  for (const evaluation of evaluations) onEvaluation?.(evaluation);
  if (summary?.status !== 'finished') throw new DivergenceError(summary?.divergedAt ?? 0, config.rule);
  onNote?.('was finished already: nothing was done');
  const { objective, confusion = {}, weightsSha256, seconds, warnings } = summary;
  const recorded = kept.recorded();
  return {
    ...{ config, evaluations, objective, confusion, weights: kept.weights(), weightsSha256, seconds },
    ...(recorded && { recorded }),
    ...(warnings && { warnings }),
  };
}
