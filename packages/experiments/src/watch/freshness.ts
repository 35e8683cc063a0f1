/** How coarse the time stamps of a file system may be. */
const settledAfterMilliseconds = 3000;

/**
 * Whether what was read of a folder or file still holds. A stamp that is as it was says so only some time after it changed,
 * since two changes shortly after one another may have the same: by our own clock, for that of the file system may be another.
 */
export class Freshness {
  #stamp: string | undefined;
  #since = 0;

  /** Whether it has to be read again, its stamp being this one now. */
  isStale(stamp: string): boolean {
    const now = performance.now();
    if (stamp !== this.#stamp) {
      this.#stamp = stamp;
      this.#since = now;
    }
    return now - this.#since < settledAfterMilliseconds;
  }
}
