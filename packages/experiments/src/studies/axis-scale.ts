import { linearGrid, logGrid, rounded } from './axis-values.ts';
import type { AxisValue, Scale } from './study.ts';

/** What the file of a study says of an axis. */
export interface GivenScale {
  readonly values?: readonly AxisValue[] | undefined;
  readonly range?: readonly [number, number] | undefined;
  readonly step?: number | undefined;
  readonly log?: readonly [number, number] | undefined;
  readonly perDecade?: number | undefined;
  readonly points?: number | undefined;
  readonly whole?: boolean | undefined;
}

/** More numbers than this are no grid. */
const mostPoints = 100_000;

/** The scale that is meant, or what is wrong with it in words. */
export function scaleOf({ values, range, step, log, perDecade, points, whole = false }: GivenScale): Scale | string {
  if ([values, range, log].filter((given) => given !== undefined).length !== 1) {
    return 'must have one of values, range and log';
  }
  if (values !== undefined) {
    if (step ?? perDecade ?? points) return 'has values: step, perDecade and points are for range and log';
    return new Set(values).size === values.length ? { kind: 'values', values } : 'has a value twice';
  }
  const [from, to] = (range ?? log) as readonly [number, number];
  if (!(from < to)) return `must go up: ${from} is not below ${to}`;
  if (log !== undefined && from <= 0) return `must be above zero on a logarithmic scale: ${from} is not`;
  if (range !== undefined && perDecade !== undefined) return 'has a range: perDecade is for log';
  if (log !== undefined && step !== undefined) return 'is logarithmic: step is for range';
  const spacings = [step && (to - from) / step + 1, perDecade && Math.log10(to / from) * perDecade + 1, points];
  const given = spacings.filter((spacing) => spacing !== undefined);
  if (given.length > 1) return 'must have one of step, perDecade and points';
  const [exact] = given;
  if (exact === undefined) return { kind: log ? 'log' : 'linear', from, to, whole };
  // The margin keeps rounding from losing the last number.
  const count = Math.floor(exact + 1e-9);
  if (count > mostPoints)
    return `has ${count.toLocaleString('en')} numbers; at most ${mostPoints.toLocaleString('en')} are a grid`;
  const spaced = log
    ? logGrid(from, from * 10 ** ((count - 1) / (perDecade ?? (count - 1) / Math.log10(to / from))), count)
    : linearGrid(from, step === undefined ? to : from + (count - 1) * step, count);
  return { kind: 'values', values: [...new Set(spaced.map((value) => (whole ? Math.round(value) : rounded(value))))] };
}
