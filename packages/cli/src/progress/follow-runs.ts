import type { ExperimentOptions } from '@apical/experiments';
import type { Output } from '../output.ts';
import { beginProgress } from './progress.ts';

/** Shows how far the runs of an experiment are: what it is to tell. */
export function followRuns(output: Output): {
  [Name in 'onStart' | 'onProgress' | 'onNote' | 'onWarning']: NonNullable<ExperimentOptions[Name]>;
} {
  const progress = beginProgress(output);
  return {
    onStart: (runs) => progress.start(runs.map(({ label, samples }) => ({ label, total: samples }))),
    onNote: (text) => output.note(text),
    onWarning: (text) => output.warn(text),
    onProgress: (run, samples) => progress.update(run, samples),
  };
}
