import { InputError } from '@apical/core';
import { parseRunConfig } from '../config/parse.ts';
import { isRecord } from '../config/settings.ts';

/**
 * What is wrong with what a run's `config.json` holds, in words; empty where all is well.
 *
 * @param record undefined where there is no such file, or where it is not JSON
 */
export function configProblems(record: unknown, path: string): string[] {
  if (!isRecord(record)) return [`${path}: is damaged: it is no file with a JSON object`];
  if (!isRecord(record.recorded)) return [`${path}: is damaged: "recorded" is missing`];
  try {
    parseRunConfig(record, path);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.message.split('\n');
    throw error;
  }
}
