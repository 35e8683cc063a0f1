import type { Experiment } from './experiment.ts';
import { type Preset, presets } from './presets.ts';
import { runConfigOf } from './run-config.ts';

/** Whether the rules of the experiment learn as they do in the preset: each with the same settings, none of them changed on the way. */
export function isPreset(experiment: Experiment, { experiment: preset }: Preset): boolean {
  if (experiment.changes.length > 0 || experiment.rules.some((rule) => !(rule in preset.settings))) return false;
  return experiment.rules.every((rule) => sorted(runConfigOf(experiment, rule)) === sorted(runConfigOf(preset, rule)));
}

/** The preset that the experiment is: `first` where it is that one; undefined where it is none. */
export function presetOf(experiment: Experiment, first: Preset): Preset | undefined {
  return [first, ...presets].find((preset) => isPreset(experiment, preset));
}

/** Written alike whatever the order of names. */
export function sorted(settings: object): string {
  return JSON.stringify(settings, (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
