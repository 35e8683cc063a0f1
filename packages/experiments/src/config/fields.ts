import type { Initial, Rate } from '@apical/core';
import { z } from 'zod';
import { suggestion } from './suggestion.ts';

/** A value that passes the check; `expected` completes "must be …". */
export function field<T>(expected: string, check: (value: unknown) => boolean) {
  return z.custom<T>(check, { error: ({ input }) => mismatch(expected, input) });
}

/** One of a few names. */
export function oneOf<Name extends string>(names: readonly Name[]) {
  return z.custom<Name>((value) => names.some((name) => name === value), {
    error: ({ input }) =>
      mismatch(`one of ${names.join(', ')}`, input) + (typeof input === 'string' ? suggestion(input, names) : ''),
  });
}

/** A whole number from `minimum` on that a double holds exactly. */
export function wholeNumber(minimum: number) {
  return field<number>(`a whole number from ${minimum}`, (value) => isWhole(value) && value >= minimum);
}

export const nonNegative = field<number>('a finite number, zero or more', (value) => isNumber(value) && value >= 0);

const positive = field<number>('a positive finite number', (value) => isNumber(value) && value > 0);

export const rate: z.ZodType<Rate> = strict({ eta0: positive, t0: positive.exactOptional() });

export const initial = field<Initial>(
  '{ "normal": standard deviation, zero or more } or { "identity": factor }',
  (value) => {
    const entries = Object.entries(isObject(value) ? value : {});
    const [name, number] = entries[0] ?? [];
    if (entries.length !== 1 || !isNumber(number)) return false;
    return name === 'identity' || (name === 'normal' && number >= 0);
  },
);

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
function mismatch(expected: string, value: unknown): string {
  return value === undefined ? `is missing; it must be ${expected}` : `must be ${expected}, not ${show(value)}`;
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const longestShown = 60;

/** A value as JSON would have it, numbers such as NaN included, cut where it is long. */
function show(value: unknown): string {
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  if (text === undefined) return typeof value;
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
