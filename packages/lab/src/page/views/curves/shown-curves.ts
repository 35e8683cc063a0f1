import { evaluationSchedule, paper, ruleTitle } from '@apical/experiments';
import { lossWords } from '../../experiment/loss-words.ts';
import { runLabel } from '../../experiment/run-label.ts';
import type { Measure } from '../../store/measures.ts';
import { type Point, store } from '../../store/store.ts';
import { ruleLook, ruleProperty } from '../rule-colours.ts';
import type { Curve, Level } from './curve.ts';

/** What a measure is called in this experiment. */
export function shownTitle({ name, title }: Measure): string {
  return name === 'objective' ? lossWords(store.experiment.value).title : title;
}

/** The curves of what is measured now: of the networks, of the runs that were kept, and of the paper. */
export function shownCurves(): Curve[] {
  const { kept, networks, experiment } = store;
  const live = (rule: string) => (kept.value.length === 0 ? ruleTitle(rule) : runLabel(rule, experiment.value));
  return [
    ...kept.value.flatMap(({ rule, label, points }) => curvesOf(rule, label, points, 'kept')),
    ...networks.value.flatMap(({ rule, points }) => curvesOf(rule, live(rule), points, 'live')),
    ...paperCurves(),
  ];
}

/** The level that the curves are compared with: the optimum of the objective, or what the theory says. */
export function shownLevel(): Level | undefined {
  const { level, name } = store.measure.value;
  const optimum = store.optimum.value;
  if (name === 'objective' && optimum !== undefined) return { value: optimum, words: 'optimum' };
  return level;
}

function curvesOf(rule: string, label: string, points: readonly Point[], kind: 'live' | 'kept'): Curve[] {
  return store.measure.value.readings.flatMap(({ name, words }, i) => {
    const values = points.flatMap(({ samples, readings }) => {
      const value = readings[name];
      return value === undefined || samples === 0 ? [] : [[samples, value] as const];
    });
    if (values.length === 0) return [];
    const full = words === '' ? label : `${label}, ${words}`;
    return [
      { label: full, ...looks(rule), kind: i > 0 && kind === 'live' ? ('second' as const) : kind, points: values },
    ];
  });
}

function looks(rule: string): Pick<Curve, 'colour' | 'dash'> {
  return { colour: ruleProperty(rule), dash: ruleLook(rule).dash };
}

/** The points that the paper plots, where it plots what is shown. */
function paperCurves(): Curve[] {
  const { panel, samples } = store.preset.value;
  const { experiment } = store;
  const { experiment: own } = store.preset.value;
  const same = (['set', 'hidden', 'activation', 'output', 'batch', 'optimiser'] as const).every(
    (name) => experiment.value[name] === own[name],
  );
  if (panel === undefined || !same || store.measure.value.name !== 'objective') return [];
  const schedule = evaluationSchedule(samples);
  return store.networks.value.flatMap(({ rule }) => {
    const printed = new Map<string, { readonly mean: readonly number[] }>(Object.entries(paper[panel])).get(rule);
    if (!printed) return [];
    const points = printed.mean.map((value, i) => [schedule[i]!, value] as const);
    return [{ label: `${ruleTitle(rule)}, paper`, colour: ruleProperty(rule), kind: 'paper' as const, points }];
  });
}
