import { weightName } from '../../circuit/synapses.ts';
import type { Body } from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Arena } from '../../kernels/memory.ts';
import { type Matrix, transpose } from '../../matrix.ts';
import type { Step } from './block.ts';
import { gainSteps } from './change-steps.ts';
import type { Changes } from './changes.ts';
import { type Matrices, type PlacedMatrix, paddedSize, readPlaced } from './matrices.ts';
import type { Compilation } from './operations.ts';

/** What synapses would gain from a block, summed up: nothing is applied, in no phase. */
export class Gathering implements Changes {
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #matrices: Matrices;
  readonly #gains = new Map<string, PlacedMatrix>();

  constructor(arena: Arena, kernels: Kernels, matrices: Matrices) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#matrices = matrices;
  }

  /** Forgets what was gained. */
  clear(): void {
    for (const gain of this.#gains.values()) this.#kernels.clear(gain.address, paddedSize(gain));
  }

  /** What these synapses gained, post × pre; undefined where nothing changes them. */
  read(synapses: string): Matrix | undefined {
    const gain = this.#gains.get(weightName(synapses));
    if (!gain) return undefined;
    const matrix = readPlaced(this.#arena.memory, gain);
    return gain.flipped ? transpose(matrix) : matrix;
  }

  accumulate(body: Body, compilation: Compilation): readonly Step[] {
    return body.changes.flatMap((change) => {
      const gain = this.#gain(change.synapses);
      return gainSteps(compilation, change, gain, gain.address);
    });
  }

  apply(body: Body, compilation: Compilation): readonly Step[] {
    return this.accumulate(body, compilation);
  }

  inner(): Changes {
    return this;
  }

  #gain(synapses: string): PlacedMatrix {
    const name = weightName(synapses);
    const found = this.#gains.get(name);
    if (found) return found;
    const like = this.#matrices.at(name);
    const made = { ...like, address: this.#arena.float32(paddedSize(like)).byteOffset };
    this.#gains.set(name, made);
    return made;
  }
}
