/** Between attempts, in milliseconds: the first, and the longest. */
const [first, longest] = [1000, 15_000];

/** How long to wait before one tries again what has failed: longer every time, until it succeeds. */
export class Pauses {
  #next = first;

  /** In milliseconds. */
  next(): number {
    const pause = this.#next;
    this.#next = Math.min(2 * pause, longest);
    return pause;
  }

  /** It has succeeded. */
  reset(): void {
    this.#next = first;
  }
}
