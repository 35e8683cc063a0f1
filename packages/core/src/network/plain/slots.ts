import type { Circuit } from '../../circuit/circuit.ts';
import { placeAt } from '../../circuit/synapses.ts';
import type { Trace } from '../../circuit/trace.ts';
import { type Arena, padded } from '../../kernels/memory.ts';
import { type PlacedMatrix, paddedSize, placeMatrix } from './matrices.ts';

/** Where a signal lies: a padded vector a sample of the block, one after the other; or one matrix, of what synapses have. */
export interface Slot {
  readonly address: number;
  /** Cells. */
  readonly size: number;
  /** Floats in one vector. */
  readonly stride: number;
  /** Of a signal that lives at synapses: there is one for the whole block. */
  readonly matrix?: PlacedMatrix;
}

/** The floats of so many samples' vectors. */
export function lengthOf({ stride, matrix }: Slot, count: number): number {
  return matrix ? paddedSize(matrix) : count * stride;
}

/** The places of one trace's signals for a block of samples. */
export class Slots {
  /** How many samples there is room for. */
  readonly capacity: number;
  readonly #arena: Arena;
  readonly #circuit: Circuit;
  readonly #trace: Trace;
  readonly #slots: Slot[] = [];

  constructor(arena: Arena, circuit: Circuit, trace: Trace, capacity: number) {
    this.#arena = arena;
    this.#circuit = circuit;
    this.#trace = trace;
    this.capacity = capacity;
  }

  /** The signal's place; made when it is first asked for. */
  at(signal: number): Slot {
    const found = this.#slots[signal];
    if (found) return found;
    const made = this.#make(this.#trace.signals[signal]?.population ?? '');
    this.#slots[signal] = made;
    return made;
  }

  /** Has a signal, which was not asked for before, lie where something else keeps it. */
  put(signal: number, address: number): Slot {
    if (this.#slots[signal]) throw new TypeError('the signal has its place already');
    const { matrix, ...made } = this.#make(this.#trace.signals[signal]?.population ?? '');
    const placed = { ...made, address, ...(matrix && { matrix: { ...matrix, address } }) };
    this.#slots[signal] = placed;
    return placed;
  }

  /** Another place like that of the signal. */
  like(signal: number): Slot {
    return this.#make(this.#trace.signals[signal]?.population ?? '');
  }

  #make(population: string): Slot {
    const synapses = this.#circuit.allSynapses.find(({ name }) => placeAt(name) === population);
    if (synapses) {
      const matrix = placeMatrix(this.#arena, synapses);
      return { address: matrix.address, size: matrix.rows * matrix.columns, stride: paddedSize(matrix), matrix };
    }
    const size = this.#circuit.size(population);
    const stride = padded(size);
    return { address: this.#arena.float32(this.capacity * stride).byteOffset, size, stride };
  }
}
