import { ranked, type TrialResult } from '../results.ts';
import type { Axis, Study } from '../study.ts';

/** How much of the differences between trials an axis accounts for, from 0 to 1. */
export interface Importance {
  readonly axis: Axis;
  readonly share: number;
}

/** Into how many groups of equal size the values of an axis go that has many. */
const groups = 8;

/**
 * The importance of each axis, the largest first: the correlation ratio of the trials' ranks with the axis' value, that is the
 * variance of the groups' mean ranks over the variance of all ranks. Ranks, so that diverged trials count as the worst and no
 * more. What two axes do only together is in neither share.
 */
export function importances({ axes }: Study, trials: readonly TrialResult[]): Importance[] {
  const order = ranked(trials);
  const ranks = meanRanks(order.map(({ loss }) => loss));
  return axes
    .map((axis) => ({ axis, share: correlationRatio(groupsOf(axis, order), ranks) }))
    .sort((a, b) => b.share - a.share);
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

/** For every trial, the group that its value of the axis is in. */
function groupsOf({ name }: Axis, order: readonly TrialResult[]): string[] {
  const values = order.map(({ trial }) => trial.settings[name]);
  const distinct = [...new Set(values)];
  const isNumeric = distinct.every((value) => typeof value === 'number');
  if (!isNumeric || distinct.length <= 2 * groups) return values.map(String);
  const sorted = (values as number[]).toSorted((a, b) => a - b);
  return (values as number[]).map((value) => String(Math.floor((groups * sorted.indexOf(value)) / sorted.length)));
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
