import type { Circuit } from '../../circuit/circuit.ts';
import type { Distribution } from '../../circuit/start.ts';
import type { Body, Trace } from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { padded } from '../../kernels/memory.ts';
import { hashOfName, RandomStream } from '../../random/stream.ts';
import { fillWith } from './fill.ts';
import type { Slot } from './slots.ts';

/** Where deviates come from, by the name of the noise: `length` more of them. Tests have their own. */
export type NoiseSource = (name: string, distribution: Distribution, length: number) => ArrayLike<number>;

/** Writes the deviates of a noise into a slot, for so many samples. */
export type NoiseWriter = (name: string, distribution: Distribution, slot: Slot, count: number) => void;

/** Writes what a source gives. */
export function writerOf(memory: WebAssembly.Memory, source: NoiseSource): NoiseWriter {
  return (name, distribution, slot, count) => {
    const length = slot.matrix ? slot.size : count * slot.size;
    const drawn = source(name, distribution, length);
    fillWith(memory, slot, count, { length, at: (i) => drawn[i]! });
  };
}

/** Words of a random stream that a deviate takes. */
const wordsOfDeviate = 2;

/** How many deviates of each noise, by name, are drawn for a sample, and for an update besides. */
export type Draws = ReadonlyMap<string, { readonly sample: number; readonly update: number }>;

/** How much has been done. */
export interface Learned {
  readonly samples: number;
  readonly updates: number;
}

/** What a trace draws: a deviate a cell and sample, or one a synapse and update, as often as steps are repeated. */
export function drawsOf(trace: Trace, circuit: Circuit): Draws {
  const draws = new Map<string, { sample: number; update: number }>();
  const count = ({ operations }: Body, times: number) => {
    for (const operation of operations) {
      if ('body' in operation) count(operation.body, operation.kind === 'repeat' ? times * operation.steps : times);
      if (operation.kind !== 'noise') continue;
      const population = trace.signals[operation.output]?.population ?? '';
      const known = draws.get(operation.name) ?? { sample: 0, update: 0 };
      const drawn = times * circuit.size(population);
      const { sample, update } = known;
      const next = circuit.isAtSynapses(population)
        ? { sample, update: update + drawn }
        : { sample: sample + drawn, update };
      draws.set(operation.name, next);
    }
  };
  count(trace, 1);
  return draws;
}

function streamName(noise: string): string {
  return `noise ${noise}`;
}

/**
 * The deviates of a network's noises: those of a name are a stream of its seed and name, one after the other, sample after sample
 * and cell after cell.
 */
export class Noise {
  readonly #draws: readonly Draws[];
  readonly #names: readonly string[];
  readonly #drawn: Float64Array;
  /** The seed is a part of what the future depends on. */
  readonly #seed: Float64Array;
  #streams: readonly RandomStream[] = [];

  /** @param draws what is drawn of all that draws, part by part */
  constructor(seed: number, draws: readonly Draws[]) {
    this.#draws = draws;
    this.#names = [...new Set(draws.flatMap((each) => [...each.keys()]))];
    this.#drawn = new Float64Array(this.#names.length);
    this.#seed = Float64Array.of(seed);
  }

  readonly draw: NoiseSource = (name, distribution, length) => {
    const place = this.#names.indexOf(name);
    const stream = this.#stream(place);
    stream.position = wordsOfDeviate * this.#drawn[place]!;
    this.#drawn[place]! += length;
    if ('normal' in distribution) {
      return Float32Array.from({ length }, () => distribution.normal * stream.normal());
    }
    return Float32Array.from({ length }, () => distribution.uniform * (2 * stream.uniform() - 1));
  };

  /** What writes the same deviates by the kernels. */
  writer(kernels: Kernels, memory: WebAssembly.Memory): NoiseWriter {
    const hashes = this.#names.map((name) => hashOfName(streamName(name)));
    const bySource = writerOf(memory, this.draw);
    return (name, distribution, slot, count) => {
      const { address, size, stride, matrix } = slot;
      // Matrices that lie by their presynaptic cells are not drawn in the order in which they lie.
      if (matrix?.flipped) {
        bySource(name, distribution, slot, count);
        return;
      }
      const place = this.#names.indexOf(name);
      const { low, high } = hashes[place]!;
      const [kind, factor] = 'normal' in distribution ? [0, distribution.normal] : [1, distribution.uniform];
      const [vectors, cells, step] = matrix
        ? [matrix.rows, matrix.columns, padded(matrix.columns)]
        : [count, size, stride];
      const first = this.#drawn[place]!;
      kernels.fillNoise(kind, this.#seed[0]!, low, high, first, factor, address, vectors, cells, step);
      this.#drawn[place]! += vectors * cells;
    };
  }

  /** To where it is when so much of each part has been done; by default nothing. */
  goTo(done: readonly Learned[] = []): void {
    for (const [place, name] of this.#names.entries()) {
      this.#drawn[place] = done.reduce((total, { samples, updates }, part) => {
        const { sample = 0, update = 0 } = this.#draws[part]?.get(name) ?? {};
        return total + sample * samples + update * updates;
      }, 0);
    }
  }

  /** The seed, and how many deviates each noise has given; nothing where there is no noise. */
  get state(): readonly Float64Array[] {
    return this.#names.length > 0 ? [this.#seed, this.#drawn] : [];
  }

  #stream(place: number): RandomStream {
    const [seed = 0] = this.#seed;
    // A snapshot that is restored can bring another seed.
    if (this.#streams[0]?.seed !== seed) {
      this.#streams = this.#names.map((name) => new RandomStream(seed, streamName(name)));
    }
    return this.#streams[place]!;
  }
}
