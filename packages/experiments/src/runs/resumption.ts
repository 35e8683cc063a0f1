import { join } from 'node:path';
import { InputError } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import { type Difference, describeDifferences, differences } from '../config/settings.ts';
import { type Checkpoint, readCheckpoints, removeCheckpoints } from './checkpoint.ts';
import type { MetricsLog } from './metrics-log.ts';
import type { RunEvaluation } from './result.ts';
import { runFiles } from './run-files.ts';

/** A run's beginning, as its folder has it: where to go on from, and what was measured before. */
export interface Resumption extends Checkpoint {
  readonly evaluations: readonly RunEvaluation[];
}

/**
 * Where a run can go on: its latest checkpoint that is sound and whose evaluations are all there.
 *
 * @throws InputError where a checkpoint is of other settings
 */
export function findResumption(
  directory: string,
  config: RunConfig,
  { metrics, isSealed }: { readonly metrics: MetricsLog; readonly isSealed: boolean },
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
