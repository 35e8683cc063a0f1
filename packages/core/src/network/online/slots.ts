import type { Trace } from '../../circuit/trace.ts';
import type { Arena } from '../../kernels/memory.ts';
import type { Layout } from './layout.ts';

/** Where a signal lies: padded vectors one after the other, the first its value, the others its responses to noise. */
export interface Slot {
  readonly address: number;
  /** Floats in one vector. */
  readonly stride: number;
  /** Whether the responses to the ridge's noise directions follow. */
  readonly noisy: boolean;
  /** Whether these are the unit vectors. */
  readonly unit?: boolean;
}

/** The places of one trace's signals, float32. */
export class Slots {
  /** How many directions the ridge's noise has; 0 without ridge. */
  readonly directions: number;
  readonly #arena: Arena;
  readonly #layout: Layout;
  readonly #trace: Trace;
  readonly #slots: Slot[] = [];

  constructor(arena: Arena, layout: Layout, trace: Trace, directions: number) {
    this.directions = directions;
    this.#arena = arena;
    this.#layout = layout;
    this.#trace = trace;
  }

  populationOf(signal: number): string {
    return this.#trace.signals[signal]?.population ?? '';
  }

  /** How many cells the signal lives in. */
  sizeOf(signal: number): number {
    return this.#layout.size(this.populationOf(signal));
  }

  get(signal: number): Slot {
    const found = this.#slots[signal];
    if (!found) throw new TypeError(`signal ${signal}, in ${this.populationOf(signal)} cells, is not at hand`);
    return found;
  }

  /** Makes room for a signal, with its responses to noise if it is `noisy`. */
  add(signal: number, noisy = false): Slot {
    const stride = Math.ceil(this.sizeOf(signal) / 4) * 4;
    const vectors = 1 + (noisy ? this.directions : 0);
    return this.alias(signal, { address: this.#arena.allocate(4 * stride * vectors), stride, noisy });
  }

  /** Makes room for what the stimulus drives: noise direction i excites cell i alone. */
  addResponding(signal: number): Slot {
    const slot = { ...this.add(signal, this.directions > 0), unit: this.directions > 0 };
    const length = slot.stride * (1 + this.directions);
    const values = new Float32Array(this.#arena.memory.buffer, slot.address, length);
    for (let i = 0; i < this.directions; i++) values[slot.stride * (1 + i) + i] = 1;
    return this.alias(signal, slot);
  }

  /** Lets a signal lie where another does. */
  alias(signal: number, slot: Slot): Slot {
    this.#slots[signal] = slot;
    return slot;
  }
}
