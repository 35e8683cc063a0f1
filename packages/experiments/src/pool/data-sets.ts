import { createMemory, type Samples, shareSamples } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import { type LoadedData, loadSamples } from '../runs/load-samples.ts';

/** Each distinct data set of some runs once, in one memory that workers can read. */
export class DataSets {
  readonly #loaded: LoadedData[] = [];
  readonly #keys: string[] = [];

  /** Loads them. @throws InputError where one is not there or is damaged; the signal's reason */
  static async load(
    wanted: readonly RunConfig['data'][],
    { directory, signal }: { directory?: string | undefined; signal?: AbortSignal | undefined },
  ): Promise<DataSets> {
    const sets = new DataSets();
    const memory = createMemory();
    for (const data of wanted) {
      signal?.throwIfAborted();
      if (sets.indexOf(data) >= 0) continue;
      const { samples, images } = await loadSamples(data, directory);
      sets.#loaded.push({ samples: shareSamples(samples, memory), images });
      sets.#keys.push(keyOf(data));
    }
    signal?.throwIfAborted();
    return sets;
  }

  /** All of them, for workers. */
  get shared(): Samples[] {
    return this.#loaded.map(({ samples }) => samples);
  }

  get(data: RunConfig['data']): LoadedData {
    const loaded = this.#loaded[this.indexOf(data)];
    if (loaded === undefined) throw new RangeError(`${keyOf(data)} is not loaded`);
    return loaded;
  }

  /** The place of a data set in `shared`. */
  indexOf(data: RunConfig['data']): number {
    return this.#keys.indexOf(keyOf(data));
  }
}

function keyOf({ set, split, inputs, labels }: RunConfig['data']): string {
  return [set, split, inputs, labels].join(' ');
}
