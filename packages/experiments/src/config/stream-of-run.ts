import { checkStep, layersOf, parameterValues, type Rule } from '@apical/core';
import { type Stream, streamOf } from '@apical/data';
import type { RunConfig } from './run-config.ts';

/**
 * What a run in time is shown: its stream, by the steps, cells and teacher of its rule.
 * @throws InputError for a dt that is too long, and what the stream's name says that there is not
 */
export function streamOfRun(
  { data, hidden, parameters, seed }: Pick<RunConfig, 'data' | 'hidden' | 'parameters' | 'seed'>,
  rule: Rule,
): Stream {
  const values = parameterValues(rule.name, rule.parameters, parameters);
  checkStep(rule, values);
  const [cells = 1] = layersOf(hidden);
  return streamOf(data.set, { dt: values.dt as number, seed, cells, channels: rule.time!.teacher(values) });
}
