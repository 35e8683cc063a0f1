import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  FailureError,
  InputError,
  type Matrix,
  type ModelNotes,
  readSafetensors,
  type Samples,
  writeModel,
  writeSafetensors,
} from '@apical/core';
import { readNpz, writeNpz } from '@apical/data';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { describeDifferences, differences } from '../config/settings.ts';
import { inOrder, synapseNamesIfAny } from '../config/synapse-names.ts';
import { isTemporary, makeFolder, type WriteOptions, writeAtomically } from '../files/atomic-write.ts';
import { jsonIfSound, readBytes } from '../files/read-file.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { type Checkpoint, endFile, readEnd, removeCheckpoints, writeCheckpoint, writeEnd } from './checkpoint.ts';
import { learnedModel } from './learned-model.ts';
import { MetricsLog } from './metrics-log.ts';
import type { Recorded } from './recorder.ts';
import type { RunEvaluation, RunResult } from './result.ts';
import { findResumption, type Resumption } from './resumption.ts';
import { runFiles } from './run-files.ts';
import { hasChecksum, isBegun, recordOf, withoutSum } from './run-record.ts';
import { recordText, summaryText } from './sealed.ts';
import { divergedSummary, finishedSummary, type Summary } from './summary.ts';
import { readSummary, readSummaryFile } from './summary-file.ts';

export interface RunFolderOptions extends WriteOptions {
  /** Whether to keep the final weights. Default: yes. */
  readonly weights?: boolean;
  /** Called before anything is written while the run goes on; throws where the folder is another process's by now. */
  readonly check?: () => void;
}

/**
 * A run on disk:
 *
 *     config.json           the run's config; in `recorded` the program's version and the SHA-256 sums of the data files
 *                           (and of the weights it started from, where they were given): together all that determines it, under
 *                           a SHA-256
 *     start.safetensors     the weights it started from, where they were given
 *     metrics.jsonl         an evaluation a line, as they come, each with a CRC-32C
 *     checkpoint.snapshot   where it stands, and checkpoint.previous.snapshot where it stood before; gone when it has ended
 *     end.snapshot          where it stood at its end, so that it can learn more samples; where it keeps its weights
 *     weights.safetensors   the final model (see `saveModel`), with config.json in the metadata
 *     recorded.npz          what the config has recorded of a run in time: see `Recorded`
 *     .lock/                which process does it, while one does: see `RunLock`
 *     summary.json          how it ended, and the SHA-256 sums of the others and its own; written last: where it is, the run is
 *                           finished, or has diverged
 *
 * Whatever instant the process is killed at, opening the folder again finds where to go on, and the end is the same, bit for
 * bit: what is beyond the checkpoint is taken back and done again.
 */
export class RunFolder {
  /** How the run ended, if it has. */
  readonly summary: Summary | undefined;
  /** Where to go on, if the run has begun and not ended. */
  readonly resumption: Resumption | undefined;
  /** What of the folder was damaged, in words. */
  readonly repairs: readonly string[];
  /** Whether what it holds has checksums: not if an earlier version began the run. */
  readonly isSealed: boolean;
  readonly metrics: MetricsLog;
  readonly #directory: string;
  readonly #config: RunConfig;
  readonly #record: string;
  readonly #options: RunFolderOptions;
  readonly #warnings: Record<string, string>;
  #last: Checkpoint | undefined;

  private constructor(directory: string, config: RunConfig, record: string, options: RunFolderOptions) {
    this.#directory = directory;
    this.#config = config;
    this.#record = record;
    this.#options = options;
    this.metrics = new MetricsLog(join(directory, runFiles.metrics));
    const summary = readSummaryFile(directory);
    this.summary = summary?.value;
    this.isSealed = hasChecksum(directory);
    const { resumption, repairs } = this.summary ? ended : findResumption(directory, config, this);
    const onward = resumption ? `goes on from sample ${resumption.samples}` : 'starts anew';
    const problems = (summary?.problems ?? []).map((problem) => `${join(directory, runFiles.summary)}: ${problem}`);
    this.resumption = resumption;
    this.#warnings = { ...resumption?.warnings };
    this.repairs = [...problems, ...repairs].map((problem) => `${problem}; the run ${onward}`);
  }

  /**
   * Makes the folder of a run, or opens that of the same run to go on with it.
   *
   * @param dataSha256 the SHA-256 sums of the files of its data set
   * @param start weights to start from, instead of the config's
   * @throws InputError where the folder cannot be written, or holds something else, or its settings were changed since
   */
  static async open(
    directory: string,
    config: RunConfig,
    dataSha256: Readonly<Record<string, string>>,
    start?: Readonly<Record<string, Matrix>>,
    options: RunFolderOptions = {},
  ): Promise<RunFolder> {
    const record = await recordOf(config, dataSha256, start);
    const text = recordText(record);
    makeFolder(directory);
    if (!isBegun(directory, record)) {
      if (start) writeAtomically(join(directory, runFiles.start), writeSafetensors(start), options);
      writeAtomically(join(directory, runFiles.config), text, options);
    }
    const folder = new RunFolder(directory, config, text, options);
    if (!folder.summary) folder.#prepare();
    return folder;
  }

