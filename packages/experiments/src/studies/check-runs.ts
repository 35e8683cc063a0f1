import { InputError } from '@apical/core';
import { isStream } from '@apical/data';
import { comparedObjective } from '../config/loss-of.ts';
import type { Settings } from '../config/settings.ts';
import { suggestion } from '../config/suggestion.ts';
import { completedSettings } from './axis-values.ts';
import { metricsOf } from './metrics.ts';
import { rungs } from './search/asha.ts';
import type { Axis, Study } from './study.ts';
import type { Report } from './study-source.ts';
import { trialConfig } from './trial-config.ts';

/** Checks the configs that a study has at the first values of its axes, and at every value of each, the others at their first. */
export function checkRuns(study: Study, report: Report): void {
  const told = new Set<string>();
  const check = (settings: Settings, axis?: Axis) => {
    for (const line of problemsAt(study, settings)) {
      const [, path = '', message = line] = /^([A-Za-z][\w.]*): (.*)$/.exec(line) ?? [];
      if (told.has(line)) continue;
      told.add(line);
      const setter = study.axes.find(({ sets }) => sets.some((set) => set === path || set.startsWith(`${path}.`)));
      if (axis && setter && setter !== axis && message.startsWith('there is no such setting')) {
        report(['axes', setter.name], unlessWords(axis, settings[axis.name], setter, study.axes));
        continue;
      }
      const cause = axis ?? setter;
      if (cause) report(['axes', cause.name], cause.name === path ? message : line);
      else report(['base', ...(path === '' ? [] : path.split('.'))], message);
    }
  };
  const first = completedSettings(study.axes, {});
  check(first);
  if (told.size > 0) return;
  for (const axis of study.axes) {
    const ends = axis.scale.kind === 'values' ? axis.scale.values : [axis.scale.from, axis.scale.to];
    for (const value of ends) check(completedSettings(study.axes, { [axis.name]: value }), axis);
  }
  study.marked.forEach(({ name, settings }, i) => {
    for (const problem of problemsAt(study, settings)) report(['marked', i], `${name}: ${problem}`);
  });
  checkObjective(study, first, report);
  const kinds = kindsProblem(study);
  if (kinds !== undefined) report(['objective', 'metric'], kinds);
}

/** Values of these metrics are of what a run makes small. */
const ofLosses = ['objective', 'probes.held-out'];

/**
 * Why runs of a study are not to be ranked by its objective: it is not the same of all, but means of different losses, or of labels on other scales,
 * or objectives of rules of their own. Undefined where they are.
 */
export function kindsProblem(study: Study): string | undefined {
  const { metric } = study.objective;
  if (!ofLosses.includes(metric)) return undefined;
  const kindAt = (settings: Settings) => {
    const config = attempt(() => trialConfig(study, { settings }, 1));
    return config && comparedObjective(config);
  };
  const kind = kindAt(completedSettings(study.axes, {}));
  for (const { name, scale } of study.axes) {
    const values = scale.kind === 'values' ? scale.values : [];
    for (const value of values) {
      const other = kindAt(completedSettings(study.axes, { [name]: value }));
      if (other === undefined || other === kind) continue;
      return `with ${name} ${value} ${metric} is of another kind, ${other}, not ${kind}, and the two are not compared: choose a metric that is the same of all, such as an accuracy (base.accuracy), or make a study of each`;
    }
  }
  return undefined;
}

/** That an axis is for some values of another one only, and how to say so. */
function unlessWords(other: Axis, value: unknown, { name, sets }: Axis, axes: readonly Axis[]): string {
  const isBefore = axes.findIndex((axis) => axis.name === name) < axes.indexOf(other);
  const written = /^[\w.,-]+$/.test(String(value)) ? value : `"${value}"`;
  const place = isBefore ? `, after the axis ${other.name}` : '';
  return `with ${other.name} ${value} there is no ${sets.join(', ')}; say which it is for${place}: when: ${other.name}!=${written}`;
}

function checkObjective(study: Study, first: Settings, report: Report): void {
  const { objective, search } = study;
  const config = trialConfig(study, { settings: first }, 1);
  const { samples } = config;
  const metrics = metricsOf(study, config);
  if (!metrics.includes(objective.metric)) {
    const hint = suggestion(objective.metric, metrics);
    report(
      ['objective', 'metric'],
      `the runs do not record "${objective.metric}"${hint}; they record ${metrics.join(', ')}${isStream(config.data.set) ? '' : '; base.accuracy and base.probes say what else they do'}`,
    );
  }
  if (typeof objective.at === 'number' && objective.at > samples) {
    report(['objective', 'at'], `must be at most ${samples}, the samples of a run`);
  }
  if (search.method === 'asha' && rungs(search, samples).length < 2) {
    report(['search', 'minSamples'], `must be below ${samples}, the samples of a run`);
  }
}

function problemsAt(study: Study, settings: Settings): string[] {
  const problems: string[] = [];
  attempt(() => trialConfig(study, { settings }, 1), problems);
  return problems;
}

/** What is made; undefined where it cannot be, and the lines of what is wrong. */
function attempt<T>(make: () => T, problems: string[] = []): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.message.split('\n').map((line) => line.replace(/^: /, '')));
    return undefined;
  }
}
