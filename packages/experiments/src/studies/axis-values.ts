import type { Settings } from '../config/settings.ts';
import { parseCondition } from '../query/condition.ts';
import type { Axis, AxisValue, Interval, Scale } from './study.ts';

/**
 * Numbers of a grid, and numbers that a search chooses, have this many digits: readable, and the same on every machine, though
 * the last bits of powers and logarithms differ between engines.
 */
const digits = 6;

export function rounded(value: number): number {
  return Number(value.toPrecision(digits));
}

/** `count` numbers from `from` to `to`, evenly spread. */
export function linearGrid(from: number, to: number, count: number): number[] {
  if (count === 1) return [from];
  return Array.from({ length: count }, (_, i) => rounded(from + ((to - from) * i) / (count - 1)));
}

/** `count` numbers from `from` to `to`, evenly spread in their logarithms. */
export function logGrid(from: number, to: number, count: number): number[] {
  if (count === 1) return [from];
  const [low, high] = [Math.log10(from), Math.log10(to)];
  return Array.from({ length: count }, (_, i) => rounded(10 ** (low + ((high - low) * i) / (count - 1))));
}

/** The value at a place from 0 (the first) to just under 1 (the last). */
export function valueAt(scale: Scale, place: number): AxisValue {
  if (scale.kind === 'values') return scale.values[Math.floor(place * scale.values.length)] as AxisValue;
  const { from, to, whole } = scale;
  const [low, high] = endsOf(scale);
  const value = scale.kind === 'linear' ? low + (high - low) * place : low * (high / low) ** place;
  return whole ? Math.min(to, Math.max(from, Math.round(value))) : rounded(Math.min(to, Math.max(from, value)));
}

/** Where an interval ends: a whole number has one of its own around it, so that the first and the last are as likely as others. */
export function endsOf({ from, to, whole }: Interval): [low: number, high: number] {
  return whole ? [from - 0.5, to + 0.5] : [from, to];
}

/** The settings at a place on every axis; an axis whose condition does not hold has none. */
export function settingsAt(axes: readonly Axis[], places: ArrayLike<number>): Settings {
  const settings: Settings = {};
  axes.forEach((axis, i) => {
    if (isActive(axis, settings)) settings[axis.name] = valueAt(axis.scale, places[i] as number);
  });
  return settings;
}

/** The settings that are given, and every other axis that counts at its first value. */
export function completedSettings(axes: readonly Axis[], given: Settings): Settings {
  const settings: Settings = {};
  for (const axis of axes) {
    if (isActive(axis, settings)) settings[axis.name] = axis.name in given ? given[axis.name] : valueAt(axis.scale, 0);
  }
  return settings;
}

/** Whether an axis counts, given the values of those before it. */
export function isActive({ when }: Axis, settings: Settings): boolean {
  return when === undefined || parseCondition(when).holds(settings);
}
