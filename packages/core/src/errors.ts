/**
 * A mistake in what the program was given (an option, a file, a shape), not in the program. The message says what is
 * wrong, where, and what to do about it; whoever catches it shows the message alone, without a stack trace.
 */
export class InputError extends Error {
  override name = 'InputError';
}

/**
 * What was asked for is understood and there, but it came to nothing while it was done: the disk is full, a server does not
 * answer, another process is at work there. Its message is for people, as that of every InputError.
 */
export class FailureError extends InputError {
  override name = 'FailureError';
}

/** A state that settles, or that lasts from step to step of a rule in time, when it is no longer finite. */
export interface DivergedState {
  /** `v2` */
  readonly state: string;
  /** The population where it lives: `hidden 2`. */
  readonly population: string;
  /** After how many steps of settling; 0 where it was not finite when settling began; absent of a state that lasts. */
  readonly steps?: number;
  /** In which sample of those that were computed together, from 0. */
  readonly sample: number;
}

/** Weights that were to stay positive definite, and are not. */
export interface IndefiniteWeights {
  /** `M` */
  readonly indefinite: string;
}

/**
 * Learning left the range of finite numbers, or that in which cells come to rest: the rates, or the steps of what settles, are too large
 * for these inputs.
 */
export class DivergenceError extends FailureError {
  override name = 'DivergenceError';

  /** Which sample, counted from 1, was the first with a signal that was not finite; where it was evaluated, how many had been learned. */
  readonly sample: number;
  /** The first state that was not, where one settles. */
  readonly state: DivergedState | undefined;

  /**
   * @param sample that with which it diverged, or the first of its batch, from 1. @param rule the learning rule's name
   * @param found what of the batch diverged first, where it is a state that settles, or weights
   * @param evaluated of samples that were not learned: the number of the first that were computed together, from 0; `sample` is then how
   *   many had been learned
   */
  constructor(sample: number, rule: string, found?: DivergedState | IndefiniteWeights, evaluated?: number) {
    const state = found && 'indefinite' in found ? undefined : found;
    const within = state?.sample ?? 0;
    const at = evaluated === undefined ? sample + within : sample;
    const by = state ? 'by step' : 'by sample';
    const isLasting = found !== undefined && state?.steps === undefined;
    const where =
      evaluated === undefined
        ? `${isLasting ? by : 'at sample'} ${at.toLocaleString('en')}`
        : `after ${counted(at)}, when number ${(evaluated + within + 1).toLocaleString('en')} of those it was measured with was presented`;
    super(`${rule} diverged ${where}: ${found ? whatDiverged(found) : signalsNotFinite}`);
    this.sample = at;
    this.state = state;
  }
}

const counted = (samples: number) => `${samples.toLocaleString('en')} sample${samples === 1 ? '' : 's'}`;

const signalsNotFinite = 'its signals are no longer finite numbers; use smaller learning rates';

function whatDiverged(found: DivergedState | IndefiniteWeights): string {
  if (!('indefinite' in found)) return stateNotFinite(found);
  const { indefinite: name } = found;
  return `${name} is no longer positive definite, so that cells do not come to rest; use a rate of ${name} well below 1`;
}

function stateNotFinite({ state, population, steps }: DivergedState): string {
  if (steps === undefined) {
    return `${state} at ${population} is no longer finite; use a smaller dt, a weaker teacher, or smaller learning rates`;
  }
  if (steps === 0) return `${state} at ${population} is not finite when settling begins; use smaller learning rates`;
  return `${state} at ${population} is no longer finite after step ${steps} of settling; use smaller steps of settling, or smaller learning rates`;
}

/** A value as messages write it: texts in quotes, numbers as they are. */
export function written(value: unknown): string {
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
}
