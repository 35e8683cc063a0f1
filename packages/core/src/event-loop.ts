/** How long to compute between two turns of the event loop, in milliseconds. */
const patience = 16;

/** Keeps a long computation from starving the event loop. */
export class EventLoop {
  #last = performance.now();

  /** Whether others have waited long enough. */
  get waits(): boolean {
    return performance.now() - this.#last > patience;
  }

  /** Gives them their turn. */
  async turn(): Promise<void> {
    await letOthersRun();
    this.#last = performance.now();
  }
}

/** Lets whatever else waits for this thread run. A message is delivered at once, where a timer would leave the thread idle. */
export async function letOthersRun(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
  port1.close();
}
