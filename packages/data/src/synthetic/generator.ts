import type { Parameters, ParameterValues, RandomStream } from '@apical/core';

/** What is told of every sample: its class, numbers, or nothing. */
export type GeneratedLabels = 'classes' | 'numbers' | 'none';

/** How samples are made from a seed. Besides its own parameters each generator has `samples`, `test` and `seed`. */
export interface Generator<Own extends Parameters = Parameters> {
  readonly name: string;
  /** What it makes, in a line. */
  readonly says: string;
  /** Where it is defined. */
  readonly source?: string;
  readonly labels: GeneratedLabels;
  /** How many samples it makes where it is not said. */
  readonly samples: number;
  readonly parameters: Own;
  /** m and n, the numbers in an input and in a label (one a class; 0 where there are no labels). */
  sizes(parameters: ParameterValues<Own>): { readonly inputs: number; readonly labels: number };
  /** The names of the classes, if they have names other than 0, 1, 2, … */
  readonly classNames?: readonly string[];
  /** What is wrong with parameters that are right one by one: `noise: must be …`. */
  problem?(parameters: ParameterValues<Own>): string | undefined;
  /**
   * Makes that many samples, one after the other, each at random and independent of the others: fewer are the first of more.
   *
   * @param random the stream of a name, of the seed that was asked for
   */
  generate(parameters: ParameterValues<Own>, count: number, random: (name: string) => RandomStream): Generated;
  /** The covariance of what it makes, where that is known. @param random as for `generate` */
  covariance?(parameters: ParameterValues<Own>, random: (name: string) => RandomStream): Covariance;
}

/** Second moments of samples whose means are zero, row-major, float64: m × m of inputs; of labels that are numbers m × n and n × n. */
export interface Covariance {
  readonly xx: Float64Array;
  readonly xy?: Float64Array;
  readonly yy?: Float64Array;
}

/** What comes of it: see `NumberSet`. */
export interface Generated {
  /** count × m, row-major. */
  readonly X: Float32Array;
  /** Labels that are numbers: count × n, row-major. */
  readonly Y?: Float32Array;
  /** Labels that are classes, 0 … n − 1. */
  readonly classes?: Uint8Array;
}

/** A generator with the values of its parameters known by their names. */
export function defineGenerator<const Own extends Parameters>(generator: Generator<Own>): Generator {
  return generator as unknown as Generator;
}
