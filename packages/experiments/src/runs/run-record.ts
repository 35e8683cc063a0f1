import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, type Matrix, weightsDigest } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import { describeDifferences, differences, isRecord } from '../config/settings.ts';
import { isTemporary } from '../files/atomic-write.ts';
import { jsonIfSound } from '../files/read-file.ts';
import { version } from '../provenance.ts';
import { runFiles } from './run-files.ts';
import { lockFolder } from './run-lock.ts';

/** What `config.json` says of a run, but for its checksum. */
export async function recordOf(
  config: RunConfig,
  dataSha256: Readonly<Record<string, string>>,
  start: Readonly<Record<string, Matrix>> | undefined,
) {
  const startSha256 = start && (await weightsDigest(sortedByName(start)));
  return { ...config, recorded: { version, dataSha256, ...(startSha256 && { startSha256 }) } };
}

export function withoutSum(record: Record<string, unknown>): object {
  const { recorded } = record;
  return isRecord(recorded) ? { ...record, recorded: { ...recorded, sha256: undefined } } : record;
}

/** In an order that does not depend on where the weights come from. */
export function sortedByName(weights: Readonly<Record<string, Matrix>>): Record<string, Matrix> {
  return Object.fromEntries(Object.entries(weights).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether `config.json` has a checksum. */
export function hasChecksum(directory: string): boolean {
  const record = jsonIfSound(join(directory, runFiles.config));
  return isRecord(record) && isRecord(record.recorded) && record.recorded.sha256 !== undefined;
}

/** Whether a folder holds this run. @throws InputError if it holds another one, or what is no run */
export function isBegun(directory: string, record: object): boolean {
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
  const changed = (path: string) => changes.some((each) => each.path === path);
  // When it is evaluated follows from how many samples it learns, unless it is said.
  const told = changed('samples') ? changes.filter(({ path }) => path !== 'evaluateAt') : changes;
  const what =
    changes.length === 1 && changed('evaluateAt')
      ? `the same run, evaluated after other samples; apical resume ${directory} shows it`
      : `another run (${describeDifferences(told)})`;
  throw new InputError(`${directory}: holds ${what}; choose another folder, or delete this one`);
}
