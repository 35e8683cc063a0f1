/** How long may be measured at the beginning of a run, in seconds: the first points of a curve are close to each other. */
const initial = 3;
/** How long may be measured for each second of learning. */
const share = 0.5;

/** Keeps measuring from taking most of the time where it is slow: large networks, many images, a busy machine. */
export class Allowance {
  #seconds = initial;

  reset(): void {
    this.#seconds = initial;
  }

  /** Whether there is time to measure. */
  get isLeft(): boolean {
    return this.#seconds > 0;
  }

  /** Whether there is time to measure what nobody looks at yet. */
  get isAmple(): boolean {
    return this.#seconds > 0.75 * initial;
  }

  /** Notes for how long was learned and measured. */
  note(learning: number, measuring: number): void {
    this.#seconds = Math.min(initial, this.#seconds + share * learning - measuring);
  }
}
