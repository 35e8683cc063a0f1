import { extname } from 'node:path';
import Tinypool from 'tinypool';
import type { SweepAnswer, SweepShared, SweepTask } from './tasks.ts';

/** The worker's source beside this source, its built file beside the built one. */
const workerFile = new URL(`./trial-worker${extname(import.meta.url)}`, import.meta.url);

/** Worker threads that do runs in folders, and can be told to stop with a checkpoint. */
export class SweepPool {
  readonly #pool: Tinypool;
  readonly #stop: Int32Array;

  constructor(shared: Omit<SweepShared, 'stop'>, workers: number) {
    this.#stop = new Int32Array(new SharedArrayBuffer(4));
    const workerData: SweepShared = { ...shared, stop: this.#stop };
    this.#pool = new Tinypool({ filename: workerFile, minThreads: workers, maxThreads: workers, workerData });
  }

  /** Never rejects: a thread that dies, say for want of memory, is a failure of its run, and another takes its place. */
  async run(task: SweepTask): Promise<SweepAnswer> {
    try {
      return await this.#pool.run(task, { name: 'run' });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', reason: `the worker thread failed: ${reason}` };
    }
  }

  /** All runs write a checkpoint and stop; so do those that have not begun. */
  stop(): void {
    Atomics.store(this.#stop, 0, 1);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
