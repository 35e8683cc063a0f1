import { join } from 'node:path';
import { InputError, parseJson, readSafetensors } from '@apical/core';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
import { bytesIfThere, textIfThere } from '../files/read-file.ts';
import { ensureRuleOf } from '../rules/load-rule.ts';
import { runFiles } from './run-folder.ts';
import type { RunTrainingOptions } from './run-training.ts';

/** What a run's folder says of the run, so that `runTraining` goes on with it. */
export interface Resumable {
  readonly config: RunConfig;
  readonly options: Pick<RunTrainingOptions, 'folder' | 'weights'>;
}

/** Reads what `runTraining` needs to go on with the run in a folder. @throws InputError where there is none, and where its rule is of a module that is gone or has changed */
export async function readResumable(folder: string): Promise<Resumable> {
  const path = join(folder, runFiles.config);
  const text = textIfThere(path);
  if (text === undefined) throw new InputError(`${folder}: holds no run: there is no ${runFiles.config} in it`);
  const record = parseJson(text, path);
  await ensureRuleOf(record);
  const start = bytesIfThere(join(folder, runFiles.start));
  return {
    config: parseRunConfig(record, path),
    options: { folder, ...(start && { weights: readSafetensors(start, join(folder, runFiles.start)).tensors }) },
  };
}
