import { InputError, RandomStream } from '@apical/core';
import type { Settings } from '../../config/settings.ts';
import { settingsAt } from '../axis-values.ts';
import type { Axis, Trial } from '../study.ts';
import { sobolPoints } from './sobol.ts';

/** After so many points in a row that the study's condition forbids, it is taken to forbid all. */
const attempts = 10_000;

/** A point of the axes, every value as likely as every other. @throws InputError where the condition forbids all */
export function randomTrial(
  axes: readonly Axis[],
  stream: RandomStream,
  allowed: (settings: Settings) => boolean,
): Trial {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const settings = settingsAt(
      axes,
      axes.map(() => stream.uniform()),
    );
    if (allowed(settings)) return { settings };
  }
  throw forbidden();
}

/** Trial i depends on the seed and i only: more trials begin with the same ones. */
export function randomTrials(
  axes: readonly Axis[],
  trials: number,
  seed: number,
  allowed: (settings: Settings) => boolean,
): Trial[] {
  return Array.from({ length: trials }, (_, i) => randomTrial(axes, new RandomStream(seed, `trial ${i}`), allowed));
}

/** Points of Sobol's sequence with a random shift, those that the condition allows. @throws InputError where it forbids all */
export function sobolTrials(
  axes: readonly Axis[],
  trials: number,
  seed: number,
  allowed: (settings: Settings) => boolean,
): Trial[] {
  const stream = new RandomStream(seed, 'shift');
  const shift = Uint32Array.from(axes, () => Math.floor(stream.uniform() * 2 ** 32));
  const found: Trial[] = [];
  let refused = 0;
  for (const point of sobolPoints(axes.length, shift)) {
    if (found.length === trials) break;
    const settings = settingsAt(axes, point);
    refused = allowed(settings) ? 0 : refused + 1;
    if (refused === 0) found.push({ settings });
    if (refused === attempts) throw forbidden();
  }
  return found;
}

function forbidden(): InputError {
  return new InputError(`the condition "where" holds for none of ${attempts.toLocaleString('en')} points of the axes`);
}
