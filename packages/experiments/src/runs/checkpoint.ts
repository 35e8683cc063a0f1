import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningCounts } from '@apical/core';
import { isRecord } from '../config/settings.ts';
import { type WriteOptions, writeAtomically } from '../files/atomic-write.ts';
import { jsonOf, mostFileBytes, mostJsonBytes, readBytes, readPieces } from '../files/read-file.ts';
import { sha256, sha256OfFile } from '../files/sha256.ts';

/** Where a run stood, so that it can go on from there bit for bit. */
export interface Checkpoint {
  /** How many samples had been learned. */
  readonly samples: number;
  /** How long the run had taken. */
  readonly seconds: number;
  /** What was counted of the running accuracy, where the run counts it. */
  readonly running?: RunningCounts;
  /** What was counted of differences since the last evaluation, of runs in time. */
  readonly differences?: readonly number[];
  /** What was recorded of signals and weights, of runs in time: the bytes of an archive. */
  readonly recorded?: Uint8Array;
  /** What was warned of, by its kind. */
  readonly warnings?: Readonly<Record<string, string>>;
  /** See `Network.snapshot`. */
  readonly snapshot: Uint8Array;
  /** The run's config, in which what was changed since can be found. Absent in those that earlier versions wrote. */
  readonly config?: object;
}

/** The names of a checkpoint and of the one before it. */
export const checkpointFiles = ['checkpoint.snapshot', 'checkpoint.previous.snapshot'] as const;

/**
 * Writes a checkpoint into a run's folder. The one before it keeps a name until this one is whole and on the disk, so that at
 * every instant a sound one can be found.
 *
 * The file is a line of JSON with the SHA-256 of all that follows it; a line of JSON with `samples`, `seconds`, the `config` and, where they
 * are there, `running`, `differences`, `warnings` and how many bytes were `recorded`; the snapshot's bytes; and those that were recorded.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do; the checkpoint before is then kept
 */
export function writeCheckpoint(directory: string, checkpoint: Checkpoint): void {
  const [path, previous] = checkpointFiles.map((name) => join(directory, name)) as [string, string];
  writeAtomically(path, encode(checkpoint), { previous });
}

/** The name of a checkpoint at the end of a run, from which it can learn more samples than it was to. */
export const endFile = 'end.snapshot';

/** Writes the checkpoint at the end of a run. @throws as `writeCheckpoint` */
export function writeEnd(directory: string, checkpoint: Checkpoint, options: WriteOptions): void {
  writeAtomically(join(directory, endFile), encode(checkpoint), options);
}

/** The checkpoint at the end of a run; undefined where there is none that is sound. */
export function readEnd(directory: string): Checkpoint | undefined {
  return readCheckpoint(join(directory, endFile));
}

/** What was found of a run's checkpoints. */
export interface FoundCheckpoints {
  /** The sound ones, the latest first. */
  readonly sound: readonly Checkpoint[];
  /** The names of those whose bytes are not what was written. */
  readonly damaged: readonly string[];
}

export function readCheckpoints(directory: string): FoundCheckpoints {
  const sound: Checkpoint[] = [];
  const damaged: string[] = [];
  for (const name of checkpointFiles) {
    const path = join(directory, name);
    if (!existsSync(path)) continue;
    const checkpoint = readCheckpoint(path);
    if (checkpoint === undefined) damaged.push(name);
    else sound.push(checkpoint);
  }
  return { sound, damaged };
}

/** Removes checkpoints: all, or those of these names. */
export function removeCheckpoints(directory: string, names: readonly string[] = checkpointFiles): void {
  for (const name of names) rmSync(join(directory, name), { force: true });
}

/** The bytes of its file. */
function encode(checkpoint: Checkpoint): Uint8Array {
  const {
    samples,
    seconds,
    running,
    differences,
    warnings,
    config,
    snapshot,
    recorded = new Uint8Array(),
  } = checkpoint;
  const counts = {
    samples,
    seconds,
    running,
    differences,
    warnings,
    ...(recorded.length > 0 && { recorded: recorded.length }),
  };
  const place = Buffer.from(`${JSON.stringify({ ...counts, config })}\n`);
  const header = Buffer.from(headerOf(sha256(place, snapshot, recorded)));
  return Buffer.concat([header, place, snapshot, recorded]);
}

const headerOf = (sum: string) => `${JSON.stringify({ apicalCheckpoint: 1, sha256: sum })}\n`;
const headerBytes = headerOf('0'.repeat(64)).length;

/** Undefined unless the bytes are those of a checkpoint, each of them. They are only taken into memory when that is known. */
function readCheckpoint(path: string): Checkpoint | undefined {
  let header = '';
  readPieces(path, mostFileBytes, (piece) => {
    header = piece.toString('latin1', 0, headerBytes);
    return false;
  });
  if (!/^\{"apicalCheckpoint":1,"sha256":"[0-9a-f]{64}"\}\n$/.test(header)) return undefined;
  const sum = sha256OfFile(path, headerBytes).value;
  const bytes = header === headerOf(sum ?? '') ? readBytes(path).value : undefined;
  if (bytes === undefined) return undefined;
  const start = bytes.indexOf(10, headerBytes) + 1;
  const place = start - headerBytes > mostJsonBytes ? undefined : jsonOf(bytes.toString('utf8', headerBytes, start));
  if (!isRecord(place) || !Number.isSafeInteger(place.samples) || typeof place.seconds !== 'number') return undefined;
  const { samples, seconds, running, differences, warnings, recorded, config } = place;
  const end = bytes.length - (typeof recorded === 'number' ? recorded : 0);
  return {
    samples: samples as number,
    seconds,
    ...(isRecord(running) && { running: running as unknown as RunningCounts }),
    ...(Array.isArray(differences) && { differences: differences.map(Number) }),
    ...(isRecord(warnings) && { warnings: warnings as Record<string, string> }),
    ...(isRecord(config) && { config }),
    ...(end < bytes.length && { recorded: new Uint8Array(bytes.subarray(end)) }),
    snapshot: new Uint8Array(bytes.subarray(start, end)),
  };
}
