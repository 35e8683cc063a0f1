import { largestOfRows } from '../class-labels.ts';
import { InputError } from '../errors.ts';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';

/** How many samples were classified right, and of how many. */
export interface RunningCounts {
  readonly right: number;
  readonly of: number;
}

/**
 * How many samples are classified right as they come, before they are learned, since the evaluation before: what is called training
 * accuracy where it is measured on the way. `train` counts; a count can go on where a run was stopped.
 */
export class RunningAccuracy {
  #right: number;
  #of: number;
  /** Whether what was counted has been told: the next sample begins a new count. */
  #told = false;

  constructor({ right, of }: RunningCounts = { right: 0, of: 0 }) {
    this.#right = right;
    this.#of = of;
  }

  get counts(): RunningCounts {
    return { right: this.#right, of: this.#of };
  }

  /** Looks at samples that are about to be learned. @throws InputError for samples without classes */
  look(network: Network, samples: Samples, numbers: Uint32Array): void {
    const { classes } = samples;
    if (!classes) throw new InputError('the running accuracy needs samples that have classes');
    if (this.#told) this.#right = this.#of = 0;
    this.#told = false;
    const taken = largestOfRows(network.predictNumbers(samples, numbers), network.labels);
    this.#right += taken.filter((predicted, i) => predicted === classes[numbers[i]!]).length;
    this.#of += numbers.length;
  }

  /** The share that was right, from 0 to 1; NaN before the first sample. Then a new count begins. */
  tell(): number {
    this.#told = true;
    return this.#right / this.#of;
  }
}
