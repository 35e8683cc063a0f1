import { InputError } from '../../errors.ts';
import type { LaidOut } from '../lay-out.ts';
import type { Parameters, ParameterValues } from '../parameters.ts';

/**
 * What a rule in time says of it. A sample is a step of time, of the length dt, one of the rule's parameters: an input is what arrives
 * from the presynaptic cells in it, a label what a teacher does to the cells. Potentials and traces are states that last for ever.
 */
export interface InTime<Own extends Parameters = Parameters> {
  /** What dt, and all other times, are in. */
  readonly unit: 'ms' | 's';
  /** What a teacher says to each of the cells in a step: a label has all cells' numbers of the first, then those of the second, … */
  teacher(parameters: ParameterValues<Own>): readonly string[];
  /** Between what the numbers of some channels must lie: what runs are taught is compared with it. */
  readonly limits?: Readonly<Record<string, readonly [min: number, max: number]>>;
  /**
   * Pairs of signals that learning is to bring together, by what their difference is called: runs measure how far they are apart, the
   * first of them as what is made small.
   */
  compared?(parameters: ParameterValues<Own>): Readonly<Record<string, readonly [string, string]>>;
  /** What signals are in, by their symbols and the names of states: those of one unit are drawn together. */
  readonly units?: Readonly<Record<string, string>>;
  /** The time constants, by what they are called, of all that dt must not be longer than. */
  timeConstants(parameters: ParameterValues<Own>): Readonly<Record<string, number>>;
  /** Pairs of time constants whose difference the rule divides by: where they are alike to a thousandth, it says nothing. */
  distinct?(parameters: ParameterValues<Own>): Readonly<Record<string, readonly [number, number]>>;
}

/**
 * Refuses steps that are longer than a time constant, teachers of another size, and batches: time has one course.
 * @throws InputError for that
 */
export function checkInTime(
  { rule, parameters, architecture }: Pick<LaidOut, 'rule' | 'parameters' | 'architecture'>,
  { labels, batch = 1 }: { readonly labels: number; readonly batch?: number },
): void {
  const { unit, teacher } = rule.time!;
  checkTimes(rule, parameters);
  const channels = teacher(parameters);
  const [cells = 1] = architecture.hidden;
  if (labels !== channels.length * cells) {
    const says = channels.length === 0 ? 'has no teacher' : `is taught by ${channels.join(', ')}, a number a cell each`;
    throw new InputError(`labels must be ${channels.length * cells}, not ${labels}: ${rule.name} ${says}`);
  }
  if (batch !== 1) throw new InputError(`batch must be 1: a sample of ${rule.name} is a step of time, in ${unit}`);
}

/** @throws InputError for a dt that is longer than the smallest time constant, and for time constants that must differ and do not */
export function checkTimes({ time }: LaidOut['rule'], parameters: ParameterValues): void {
  const { unit, timeConstants, distinct } = time!;
  const dt = parameters.dt as number;
  const [smallest] = Object.entries(timeConstants(parameters)).sort(([, a], [, b]) => a - b);
  if (smallest !== undefined && dt > smallest[1]) {
    const [name, most] = smallest;
    throw new InputError(
      `parameters.dt must be at most ${Number(most.toPrecision(3))} ${unit}, the smallest time constant (${name}), not ${dt}`,
    );
  }
  for (const [names, [a, b]] of Object.entries(distinct?.(parameters) ?? {})) {
    if (Math.abs(a - b) >= Math.max(a, b) / 1000) continue;
    throw new InputError(`parameters: ${names} must not be the same, and are ${a} and ${b} ${unit}`);
  }
}

/** Whether it is one, for callers whose types were not checked. */
export function isInTime(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { unit, teacher, timeConstants } = value as Record<keyof InTime, unknown>;
  return (unit === 'ms' || unit === 's') && typeof teacher === 'function' && typeof timeConstants === 'function';
}
