import { checkTimes, layersOf, parameterValues, type Rule } from '@apical/core';
import { type Stream, streamOf } from '@apical/data';
import type { RunConfig } from './run-config.ts';

/**
 * What a run in time is shown: its stream, by the steps, cells and teacher of its rule.
 * @param isNamed whether only what the name says is looked at: files of spikes are not read, and taken to hold none
 * @throws InputError for a dt that is too long, what the stream's name says that there is not, and files that are none of spikes
 */
export function streamOfRun(
  { data, hidden, parameters, seed, samples }: Pick<RunConfig, 'data' | 'hidden' | 'parameters' | 'seed' | 'samples'>,
  rule: Rule,
  isNamed = false,
): Stream {
  const values = parameterValues(rule.name, rule.parameters, parameters);
  checkTimes(rule, values);
  const [cells = 1] = layersOf(hidden);
  return streamOf(data.set, {
    ...{ dt: values.dt as number, seed, cells, channels: rule.time!.teacher(values) },
    steps: samples,
    ...(isNamed && { read: () => ({ times: [], cells: [] }) }),
  });
}
