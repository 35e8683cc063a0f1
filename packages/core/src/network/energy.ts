import type { Trace } from '../circuit/trace.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Matrix } from '../matrix.ts';
import type { LaidOut } from '../rules/lay-out.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import { Lasting } from './plain/lasting.ts';
import { Matrices } from './plain/matrices.ts';
import { drawsOf, Noise, writerOf } from './plain/noise.ts';
import { Program } from './plain/program.ts';
import { blockSamples, type Source } from './sources.ts';

/** What a rule's energy is computed by, and the signals that are it, one a layer; undefined where the rule has none. */
export function traceEnergy({ circuit, behaviour: { energy } }: Pick<LaidOut, 'circuit' | 'behaviour'>) {
  if (!energy) return undefined;
  let layers: readonly number[] = [];
  const trace: Trace = circuit.trace((x, y) => {
    layers = energy(x, y).map(({ id }) => id);
    return undefined;
  });
  return { trace, layers };
}

/** Measures the energy of states as they have settled, with a copy of the weights; nothing is learned. */
export class EnergyMeter {
  readonly #layers: readonly number[];
  readonly #blueprint: Blueprint;
  readonly #arena: Arena;
  readonly #matrices: Matrices;
  readonly #lasting: Lasting;
  readonly #noise: Noise;
  readonly #program: Program;

  constructor(
    kernels: Kernels,
    memory: WebAssembly.Memory,
    blueprint: Blueprint,
    { trace, layers }: { readonly trace: Trace; readonly layers: readonly number[] },
    { seed = 0, noise }: Pick<NetworkOptions, 'seed' | 'noise'>,
  ) {
    const { circuit } = blueprint;
    this.#layers = layers;
    this.#blueprint = blueprint;
    this.#arena = new Arena(memory);
    this.#matrices = new Matrices(this.#arena, circuit.allSynapses);
    this.#lasting = new Lasting(this.#arena, circuit, [trace]);
    this.#noise = new Noise(seed, drawsOf(trace, circuit));
    this.#program = new Program({
      ...{ kernels, memory, circuit, trace, capacity: blockSamples, learns: false },
      ...{ matrices: this.#matrices, lasting: this.#lasting },
      noise: noise ? writerOf(memory, noise) : this.#noise.writer(kernels, memory),
    });
  }

  /** Σ of each layer's energy over the samples of the source, from position 0 on. */
  measure(weights: Readonly<Record<string, Matrix>>, source: Source, count: number): readonly number[] {
    for (const { name } of this.#blueprint.circuit.allSynapses) {
      this.#matrices.write(name, weights[name.replace('ᵀ', '')]!);
    }
    this.#lasting.start(weights);
    this.#noise.goTo({ samples: 0, updates: 0 });
    const totals = this.#layers.map(() => 0);
    for (let first = 0; first < count; first += blockSamples) {
      const part = Math.min(blockSamples, count - first);
      this.#program.run(source, source.place(first, part), part);
      for (const [i, id] of this.#layers.entries()) {
        for (const value of this.#program.read(id, part)) totals[i]! += value;
      }
    }
    return totals;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#program.dispose();
    this.#arena.dispose();
  }
}
