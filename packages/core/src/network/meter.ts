import type { Trace } from '../circuit/trace.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Matrix } from '../matrix.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import type { Watch } from './plain/block.ts';
import { Lasting } from './plain/lasting.ts';
import { Matrices } from './plain/matrices.ts';
import { drawsOf, Noise, writerOf } from './plain/noise.ts';
import { Program } from './plain/program.ts';
import { blockSamples, type Source } from './sources.ts';

/** Does a trace with samples and their labels, with a copy of the weights; nothing is learned. Noise is the same at every look. */
export class Meter {
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
    trace: Trace,
    { seed = 0, noise }: Pick<NetworkOptions, 'seed' | 'noise'>,
  ) {
    const { circuit } = blueprint;
    this.#blueprint = blueprint;
    this.#arena = new Arena(memory);
    this.#matrices = new Matrices(this.#arena, circuit.allSynapses);
    this.#lasting = new Lasting(this.#arena, circuit, [trace]);
    this.#noise = new Noise(seed, [drawsOf(trace, circuit)]);
    this.#program = new Program({
      ...{ kernels, memory, circuit, trace, capacity: blockSamples, learns: false },
      ...{ matrices: this.#matrices, lasting: this.#lasting },
      noise: noise ? writerOf(memory, noise) : this.#noise.writer(kernels, memory),
    });
  }

  /** Measures at these weights from now on. */
  begin(weights: Readonly<Record<string, Matrix>>): void {
    for (const { name } of this.#blueprint.circuit.allSynapses) {
      this.#matrices.write(name, weights[name.replace('ᵀ', '')]!);
    }
    this.#lasting.start(weights);
    this.#noise.goTo();
  }

  /** Does the trace with samples first … first + count − 1 of the source, at most a block. @throws NotFinite */
  run(source: Source, first: number, count: number, watch?: Watch): void {
    this.#program.run(source, source.place(first, count), count, watch);
  }

  /** Σ of what a signal is in all cells and the first `count` samples of the block. */
  sum(signal: number, count: number): number {
    return this.#program.read(signal, count).reduce((total, value) => total + value, 0);
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#program.dispose();
    this.#arena.dispose();
  }
}
