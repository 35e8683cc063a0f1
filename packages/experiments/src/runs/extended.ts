import { InputError } from '@apical/core';
import { batchesOf, evaluationSchedule } from '../config/evaluation-schedule.ts';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';

/**
 * The config of a run that learns more samples than one that has finished, evaluated where that was, and beyond its end where a run
 * of so many samples usually is.
 *
 * @throws InputError where they are not more, or end inside a batch
 */
export function extendedConfig(config: RunConfig, samples: number): RunConfig {
  if (!(samples > config.samples)) {
    throw new InputError(`samples: the run has learned ${config.samples}; to go on, it must be more, not ${samples}`);
  }
  const further = evaluationSchedule(samples, undefined, batchesOf(config)).filter((at) => at > config.samples);
  const evaluateAt = [...config.evaluateAt, ...(config.evaluateAt.length > 0 ? further : [])];
  return parseRunConfig({ ...config, samples, evaluateAt }, 'options');
}
