import type { DataSettings } from '../../runs/data-sets.ts';
import { completedSettings } from '../axis-values.ts';
import { grid } from '../search/grid.ts';
import type { Study } from '../study.ts';
import { trialConfig } from '../trial-config.ts';

/** The data that the runs of a study learn and are measured on: one for each combination of the axes that choose it. */
export function dataOf(study: Study): DataSettings[] {
  const choosing = study.axes.filter(({ sets }) => sets.some((path) => path.startsWith('data.')));
  const found = new Map<string, DataSettings>();
  for (const { settings } of [...grid(choosing), ...study.marked]) {
    const { data, accuracy } = trialConfig(study, { settings: completedSettings(study.axes, settings) }, 0);
    found.set(JSON.stringify([data, accuracy]), { data, accuracy });
  }
  return [...found.values()];
}
