import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointKeeper } from './learn.ts';

/** How long to learn between two checkpoints: what a kill may cost. */
const defaultSeconds = 30;

/** Keeps a checkpoint by time. The clock is monotonic: setting the time of day changes nothing. */
export class CheckpointTimer implements CheckpointKeeper {
  readonly keep: (checkpoint: Checkpoint) => void;
  readonly end: ((checkpoint: Checkpoint) => void) | undefined;
  readonly #milliseconds: number;
  #last = performance.now();

  /**
   * @param write takes each checkpoint to where it is kept
   * @param end takes that at the end of the run
   */
  constructor(
    write: (checkpoint: Checkpoint) => void,
    seconds = defaultSeconds,
    end?: (checkpoint: Checkpoint) => void,
  ) {
    this.end = end;
    this.#milliseconds = 1000 * seconds;
    this.keep = (checkpoint) => {
      write(checkpoint);
      // After writing, so that a slow disk does not have all the time.
      this.#last = performance.now();
    };
  }

  due(): boolean {
    return performance.now() - this.#last >= this.#milliseconds;
  }
}
