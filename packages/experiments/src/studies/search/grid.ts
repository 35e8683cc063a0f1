import type { Settings } from '../../config/settings.ts';
import { isActive } from '../axis-values.ts';
import type { Axis, Trial } from '../study.ts';

/** How many combinations the values of the axes have, before conditions leave some out; Infinity where one has no list. */
export function gridSize(axes: readonly Axis[]): number {
  return axes.reduce((size, { scale }) => size * (scale.kind === 'values' ? scale.values.length : Infinity), 1);
}

/** Every combination once, the last axis fastest. */
export function grid(axes: readonly Axis[]): Trial[] {
  let partial: Settings[] = [{}];
  for (const axis of axes) {
    const values = axis.scale.kind === 'values' ? axis.scale.values : [];
    partial = partial.flatMap((settings) =>
      isActive(axis, settings) ? values.map((value) => ({ ...settings, [axis.name]: value })) : [settings],
    );
  }
  return partial.map((settings) => ({ settings }));
}
