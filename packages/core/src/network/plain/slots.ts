import type { Circuit } from '../../circuit/circuit.ts';
import { placeAt } from '../../circuit/synapses.ts';
import { allOperations, inputsOf, outputsOf, type Trace } from '../../circuit/trace.ts';
import { type Arena, padded } from '../../kernels/memory.ts';
import { layoutOf, type PlacedMatrix, paddedSize } from './matrices.ts';
import { roomsOf } from './rooms.ts';

/** Where a signal lies: a padded vector a sample of the block, one after the other; or one matrix, of what synapses have. */
export interface Slot {
  /** That of the stimulus takes room when it is first asked for: where inputs are listed, it is not. */
  readonly address: number;
  /** Cells. */
  readonly size: number;
  /** Floats in one vector. */
  readonly stride: number;
  /** Of a signal that lives at synapses: there is one for the whole block. */
  readonly matrix?: PlacedMatrix;
}

/** The stimulus is the first signal of every trace. */
const stimulus = 0;

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
  /** Numbers of rooms by the signals that share them, and the rooms' addresses. */
  readonly #rooms: ReadonlyMap<number, number>;
  readonly #addresses: number[] = [];

  /** @param shares whether signals may lie where others did that nothing reads any more */
  constructor(arena: Arena, circuit: Circuit, trace: Trace, capacity: number, shares = false) {
    this.#arena = arena;
    this.#circuit = circuit;
    this.#trace = trace;
    this.capacity = capacity;
    this.#rooms = shares ? roomsIn(circuit, trace) : new Map();
  }

  /** The signal's place. */
  at(signal: number): Slot {
    const room = this.#rooms.get(signal);
    this.#slots[signal] ??= this.#make(signal, () => {
      if (room === undefined) return this.#take(signal);
      this.#addresses[room] ??= this.#take(signal);
      return this.#addresses[room];
    });
    return this.#slots[signal];
  }

  /** Has a signal, which was not asked for before, lie where something else keeps it. */
  put(signal: number, address: number): Slot {
    if (this.#slots[signal]) throw new TypeError('the signal has its place already');
    this.#slots[signal] = this.#make(signal, () => address);
    return this.#slots[signal];
  }

  /** Another place like that of the signal. */
  like(signal: number): Slot {
    return this.#make(signal, () => this.#take(signal));
  }

  #make(signal: number, take: () => number): Slot {
    const { size, stride, layout } = this.#placeOf(signal);
    if (layout) {
      const address = take();
      return { address, size: layout.rows * layout.columns, stride, matrix: { ...layout, address } };
    }
    if (signal !== stimulus) return { address: take(), size, stride };
    let address: number | undefined;
    return {
      size,
      stride,
      get address() {
        address ??= take();
        return address;
      },
    };
  }

  #take(signal: number): number {
    const { stride, layout } = this.#placeOf(signal);
    return this.#arena.float32(layout ? stride : this.capacity * stride).byteOffset;
  }

  #placeOf(signal: number) {
    return placeOf(this.#circuit, this.#trace, signal);
  }
}

/** Sizes of what the signal lives in: cells, or synapses. */
function placeOf(circuit: Circuit, trace: Trace, signal: number) {
  const population = trace.signals[signal]?.population ?? '';
  const synapses = circuit.allSynapses.find(({ name }) => placeAt(name) === population);
  if (synapses) {
    const layout = layoutOf(synapses);
    return { size: layout.rows * layout.columns, stride: paddedSize(layout), layout };
  }
  const size = circuit.size(population);
  return { size, stride: padded(size) };
}

function roomsIn(circuit: Circuit, trace: Trace): ReadonlyMap<number, number> {
  return roomsOf(trace, (signal) => {
    const { stride, layout } = placeOf(circuit, trace, signal);
    return layout ? undefined : stride;
  });
}

/** The floats of a sample's signals in cells, those of the stimulus among them. */
export function floatsOfSample(circuit: Circuit, trace: Trace, shares = false): number {
  const rooms = shares ? roomsIn(circuit, trace) : new Map<number, number>();
  const counted = new Set<number>();
  let floats = 0;
  for (const signal of new Set(allOperations(trace).flatMap((each) => [...inputsOf(each), ...outputsOf(each)]))) {
    const { stride, layout } = placeOf(circuit, trace, signal);
    const room = rooms.get(signal);
    if (layout || (room !== undefined && counted.has(room))) continue;
    if (room !== undefined) counted.add(room);
    floats += stride;
  }
  return floats;
}
