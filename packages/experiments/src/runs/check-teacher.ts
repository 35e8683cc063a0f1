import { InputError, type Rule } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';

/**
 * A function that looks whether what a teacher says in some steps can be: Y, steps × channels × cells, from step `first` on.
 * @throws InputError, from the function, for a number beyond the limits of its channel
 */
export function teacherCheck(
  { time, name }: Rule,
  { data }: Pick<RunConfig, 'data'>,
  channels: readonly string[],
  teacher: number,
): (Y: Float32Array, first: number) => void {
  const cells = teacher / channels.length;
  const limited = channels.flatMap((channel, place) => {
    const [min, max] = time?.limits?.[channel] ?? [];
    return min === undefined || max === undefined ? [] : [{ channel, place, min, max }];
  });
  return (Y, first) => {
    for (const { channel, place, min, max } of limited) {
      for (let row = 0; row < Y.length; row += teacher) {
        for (let cell = 0; cell < cells; cell++) {
          const value = Y[row + place * cells + cell]!;
          if (value >= min && value <= max) continue;
          const range = max === Number.POSITIVE_INFINITY ? `${min} or more` : `from ${min} to ${max}`;
          const step = (first + row / teacher + 1).toLocaleString('en');
          throw new InputError(
            `data.set: ${data.set}: ${channel} is ${value} in step ${step}; to ${name} it must be ${range}`,
          );
        }
      }
    }
  };
}
