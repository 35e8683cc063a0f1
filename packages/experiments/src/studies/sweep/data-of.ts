import { InputError } from '@apical/core';
import type { RunConfig } from '../../config/run-config.ts';
import { dataWarnings } from '../../own-data/data-warnings.ts';
import { describeData } from '../../own-data/describe-data.ts';
import type { DataSettings } from '../../runs/data-sets.ts';
import { completedSettings } from '../axis-values.ts';
import { grid } from '../search/grid.ts';
import type { Axis, Study } from '../study.ts';
import { trialConfig } from '../trial-config.ts';

/** What chooses data: settings of it, and those of the network that the defaults of its inputs and labels depend on. */
const choosing = ['rule', 'hidden', 'output', 'loss', 'biases'];

/** The data that the runs of a study learn and are measured on: one for each combination of the axes that choose it. */
export function dataOf(study: Study): DataSettings[] {
  const found = new Map<string, DataSettings>();
  for (const { data, accuracy } of configsOf(study)) found.set(JSON.stringify([data, accuracy]), { data, accuracy });
  return [...found.values()];
}

/** What was understood of the tables that a study learns, a line each. */
export function describeTables(study: Study): string[] {
  return [...new Set(dataOf(study).flatMap(({ data }) => describeData(data) ?? []))];
}

/** What of the columns of those tables is not as runs of the study are made for, a line each: see `dataWarnings`. */
export function tableWarnings(study: Study): string[] {
  return [...new Set(configsOf(study).flatMap(dataWarnings))];
}

/** A config for each combination of the axes that choose data. */
function configsOf(study: Study): RunConfig[] {
  return [...grid(study.axes.filter(isChoosing)), ...study.marked].flatMap(
    ({ settings }) => configAt(study, completedSettings(study.axes, settings)) ?? [],
  );
}

function isChoosing({ sets, scale }: Axis): boolean {
  // An interval of numbers of units is one layer, whatever its value.
  if (scale.kind !== 'values') return false;
  return sets.some((path) => path.startsWith('data.') || choosing.includes(path));
}

/** Undefined for a combination that is none: it is refused where it comes up. */
function configAt(study: Study, settings: Readonly<Record<string, unknown>>): RunConfig | undefined {
  try {
    return trialConfig(study, { settings }, 0);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
