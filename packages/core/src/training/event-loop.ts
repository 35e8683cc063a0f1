/** How long to compute between two turns of the event loop, in milliseconds. */
const patience = 16;

/** Keeps a long computation from starving the event loop. */
export class EventLoop {
  #last = performance.now();

  /** Whether others have waited long enough. */
  get waits(): boolean {
    return performance.now() - this.#last > patience;
  }

  /** Lets whatever else waits for this thread run. */
  async turn(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}
