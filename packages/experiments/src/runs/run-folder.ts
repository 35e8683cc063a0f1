import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafetensors } from '@apical/data';
import { InputError, type Matrix, weightsDigest } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import { makeFolder, writeAtomically } from '../files/atomic-write.ts';
import { errorCode, explaining } from '../files/write-problem.ts';
import { version } from '../provenance.ts';
import { accuracies } from './confusion.ts';
import type { RunEvaluation, RunResult } from './result.ts';

const files = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  weights: 'weights.safetensors',
  summary: 'summary.json',
} as const;

/**
 * A run on disk:
 *
 *     config.json           the run's config; in `recorded` the program's version and the SHA-256 sums of the data files
 *                           (and of the weights it started from, where they were given): together all that determines it
 *     metrics.jsonl         an evaluation a line, as they come
 *     weights.safetensors   the final weights, with config.json in the metadata
 *     summary.json          final objective (accuracy, confusion matrices), SHA-256 of the weights, seconds; written last: where it is, the run is finished
 */
export class RunFolder {
  readonly #directory: string;
  readonly #config: string;

  private constructor(directory: string, config: string) {
    this.#directory = directory;
    this.#config = config;
  }

  /**
   * Makes the folder of a run that begins. A folder that holds the beginning of the same run is taken over.
   *
   * @throws InputError where the folder cannot be written, or holds something else
   */
  static async create(
    directory: string,
    config: RunConfig,
    dataSha256: Readonly<Record<string, string>>,
    weights?: Readonly<Record<string, Matrix>>,
  ): Promise<RunFolder> {
    const recorded = { version, dataSha256, ...(weights && { startSha256: await weightsDigest(weights) }) };
    const text = `${JSON.stringify({ ...config, recorded }, null, 2)}\n`;
    await makeFolder(directory);
    await checkFree(directory, text);
    await writeAtomically(join(directory, files.config), text);
    await writeAtomically(join(directory, files.metrics), '');
    return new RunFolder(directory, text);
  }

  async append(evaluation: RunEvaluation): Promise<void> {
    const path = join(this.#directory, files.metrics);
    await explaining(path, () => appendFile(path, `${JSON.stringify(evaluation)}\n`));
  }

  async finish(result: RunResult): Promise<void> {
    const { config, objective, confusion, weights, weightsSha256, seconds } = result;
    const tensors = writeSafetensors(weights, { config: JSON.stringify(JSON.parse(this.#config)) });
    await writeAtomically(join(this.#directory, files.weights), tensors);
    const measured = Object.keys(confusion).length > 0 ? { ...accuracies(confusion), confusion } : {};
    const summary = { samples: config.samples, objective, ...measured, weightsSha256, seconds };
    await writeAtomically(join(this.#directory, files.summary), `${JSON.stringify(summary, null, 2)}\n`);
  }
}

/** Refuses a folder that holds a finished run, the beginning of another one, or what is no run at all. */
async function checkFree(directory: string, config: string): Promise<void> {
  const found = await readdir(directory);
  if (found.length === 0) return;
  const remedy = 'choose another folder, or delete this one';
  if (found.includes(files.summary)) throw new InputError(`${directory}: holds a finished run; ${remedy}`);
  let before: string;
  try {
    before = await readFile(join(directory, files.config), 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new InputError(`${directory}: is not empty, and what it holds is no run; choose an empty or new folder`);
  }
  if (before !== config) throw new InputError(`${directory}: holds the beginning of another run; ${remedy}`);
}
