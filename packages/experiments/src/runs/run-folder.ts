import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  FailureError,
  InputError,
  type Matrix,
  type ModelNotes,
  readSafetensors,
  type Samples,
  weightsDigest,
  writeModel,
  writeSafetensors,
} from '@apical/core';
import { readNpz, writeNpz } from '@apical/data';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { type Difference, describeDifferences, differences, isRecord } from '../config/settings.ts';
import { inOrder, synapseNamesIfAny } from '../config/synapse-names.ts';
import { isTemporary, makeFolder, type WriteOptions, writeAtomically } from '../files/atomic-write.ts';
import { jsonIfSound, mostJsonBytes, readBytes, readText } from '../files/read-file.ts';
import { sha256OfFile } from '../files/sha256.ts';
import { version } from '../provenance.ts';
import {
  type Checkpoint,
  endFile,
  readCheckpoints,
  readEnd,
  removeCheckpoints,
  writeCheckpoint,
  writeEnd,
} from './checkpoint.ts';
import { learnedModel } from './learned-model.ts';
import { MetricsLog } from './metrics-log.ts';
import { parseSummary, type Reading } from './read-record.ts';
import type { Recorded } from './recorder.ts';
import type { RunEvaluation, RunResult } from './result.ts';
import { lockFolder } from './run-lock.ts';
import { recordText, summaryText } from './sealed.ts';
import { divergedSummary, finishedSummary, type Summary } from './summary.ts';

export const runFiles = {
  config: 'config.json',
  start: 'start.safetensors',
  metrics: 'metrics.jsonl',
  weights: 'weights.safetensors',
  recorded: 'recorded.npz',
  summary: 'summary.json',
} as const;

/** A run's beginning, as its folder has it: where to go on from, and what was measured before. */
export interface Resumption extends Checkpoint {
  readonly evaluations: readonly RunEvaluation[];
}

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

/** What was recorded of a run, as its folder has it; undefined where nothing was. @throws FailureError where it cannot be read */
export function readRecorded(directory: string): Recorded | undefined {
  const path = join(directory, runFiles.recorded);
  const { value: bytes, problem } = readBytes(path);
  if (problem !== undefined) throw new FailureError(`${path}: ${problem}`);
  return bytes && { ...readNpz(bytes, path) };
}

/** What `config.json` says of a run, but for its checksum. */
async function recordOf(
  config: RunConfig,
  dataSha256: Readonly<Record<string, string>>,
  start: Readonly<Record<string, Matrix>> | undefined,
) {
  const startSha256 = start && (await weightsDigest(sortedByName(start)));
  return { ...config, recorded: { version, dataSha256, ...(startSha256 && { startSha256 }) } };
}

function withoutSum(record: Record<string, unknown>): object {
  const { recorded } = record;
  return isRecord(recorded) ? { ...record, recorded: { ...recorded, sha256: undefined } } : record;
}

/** In an order that does not depend on where the weights come from. */
export function sortedByName(weights: Readonly<Record<string, Matrix>>): Record<string, Matrix> {
  return Object.fromEntries(Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const ended = { resumption: undefined, repairs: [] };

/** What the summary of a folder says; undefined where there is none, or it is damaged: the run has not ended. */
export function readSummary(directory: string): Summary | undefined {
  return readSummaryFile(directory)?.value;
}

/** What `summary.json` of a folder says, or what is wrong with it; undefined where there is none. */
export function readSummaryFile(directory: string): Reading<Summary> | undefined {
  const found = readText(join(directory, runFiles.summary), mostJsonBytes);
  return found.value === undefined && found.problem === undefined ? undefined : parseSummary(found);
}

/**
 * Where a run can go on: its latest checkpoint that is sound and whose evaluations are all there.
 *
 * @throws InputError where a checkpoint is of other settings
 */
function findResumption(
  directory: string,
  config: RunConfig,
  { metrics, isSealed }: Pick<RunFolder, 'metrics' | 'isSealed'>,
) {
  const { sound, damaged } = readCheckpoints(directory);
  for (const checkpoint of sound) checkSettings(directory, checkpoint, config);
  removeCheckpoints(directory, damaged);
  const { evaluations: evaluated, problem } = metrics.inspect(config.evaluateAt, isSealed);
  const candidates = sound.map((checkpoint) => ({
    ...checkpoint,
    evaluations: evaluated.filter(({ samples }) => samples < checkpoint.samples),
  }));
  const resumption = candidates.find(({ samples, evaluations }) =>
    sameNumbers(
      evaluations.map((evaluation) => evaluation.samples),
      config.evaluateAt.filter((at) => at < samples),
    ),
  );
  const repairs = damaged.map((name) => `${join(directory, name)}: is damaged`);
  if (problem !== undefined) repairs.push(problem);
  else if (sound.length > 0 && resumption === undefined)
    repairs.push(`${join(directory, runFiles.metrics)}: evaluations before the checkpoint are missing`);
  return { resumption, repairs };
}

/** Whether `config.json` has a checksum. */
function hasChecksum(directory: string): boolean {
  const record = jsonIfSound(join(directory, runFiles.config));
  return isRecord(record) && isRecord(record.recorded) && record.recorded.sha256 !== undefined;
}

/** @throws InputError where a checkpoint says that it was another config's */
function checkSettings(directory: string, { config: before }: Checkpoint, now: RunConfig): void {
  const changes = before ? differences(before, now) : [];
  if (changes.length > 0) throw new InputError(changedSettings(join(directory, runFiles.config), changes));
}

/** That the settings of a run are others than those that it began with, and what to do. */
export function changedSettings(path: string, changes: readonly Difference[]): string {
  const which = changes.length > 0 ? ` (${describeDifferences(changes)})` : '';
  return `${path}: was changed after the run began${which}; undo that, or begin another run: apical train --config ${path} --out NEW-FOLDER`;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Whether a folder holds this run. @throws InputError if it holds another one, or what is no run */
function isBegun(directory: string, record: object): boolean {
  const found = readdirSync(directory).filter(
    (name) => !isTemporary(name) && ![runFiles.start, lockFolder].includes(name),
  );
  if (found.length === 0) return false;
  const before = jsonIfSound(join(directory, runFiles.config));
  if (!isRecord(before)) {
    throw new InputError(`${directory}: is not empty, and what it holds is no run; choose an empty or new folder`);
  }
  const changes = differences(withoutSum(before), record);
  if (changes.length === 0) return true;
  throw new InputError(
    `${directory}: holds another run (${describeDifferences(changes)}); choose another folder, or delete this one`,
  );
}
