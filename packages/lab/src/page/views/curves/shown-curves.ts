import { evaluationSchedule, paper, ruleTitle } from '@apical/experiments';
import { lossWords } from '../../experiment/loss-words.ts';
import { runLabel } from '../../experiment/run-label.ts';
import type { Measure } from '../../store/measures.ts';
import { type Point, store } from '../../store/store.ts';
import { ruleProperty } from '../rule-colours.ts';
import { ruleLook } from '../rule-look.ts';
import type { Curve, CurvePoint, Level } from './curve.ts';
import { keptDash } from './dashes.ts';
import { divergedFrom } from './divergence.ts';

/** What a measure is called in this experiment. */
export function shownTitle({ name, title }: Measure): string {
  return name === 'objective' ? lossWords(store.experiment.value).title : title;
}

/** The curves of what is measured now: of the networks, of the runs that were kept, and of the paper. */
export function shownCurves(): Curve[] {
  const { kept, networks, experiment } = store;
  const live = (rule: string) => (kept.value.length === 0 ? ruleTitle(rule) : runLabel(rule, experiment.value));
  return [
    ...kept.value.flatMap((run) => curvesOf({ ...run, kind: 'kept', dash: keptDash(run.number) })),
    ...networks.value.flatMap(({ rule, points, failure }) =>
      curvesOf({
        ...{ rule, label: live(rule), points, hasFailed: failure !== undefined },
        ...{ kind: 'live', dash: ruleLook(rule).dash },
      }),
    ),
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

interface DrawnRun {
  readonly rule: string;
  readonly label: string;
  readonly points: readonly Point[];
  readonly hasFailed: boolean;
  readonly kind: 'live' | 'kept';
  readonly dash: readonly number[];
}

function curvesOf({ rule, label, points, hasFailed, kind, dash }: DrawnRun): Curve[] {
  const divergedAt = divergedFrom(points, hasFailed);
  return store.measure.value.readings.flatMap(({ name, words }, i) => {
    const values = measuredPoints(points, name);
    if (values.length === 0) return [];
    const full = [label, words, divergedAt === undefined ? '' : 'diverged'].filter((part) => part !== '').join(', ');
    const isSecond = i > 0 && kind === 'live';
    return [
      {
        ...{ label: full, colour: ruleProperty(rule), points: values },
        ...{ kind: isSecond ? ('second' as const) : kind, dash: i > 0 ? dash.map((length) => 2 * length) : dash },
        ...(divergedAt !== undefined && { divergedAt }),
      },
    ];
  });
}

/** What was measured of this, from the first time on; null where the networks went past without its being measured. */
export function measuredPoints(points: readonly Point[], name: string): CurvePoint[] {
  const all = points.flatMap(({ samples, readings }): CurvePoint[] => {
    const value = readings[name];
    return samples === 0 ? [] : [[samples, value !== undefined && Number.isFinite(value) ? value : null]];
  });
  const isMeasured = ([, value]: CurvePoint) => value !== null;
  return all.slice(Math.max(0, all.findIndex(isMeasured)), all.findLastIndex(isMeasured) + 1);
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
