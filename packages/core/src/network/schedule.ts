import { InputError, written } from '../errors.ts';
import { cosineOfHalfTurns } from '../exact/cosine.ts';

/**
 * A learning rate η(t), t being the updates before this one (samples, where a batch is one sample):
 *
 * - constant: `eta0`
 * - with `t0`: eta0 / (1 + t / t0)
 * - `linear`: from eta0 to `to` · eta0 over so many updates, along a line; then constant
 * - `cosine`: the same along half a cosine, eta0 (to + (1 − to) (1 + cos π t/over) / 2)
 * - `steps`: eta0, times `factor` from each of the updates `at` on
 */
export interface Rate {
  readonly eta0: number;
  readonly t0?: number;
  readonly linear?: Fall;
  readonly cosine?: Fall;
  readonly steps?: { readonly at: readonly number[]; readonly factor: number };
}

/** A fall from the whole of a rate to a part of it. */
export interface Fall {
  /** Updates. */
  readonly over: number;
  /** The part that it ends with; default 0. */
  readonly to?: number;
}

/** The forms of a schedule, one of which a rate can have. */
const forms = ['t0', 'linear', 'cosine', 'steps'] as const;

/** η after so many updates. */
export function rateAt({ eta0, t0, linear, cosine, steps }: Rate, t: number): number {
  if (t0 !== undefined) return eta0 / (1 + t * (1 / t0));
  if (linear) return eta0 * fallen(linear, 1 - Math.min(t / linear.over, 1));
  if (cosine) return eta0 * fallen(cosine, (1 + cosineOfHalfTurns(Math.min(t / cosine.over, 1))) / 2);
  if (steps) return steps.at.filter((at) => t >= at).reduce((eta) => eta * steps.factor, eta0);
  return eta0;
}

function fallen({ to = 0 }: Fall, left: number): number {
  return to + (1 - to) * left;
}

/** @param name what it is called in messages. @throws InputError for a rate that makes no sense */
export function checkRate(name: string, rate: Rate): void {
  if (typeof rate !== 'object' || rate === null) {
    throw new InputError(`${name} must be a rate such as { eta0: 0.01 }, not ${written(rate)}`);
  }
  const known: readonly string[] = ['eta0', ...forms];
  const unknown = Object.keys(rate).find((key) => !known.includes(key));
  if (unknown) throw new InputError(`${name}.${unknown}: a rate has no such setting, only ${known.join(', ')}`);
  checkPositive(`${name}.eta0`, rate.eta0);
  const given = forms.filter((form) => rate[form] !== undefined);
  if (given.length > 1) throw new InputError(`${name} has ${given.join(' and ')}: a rate can have one of them`);
  if (rate.t0 !== undefined) checkPositive(`${name}.t0`, rate.t0);
  for (const form of ['linear', 'cosine'] as const) {
    const fall = rate[form];
    if (!fall) continue;
    checkPositive(`${name}.${form}.over`, fall.over);
    const { to = 0 } = fall;
    if (!(to >= 0 && to <= 1)) throw new InputError(`${name}.${form}.to must be from 0 to 1, not ${to}`);
  }
  if (!rate.steps) return;
  const { at, factor } = rate.steps;
  checkPositive(`${name}.steps.factor`, factor);
  const ascends = Array.isArray(at) && at.every((t, i) => Number.isSafeInteger(t) && t > (at[i - 1] ?? 0));
  if (!ascends) throw new InputError(`${name}.steps.at must be updates, whole numbers that ascend from 1, not ${at}`);
}

function checkPositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InputError(`${name} must be a positive finite number, not ${value}`);
  }
}
