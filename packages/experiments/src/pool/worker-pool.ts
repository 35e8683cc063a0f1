import { extname } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { InputError, type Samples } from '@apical/core';
import Tinypool from 'tinypool';
import type { RunConfig } from '../config/run-config.ts';
import type { RunDataPlaces } from '../runs/data-sets.ts';
import type { RunOutcome } from '../runs/result.ts';
import type { Answer, OptimumTask, RunTask, SharedData, WorkerFunctions } from './tasks.ts';

/** The worker's source beside this source, its built file beside the built one. */
const workerFile = new URL(`./run-worker${extname(import.meta.url)}`, import.meta.url);

/** Worker threads that read the same data sets. Tasks start in the order in which they are given. */
export class WorkerPool {
  readonly #pool: Tinypool;
  readonly #signal: AbortSignal | undefined;
  readonly #stop = () => void this.#pool.destroy();

  /**
   * @param shared data sets in one memory: see core's `shareSamples`
   * @param signal ends all threads at once; what they were doing is rejected with the signal's reason
   */
  constructor(shared: readonly Samples[], workers: number, signal?: AbortSignal) {
    const workerData: SharedData = shared;
    this.#pool = new Tinypool({ filename: workerFile, minThreads: workers, maxThreads: workers, workerData });
    this.#signal = signal;
    signal?.addEventListener('abort', this.#stop, { once: true });
  }

  /** Does a run on the shared data at these places. @throws InputError; the signal's reason; Error if the thread fails */
  async run(config: RunConfig, data: RunDataPlaces, onProgress: (samplesSeen: number) => void): Promise<RunOutcome> {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', onProgress);
    try {
      const task: RunTask = { config, data, progress: port2 };
      const what = `${config.rule} on ${config.data.set} with seed ${config.seed}`;
      return await this.#do('run', task, what, { transferList: [port2] });
    } finally {
      port1.close();
    }
  }

  /** Objective (1) at the optimum of data set number `data`. @throws as `run` does */
  async optimum(task: OptimumTask): Promise<number> {
    return await this.#do('optimum', task, 'the optimum');
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    this.#signal?.removeEventListener('abort', this.#stop);
    await this.#pool.destroy();
  }

  async #do<Name extends keyof WorkerFunctions>(
    name: Name,
    task: Parameters<WorkerFunctions[Name]>[0],
    what: string,
    options: Parameters<Tinypool['run']>[1] = {},
  ): Promise<ValueOf<Name>> {
    this.#signal?.throwIfAborted();
    let answer: Answer<ValueOf<Name>>;
    try {
      answer = await this.#pool.run(task, { ...options, name });
    } catch (error) {
      this.#signal?.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`the worker thread that computed ${what} failed: ${reason}`, { cause: error });
    }
    if ('inputError' in answer) throw new InputError(`${what}: ${answer.inputError}`);
    return answer.value;
  }
}

type ValueOf<Name extends keyof WorkerFunctions> =
  Awaited<ReturnType<WorkerFunctions[Name]>> extends Answer<infer T> ? T : never;
