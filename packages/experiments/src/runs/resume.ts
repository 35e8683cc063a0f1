import { join } from 'node:path';
import { FailureError, InputError, parseJson, readSafetensors } from '@apical/core';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
import { differences, isRecord } from '../config/settings.ts';
import { jsonIfSound, readBytes, readText } from '../files/read-file.ts';
import { ensureRuleOf } from '../rules/load-rule.ts';
import { readCheckpoints } from './checkpoint.ts';
import { mostConfigBytes, parseRecord } from './read-record.ts';
import { changedSettings } from './resumption.ts';
import { runFiles } from './run-files.ts';
import type { RunTrainingOptions } from './run-training.ts';

/** What a run's folder says of the run, so that `runTraining` goes on with it. */
export interface Resumable {
  readonly config: RunConfig;
  readonly options: Pick<RunTrainingOptions, 'folder' | 'weights'>;
}

/**
 * Reads what `runTraining` needs to go on with the run in a folder.
 *
 * @throws InputError where there is none, its settings were changed since it began, or its rule is of a module that is gone or has
 *   changed; FailureError where its files cannot be read
 */
export async function readResumable(folder: string): Promise<Resumable> {
  const path = join(folder, runFiles.config);
  const found = readText(path, mostConfigBytes);
  if (found.problem !== undefined) throw new FailureError(`${path}: ${found.problem}`);
  if (found.value === undefined) throw new InputError(`${folder}: holds no run: there is no ${runFiles.config} in it`);
  const { problems, isChanged } = parseRecord(found);
  if (isChanged) throw new InputError(changedSettings(path, changesOf(folder)));
  if (problems.length > 0) throw new InputError(problems.map((problem) => `${path}: ${problem}`).join('\n'));
  const record = parseJson(found.value, path);
  await ensureRuleOf(record);
  const start = readBytes(join(folder, runFiles.start));
  if (start.problem !== undefined) throw new FailureError(`${join(folder, runFiles.start)}: ${start.problem}`);
  return {
    config: parseRunConfig(record, path),
    options: {
      folder,
      ...(start.value && { weights: readSafetensors(start.value, join(folder, runFiles.start)).tensors }),
    },
  };
}

/** What of the settings is not as a checkpoint has it. */
function changesOf(folder: string) {
  const now = jsonIfSound(join(folder, runFiles.config));
  const [before] = readCheckpoints(folder).sound.flatMap(({ config }) => config ?? []);
  if (!isRecord(now) || before === undefined) return [];
  const { recorded: _, ...config } = now;
  return differences(before, config);
}
