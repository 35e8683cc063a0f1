import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunningCounts } from '@apical/core';
import { syncFolder, writeBeside } from '../files/atomic-write.ts';
import { bytesIfThere } from '../files/read-file.ts';
import { sha256 } from '../files/sha256.ts';
import { explaining } from '../files/write-problem.ts';

/** Where a run stood, so that it can go on from there bit for bit. */
export interface Checkpoint {
  /** How many samples had been learned. */
  readonly samples: number;
  /** How long the run had taken. */
  readonly seconds: number;
  /** What was counted of the running accuracy, where the run counts it. */
  readonly running?: RunningCounts;
  /** See `Network.snapshot`. */
  readonly snapshot: Uint8Array;
}

/** The names of a checkpoint and of the one before it. */
export const checkpointFiles = ['checkpoint.snapshot', 'checkpoint.previous.snapshot'] as const;

/**
 * Writes a checkpoint into a run's folder. The one before it keeps a name until this one is whole and on the disk, so that at
 * every instant a sound one can be found.
 *
 * The file is a line of JSON with the SHA-256 of all that follows it; a line of JSON with `samples`, `seconds` and, where it is counted, `running`; and the
 * snapshot's bytes.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do; the checkpoint before is then kept
 */
export function writeCheckpoint(directory: string, { samples, seconds, running, snapshot }: Checkpoint): void {
  const [path, previous] = checkpointFiles.map((name) => join(directory, name)) as [string, string];
  const place = Buffer.from(`${JSON.stringify({ samples, seconds, ...(running && { running }) })}\n`);
  const header = Buffer.from(`${JSON.stringify({ apicalCheckpoint: 1, sha256: sha256(place, snapshot) })}\n`);
  explaining(path, () => {
    const temporary = writeBeside(path, Buffer.concat([header, place, snapshot]));
    if (existsSync(path)) renameSync(path, previous);
    renameSync(temporary, path);
    syncFolder(dirname(path));
  });
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
    const bytes = bytesIfThere(join(directory, name));
    if (bytes === undefined) continue;
    const checkpoint = decode(bytes);
    if (checkpoint === undefined) damaged.push(name);
    else sound.push(checkpoint);
  }
  return { sound, damaged };
}

/** Removes checkpoints: all, or those of these names. */
export function removeCheckpoints(directory: string, names: readonly string[] = checkpointFiles): void {
  for (const name of names) rmSync(join(directory, name), { force: true });
}

/** Undefined unless the bytes are those of a checkpoint, each of them. */
function decode(bytes: Buffer): Checkpoint | undefined {
  const contents = bytes.indexOf(10) + 1;
  const header = bytes.toString('latin1', 0, contents);
  if (header !== `${JSON.stringify({ apicalCheckpoint: 1, sha256: sha256(bytes.subarray(contents)) })}\n`)
    return undefined;
  const start = bytes.indexOf(10, contents) + 1;
  const { samples, seconds, running } = JSON.parse(bytes.toString('utf8', contents, start));
  return { samples, seconds, ...(running && { running }), snapshot: new Uint8Array(bytes.subarray(start)) };
}
