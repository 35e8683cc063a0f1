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

/** A state that settles, when it is no longer finite. */
export interface DivergedState {
  /** `v2` */
  readonly state: string;
  /** The population where it lives: `hidden 2`. */
  readonly population: string;
  /** After how many steps of settling. */
  readonly steps: number;
  /** In which sample of its batch, from 0. */
  readonly sample: number;
}

/** Learning left the range of finite numbers: the rates, or the steps of what settles, are too large for these inputs. */
export class DivergenceError extends FailureError {
  override name = 'DivergenceError';

  /** Which sample, counted from 1, was the first with a signal that was not finite. */
  readonly sample: number;
  /** The first state that was not, where one settles. */
  readonly state: DivergedState | undefined;

  /**
   * @param sample that with which it diverged, or the first of its batch, from 1. @param rule the learning rule's name
   * @param state what of the batch diverged first, where it is a state that settles
   */
  constructor(sample: number, rule: string, state?: DivergedState) {
    const at = sample + (state?.sample ?? 0);
    const what = state
      ? `${state.state} at ${state.population} is no longer finite after step ${state.steps} of settling; use smaller steps of settling, or smaller learning rates`
      : 'its signals are no longer finite numbers; use smaller learning rates';
    super(`${rule} diverged at sample ${at.toLocaleString('en')}: ${what}`);
    this.sample = at;
    this.state = state;
  }
}

/** A value as messages write it: texts in quotes, numbers as they are. */
export function written(value: unknown): string {
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
}
