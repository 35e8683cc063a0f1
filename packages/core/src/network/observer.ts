import { weightName } from '../circuit/synapses.ts';
import { allOperations, type Trace } from '../circuit/trace.ts';
import { differentiate, type Gradient } from '../gradient/differentiate.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import { type Matrix, transpose } from '../matrix.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import { Gathering } from './plain/gathering.ts';
import { Lasting } from './plain/lasting.ts';
import { Matrices, readPlaced } from './plain/matrices.ts';
import { drawsOf, Noise, writerOf } from './plain/noise.ts';
import { Program } from './plain/program.ts';
import { blockSamples, type Source } from './sources.ts';

/** What a trace computed for a block of samples, and what synapses gained by it: the mean over the block. */
export interface Observed {
  readonly trace: Trace;
  /** The values of a signal, sample after sample; of what synapses have, post × pre. */
  signal(id: number): Float32Array;
  /** What the synapses gained, post × pre; undefined where nothing changes them. */
  gain(synapses: string): Matrix | undefined;
}

/**
 * Looks at what a rule does with samples, and at what gradient descent on the network's loss would do, at the same weights. It has a
 * copy of the weights; nothing is learned.
 */
export class Observer {
  readonly learning: Observed;
  readonly gradient: Observed & { readonly trace: Gradient };
  readonly #blueprint: Blueprint;
  readonly #arena: Arena;
  readonly #matrices: Matrices;
  readonly #lasting: Lasting;
  readonly #noise: Noise;
  readonly #programs: readonly Program[];
  readonly #gatherings: readonly Gathering[];
  #count = 0;

  constructor(
    kernels: Kernels,
    memory: WebAssembly.Memory,
    blueprint: Blueprint,
    { learn, predict }: { readonly learn: Trace; readonly predict: Trace },
    { seed = 0, noise }: Pick<NetworkOptions, 'seed' | 'noise'>,
  ) {
    const { circuit, architecture } = blueprint;
    this.#blueprint = blueprint;
    this.#arena = new Arena(memory);
    this.#matrices = new Matrices(this.#arena, circuit.allSynapses);
    this.#lasting = new Lasting(this.#arena, circuit, [learn, predict]);
    this.#noise = new Noise(
      seed,
      [learn, predict].map((trace) => drawsOf(trace, circuit)),
    );
    const gradient = differentiate(predict, architecture.loss);
    const gatherings = [learn, gradient].map(() => new Gathering(this.#arena, kernels, this.#matrices));
    const parts = {
      kernels,
      memory,
      circuit,
      capacity: blockSamples,
      matrices: this.#matrices,
      lasting: this.#lasting,
    };
    this.#gatherings = gatherings;
    // The rule moves running means, of a copy; then the gradient is that of what is predicted with them.
    this.#programs = [learn, gradient].map(
      (trace, i) =>
        new Program({
          ...parts,
          trace,
          noise: noise ? writerOf(memory, noise) : this.#noise.writer(kernels, memory),
          learns: trace === learn,
          changes: gatherings[i]!,
        }),
    );
    this.learning = this.#observed(learn, 0);
    this.gradient = { ...this.#observed(gradient, 1), trace: gradient };
  }

  /** The weights as they act where synapses are driven by values in their place: the values; else the weights. Post × pre. */
  acting(synapses: string): Matrix {
    const { trace } = this.learning;
    const drive = allOperations(trace).find(
      (each) => each.kind === 'drive' && each.synapses === synapses && each.by !== undefined,
    );
    const { pre, post } = this.#blueprint.circuit.synapsesOf(synapses);
    if (drive?.kind === 'drive' && drive.by !== undefined) {
      return { rows: post.size, cols: pre.size, data: this.learning.signal(drive.by) };
    }
    const placed = this.#matrices.at(synapses);
    const lying = readPlaced(this.#arena.memory, placed);
    return placed.flipped ? transpose(lying) : lying;
  }

  /** Looks at samples first … first + count − 1, at most a block, at these weights. */
  look(weights: Readonly<Record<string, Matrix>>, source: Source, first: number, count: number): void {
    for (const { name } of this.#blueprint.circuit.allSynapses) this.#matrices.write(name, weights[weightName(name)]!);
    this.#lasting.start(weights);
    this.#noise.goTo();
    for (const gathering of this.#gatherings) gathering.clear();
    for (const program of this.#programs) program.run(source, source.place(first, count), count);
    this.#count = count;
  }

  /** Gives the memory back. */
  dispose(): void {
    for (const program of this.#programs) program.dispose();
    this.#arena.dispose();
  }

  #observed<Kind extends Trace>(trace: Kind, i: number) {
    return {
      trace,
      signal: (id: number) => this.#programs[i]!.read(id, this.#count),
      gain: (synapses: string) => this.#gatherings[i]!.read(synapses),
    };
  }
}
