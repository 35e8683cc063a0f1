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

/** Learning left the range of finite numbers: the rates are too large for these inputs. */
export class DivergenceError extends FailureError {
  override name = 'DivergenceError';

  /** Which sample, counted from 1, was the first with a signal that was not finite. */
  readonly sample: number;

  /** @param rule the learning rule's name */
  constructor(sample: number, rule: string) {
    super(
      `${rule} diverged at sample ${sample.toLocaleString('en')}: its signals are no longer finite numbers; use smaller learning rates`,
    );
    this.sample = sample;
  }
}

/** A value as messages write it: texts in quotes, numbers as they are. */
export function written(value: unknown): string {
  return typeof value === 'object' || typeof value === 'string' ? JSON.stringify(value) : String(value);
}
