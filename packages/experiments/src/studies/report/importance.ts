import { comparable } from '../ranked.ts';
import type { TrialResult } from '../results.ts';
import type { Axis, Study } from '../study.ts';

/** How much of the differences between trials an axis accounts for, from 0 to 1. */
export interface Importance {
  readonly axis: Axis;
  /** Undefined where there are too few trials to say. */
  readonly share: number | undefined;
}

/** Into how many groups of equal size the values of an axis go at most that has many. */
const mostGroups = 8;
/** How many trials such a group has at least. */
const fewestInGroup = 3;

/**
 * The importance of each axis, the largest first: the correlation ratio of the comparable trials' ranks with the axis' value, that is the
 * variance of the groups' mean ranks over the variance of all ranks. Ranks, so that diverged trials count as the worst and no
 * more. What two axes do only together is in neither share. Where values of different axes went together, as in a search that
 * samples some regions more densely, shares can add up to more than 1.
 */
export function importances({ axes }: Study, trials: readonly TrialResult[]): Importance[] {
  const order = comparable(trials);
  const ranks = meanRanks(order.map(({ loss }) => loss));
  return axes
    .map((axis) => {
      const groups = groupsOf(axis, order);
      return { axis, share: groups && correlationRatio(groups, ranks) };
    })
    .sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
}

/** Ranks of ascending numbers; equal ones share the mean of theirs. */
function meanRanks(ascending: readonly number[]): number[] {
  const ranks: number[] = [];
  for (let first = 0; first < ascending.length; ) {
    let next = first;
    while (next < ascending.length && ascending[next] === ascending[first]) next++;
    for (let i = first; i < next; i++) ranks[i] = (first + next - 1) / 2;
    first = next;
  }
  return ranks;
}

/** For every trial, the group that its value of the axis is in; trials in which the axis has none are a group. Undefined where they are too few. */
function groupsOf({ name, scale }: Axis, order: readonly TrialResult[]): string[] | undefined {
  const values = order.map(({ trial }) => trial.settings[name]);
  const sorted = values.filter((value) => typeof value === 'number').toSorted((a, b) => a - b);
  const enough = Math.min(mostGroups, Math.floor(sorted.length / fewestInGroup));
  const distinct = new Set(values).size;
  // Where every trial has a value of its own, or all are one group, nothing follows from them.
  if (distinct === values.length && enough < 2) return undefined;
  const isList = scale.kind === 'values' && (distinct <= 2 * mostGroups || sorted.length === 0);
  if (isList || distinct <= enough) return values.map(String);
  if (enough < 2) return undefined;
  return values.map((value) =>
    typeof value === 'number' ? `${Math.floor((enough * sorted.indexOf(value)) / sorted.length)}` : String(value),
  );
}

function correlationRatio(labels: readonly string[], values: readonly number[]): number {
  const mean = average(values);
  const total = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (!(total > 0)) return 0;
  const members = new Map<string, number[]>();
  labels.forEach((label, i) => {
    members.set(label, [...(members.get(label) ?? []), values[i] as number]);
  });
  return [...members.values()].reduce((sum, group) => sum + group.length * (average(group) - mean) ** 2, 0) / total;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
