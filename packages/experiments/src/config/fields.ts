import { checkInitial, type Initial, InputError, type Optimiser, optimiserNames, type Rate } from '@apical/core';
import { z } from 'zod';
import { suggestion } from './suggestion.ts';

/** A value that passes the check; `expected` completes "must be …". */
export function field<T>(expected: string, check: (value: unknown) => boolean) {
  return z.custom<T>(check, { error: ({ input }) => mismatch(expected, input) });
}

/** One of a few names, or another that is right in its own way. */
export function oneOf<Name extends string>(names: readonly Name[], isOther: (name: string) => boolean = () => false) {
  return z.custom<Name>(
    (value) => names.some((name) => name === value) || (typeof value === 'string' && isOther(value)),
    {
      error: ({ input }) => noneOf(names, input),
    },
  );
}

/** "must be one of bmvr, backprop, not "bmrv" (did you mean "bmvr"?)". */
export function noneOf(names: readonly string[], value: unknown): string {
  return mismatch(`one of ${names.join(', ')}`, value) + (typeof value === 'string' ? suggestion(value, names) : '');
}

/** A whole number from `minimum` on that a double holds exactly. */
export function wholeNumber(minimum: number) {
  return z.custom<number>((value) => isWhole(value) && value >= minimum, {
    error: ({ input }) => mismatch(wholeWords(minimum, input), input),
  });
}

/** "a whole number from 1"; to what, where that is the matter. */
function wholeWords(minimum: number, value: unknown): string {
  const isLarge = typeof value === 'number' && value > Number.MAX_SAFE_INTEGER;
  return `a whole number from ${minimum}${isLarge ? ` to ${Number.MAX_SAFE_INTEGER} (2^53 − 1)` : ''}`;
}

export const nonNegative = field<number>('a finite number, zero or more', (value) => isNumber(value) && value >= 0);

const positive = field<number>('a positive finite number', (value) => isNumber(value) && value > 0);

const share = field<number>('a number from 0 to less than 1', (value) => isNumber(value) && value >= 0 && value < 1);

const part = field<number>('a number from 0 to 1', (value) => isNumber(value) && value >= 0 && value <= 1);

export const flag = field<boolean>('true or false', (value) => typeof value === 'boolean');

/** Whole numbers from a minimum that ascend. */
export function ascending(what: string, minimum = 1) {
  return field<number[]>(`a list of ascending whole numbers from ${minimum} (${what})`, (points) =>
    ascends(points, minimum),
  );
}

const fall = strict({ over: positive, to: part.exactOptional() });

export const rate: z.ZodType<Rate> = strict({
  eta0: positive,
  t0: positive.exactOptional(),
  linear: fall.exactOptional(),
  cosine: fall.exactOptional(),
  steps: strict({ at: ascending('updates'), factor: positive }).exactOptional(),
});

export const initial = field<Initial>(
  '{ "normal": standard deviation, zero or more }, { "uniform": bound, zero or more }, each with or without "fan": "in", "out" or "sum", { "orthogonal": factor }, { "identity": factor } or { "constant": number }',
  (value) => {
    if (!isObject(value)) return false;
    const [form = '', ...others] = Object.keys(value).filter((key) => key !== 'fan');
    if (others.length > 0 || !isNumber((value as Record<string, unknown>)[form])) return false;
    return isAccepted(() => checkInitial('initial', value as Initial));
  },
);

/** Which numbers belong to which kind is checked apart. */
export const optimiser = strict({
  kind: oneOf(optimiserNames),
  momentum: share.exactOptional(),
  rho: share.exactOptional(),
  beta1: share.exactOptional(),
  beta2: share.exactOptional(),
  epsilon: positive.exactOptional(),
  decoupled: flag.exactOptional(),
  epsilonHat: flag.exactOptional(),
  centred: flag.exactOptional(),
  epsilonInside: flag.exactOptional(),
  weightDecay: nonNegative.exactOptional(),
}) as unknown as z.ZodType<Optimiser>;

/** An object of these fields and no others. */
export function strict<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  return z.strictObject(shape, { error: ({ input }) => mismatch('an object', input) });
}

/** An object that has a value under any names. */
export function byName<T>(expected: string, value: z.ZodType<T>) {
  return z.record(z.string(), value, { error: ({ input }) => mismatch(expected, input) });
}

export function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** "must be a positive finite number, not -0.1". */
export function mismatch(expected: string, value: unknown): string {
  return value === undefined ? `is missing; it must be ${expected}` : `must be ${expected}, not ${show(value)}`;
}

function ascends(points: unknown, minimum: number): boolean {
  let last = minimum - 1;
  return (
    Array.isArray(points) &&
    points.every((point: unknown) => {
      if (!isWhole(point) || point <= last) return false;
      last = point;
      return true;
    })
  );
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAccepted(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const longestShown = 60;

/** A value as JSON would have it, numbers such as NaN included, cut where it is long. */
export function show(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  if (text === undefined) return typeof value;
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
