import { join } from 'node:path';
import { flatten } from '../config/settings.ts';
import { MetricsLog } from '../runs/metrics-log.ts';
import { runFiles } from '../runs/run-files.ts';
import type { IndexedRun, RunIndex } from './store/run-index.ts';
import type { Objective } from './study.ts';

/** What the objective says of a run that has ended; undefined if it diverged, or was not measured there. */
export function measure(objective: Objective, run: IndexedRun, { store }: RunIndex): number | undefined {
  const { metric, at, goal } = objective;
  if (run.summary.status !== 'finished') return undefined;
  if (metric === 'objective' && at === 'last') return run.summary.objective;
  const evaluations = new MetricsLog(join(store.folderOf(run.name), runFiles.metrics)).read();
  const measured = evaluations.flatMap((evaluation) => {
    const value = flatten(evaluation)[metric];
    return typeof value === 'number' && Number.isFinite(value) ? [{ samples: evaluation.samples, value }] : [];
  });
  if (at === 'last') return measured.at(-1)?.value;
  if (at !== 'best') return measured.find(({ samples }) => samples === at)?.value;
  const values = measured.map(({ value }) => value);
  return values.length === 0 ? undefined : (goal === 'min' ? Math.min : Math.max)(...values);
}

/** Small is good, whatever the goal; what cannot be measured is as bad as can be. */
export function lossOf({ goal }: Objective, value: number | undefined): number {
  if (value === undefined) return Infinity;
  return goal === 'min' ? value : -value;
}
