import type { Parameters, ParameterValues, RandomStream } from '@apical/core';

/** Steps of time. */
export interface Clock {
  /** The length of a step, in the unit of the rule. */
  readonly dt: number;
  /** The first step, from 0 on, and how many. */
  readonly first: number;
  readonly count: number;
}

/** What some cells say in each step: spikes that arrive, or a number. The same step, the same numbers, whatever steps were asked for before. */
export interface StreamGenerator<Own extends Parameters = Parameters> {
  readonly name: string;
  /** What it makes, in a line. */
  readonly says: string;
  readonly parameters: Own;
  /** What is wrong with parameters that are right one by one. */
  problem?(parameters: ParameterValues<Own>): string | undefined;
  /**
   * A function that writes what the cells say, step after step: `out` has count × cells numbers, all of them zero.
   * @param random the random stream of the generator
   */
  start(
    parameters: ParameterValues<Own>,
    cells: number,
    random: RandomStream,
    dt: number,
  ): (out: Float32Array, clock: Clock) => void;
}

/** A generator with the values of its parameters known by their names. */
export function defineStream<const Own extends Parameters>(generator: StreamGenerator<Own>): StreamGenerator {
  return generator as unknown as StreamGenerator;
}

/** From when on it says something, and until when: settings that all waveforms have. */
export const span = {
  from: { default: 0, min: 0, says: 'the time from which on it says something; before it, 0' },
  until: { default: 1e12, min: 0, says: 'the time from which on it says nothing more' },
} as const;

/** A number in all cells, a function of the time at the end of each step, between `from` and `until`. */
export function waveform(
  out: Float32Array,
  cells: number,
  { dt, first, count }: Clock,
  { from, until }: { readonly from: number; readonly until: number },
  at: (t: number) => number,
): void {
  const [begin, end] = [from, until].map((time) => Math.round(time / dt));
  for (let i = 0; i < count; i++) {
    const step = first + i;
    if (step < begin! || step >= end!) continue;
    out.fill(at((step + 1) * dt), i * cells, (i + 1) * cells);
  }
}

/** A setting of spikes. */
export const exact = {
  default: false,
  says: 'whether a spike is what was left of its step when it came, more than 0 and at most 1; or 1',
} as const;