  /**
   * Makes the folder of a run that has finished one of a run that is to learn more samples and stands where that one ended. Whatever
   * instant the process is killed at, the folder is that of the one or of the other; at worst it has to begin anew.
   *
   * @returns whether it goes on from there; if not, it learns all samples again
   * @throws InputError where the run has not finished, or other settings than `samples` and `evaluateAt` are new; FailureError where
   *   the folder has not what the run wrote
   */
  static async extend(
    directory: string,
    config: RunConfig,
    dataSha256: Readonly<Record<string, string>>,
    start?: Readonly<Record<string, Matrix>>,
    options: RunFolderOptions = {},
  ): Promise<boolean> {
    const summary = readSummary(directory);
    if (summary?.status !== 'finished') throw new InputError(`${directory}: the run has not finished; resume it first`);
    const record = await recordOf(config, dataSha256, start);
    const before = withoutSum(jsonIfSound(join(directory, runFiles.config)) as Record<string, unknown>);
    const changes = differences(before, record).filter(({ path }) => !['samples', 'evaluateAt'].includes(path));
    if (changes.length > 0) throw new InputError(`${directory}: holds another run (${describeDifferences(changes)})`);
    const end = readEnd(directory);
    options.check?.();
    rmSync(join(directory, runFiles.summary));
    removeCheckpoints(directory);
    writeAtomically(join(directory, runFiles.config), recordText(record), options);
    if (end) writeCheckpoint(directory, { ...end, seconds: summary.seconds, config });
    return end !== undefined;
  }

  /** Keeps an evaluation. @throws InputError where the system refuses it */
  append(evaluation: RunEvaluation): void {
    this.#options.check?.();
    this.metrics.append(evaluation);
  }

  /** Takes down what goes wrong by the theory of the rule: kept by checkpoints, and at the end. */
  warn(kind: string, text: string): void {
    this.#warnings[kind] = text;
  }

  /** Takes down where the run stands at its end: kept by `finish`, where it keeps the weights. */
  end(checkpoint: Checkpoint): void {
    this.#last = checkpoint;
  }

  /** Keeps a checkpoint; the evaluations before it first. @throws InputError where the system refuses it */
  checkpoint(checkpoint: Checkpoint): void {
    this.#options.check?.();
    this.metrics.sync();
    writeCheckpoint(this.#directory, this.#kept(checkpoint));
  }

  /**
   * Ends the folder of a run that has learned all its samples.
   * @param notes what is known of these. @param sizes how many numbers their inputs and labels have
   */
  async finish(result: RunResult, notes: ModelNotes, sizes: Pick<Samples, 'inputs' | 'labels'>): Promise<void> {
    this.#options.check?.();
    if (this.#options.weights !== false) {
      const metadata = { config: JSON.stringify(JSON.parse(this.#record)) };
      const model = await writeModel({ ...learnedModel(result, sizes), ...notes, metadata });
      writeAtomically(join(this.#directory, runFiles.weights), model, this.#options);
      // The seconds are in the summary: but for these the file is the same whenever the run was interrupted.
      if (this.#last) writeEnd(this.#directory, { ...this.#kept(this.#last), seconds: 0 }, this.#options);
    }
    if (result.recorded) {
      writeAtomically(join(this.#directory, runFiles.recorded), writeNpz(result.recorded), this.#options);
    }
    this.#end(finishedSummary(result, this.#warnings, this.#checksums()));
  }

  /** Ends the folder of a run that has diverged. */
  diverge(divergedAt: number): void {
    this.#options.check?.();
    this.#end(divergedSummary(divergedAt, this.#warnings, this.#checksums()));
  }

  /** The final weights of a run that has finished, in the order of the rule's synapses; none where they were not kept. */
  weights(): Record<string, Matrix> {
    const path = join(this.#directory, runFiles.weights);
    const { value: bytes, problem } = readBytes(path);
    if (problem !== undefined) throw new FailureError(`${path}: ${problem}`);
    if (bytes === undefined) return {};
    const names = synapseNamesIfAny(ruleOf(this.#config), this.#config)?.all ?? [];
    return inOrder(readSafetensors(bytes, path).tensors, names);
  }

  /** What was recorded of a run that has finished; undefined where nothing was. */
  recorded(): Recorded | undefined {
    return readRecorded(this.#directory);
  }

  #kept(checkpoint: Checkpoint): Checkpoint {
    const warnings = Object.keys(this.#warnings).length > 0 ? { warnings: this.#warnings } : {};
    return { ...checkpoint, ...warnings, config: this.#config };
  }

  #end(summary: Summary): void {
    if (this.#options.durable !== false) this.metrics.sync();
    writeAtomically(join(this.#directory, runFiles.summary), summaryText(summary), this.#options);
    removeCheckpoints(this.#directory);
  }

  /** Takes back what is beyond the checkpoint, and clears away what a killed process left. */
  #prepare(): void {
    this.metrics.repair(this.resumption?.evaluations ?? [], this.#options);
    for (const name of readdirSync(this.#directory)) {
      if (isTemporary(name)) rmSync(join(this.#directory, name), { force: true });
    }
  }

  #checksums(): Record<string, string> {
    const kept = [runFiles.config, runFiles.start, runFiles.metrics, runFiles.weights, runFiles.recorded, endFile];
    const sums = kept.map((name) => [name, sha256OfFile(join(this.#directory, name)).value] as const);
    return Object.fromEntries(sums.filter((each): each is [(typeof each)[0], string] => each[1] !== undefined));
  }
}

const ended = { resumption: undefined, repairs: [] };

/** What was recorded of a run, as its folder has it; undefined where nothing was. @throws FailureError where it cannot be read */
export function readRecorded(directory: string): Recorded | undefined {
  const path = join(directory, runFiles.recorded);
  const { value: bytes, problem } = readBytes(path);
  if (problem !== undefined) throw new FailureError(`${path}: ${problem}`);
  return bytes && { ...readNpz(bytes, path) };
}
