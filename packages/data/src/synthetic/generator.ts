import type { Parameters, ParameterValues, RandomStream } from '@apical/core';

/** How samples are made from a seed. */
export interface Generator<Own extends Parameters = Parameters> {
  readonly name: string;
  /** What it makes, in a line. */
  readonly says: string;
  readonly parameters: Own;
  /** Whether labels are classes or numbers. */
  readonly labels: 'classes' | 'numbers';
  /** How many samples it makes. */
  count(parameters: ParameterValues<Own>): number;
  /** @param random the stream of a name, of the seed that was asked for */
  generate(parameters: ParameterValues<Own>, random: (name: string) => RandomStream): Generated;
}

/** What comes of it: see `NumberSet`. */
export interface Generated {
  readonly count: number;
  readonly inputs: number;
  readonly labels: number;
  readonly X: Float32Array;
  /** Labels that are numbers. */
  readonly Y?: Float32Array;
  /** Labels that are classes, 0 … labels − 1. */
  readonly classes?: Uint8Array;
}

/** A generator with the values of its parameters known by their names. */
export function defineGenerator<const Own extends Parameters>(generator: Generator<Own>): Generator {
  return generator as unknown as Generator;
}
