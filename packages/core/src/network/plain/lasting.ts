import type { Circuit } from '../../circuit/circuit.ts';
import { placeAt } from '../../circuit/synapses.ts';
import { allOperations, type Operation, type Trace } from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { type Arena, padded } from '../../kernels/memory.ts';
import { type Matrix, transpose } from '../../matrix.ts';
import { type PlacedMatrix, paddedSize, placeMatrix, readPlaced, writePlaced } from './matrices.ts';
import type { Slot } from './slots.ts';

type StateOperation = Extract<Operation, { readonly kind: 'state' }>;

/** A running mean z̄: float64, one number a cell. */
interface Mean {
  readonly size: number;
  readonly values: Float64Array;
}

/** A state that lasts for ever: of cells, one vector; of synapses, one matrix. */
interface Kept {
  readonly start: number;
  readonly size: number;
  readonly values: Float32Array;
  readonly matrix?: PlacedMatrix;
}

/** What a network keeps from sample to sample besides its weights: running means, and states that last for ever. */
export class Lasting {
  readonly #memory: WebAssembly.Memory;
  readonly #means = new Map<string, Mean>();
  readonly #kept = new Map<string, Kept>();

  constructor(arena: Arena, circuit: Circuit, traces: readonly Trace[]) {
    this.#memory = arena.memory;
    for (const trace of traces) {
      for (const operation of allOperations(trace)) {
        if (operation.kind === 'activate' && operation.mean !== undefined) {
          const size = circuit.size(trace.signals[operation.input]?.population ?? '');
          this.#addMean(arena, operation.mean, size);
        } else if (operation.kind === 'state' && operation.lasts === 'ever') {
          this.#addState(arena, circuit, operation, trace);
        }
      }
    }
  }

  /** The names and sizes of all of it: rows and columns as they are listed. */
  get shapes(): ReadonlyMap<string, { readonly rows: number; readonly cols: number }> {
    const means = [...this.#means].map(([name, { size }]) => [name, { rows: size, cols: 1 }] as const);
    const kept = [...this.#kept].map(([name, { size, matrix }]) => {
      if (!matrix) return [name, { rows: size, cols: 1 }] as const;
      const { rows, columns, flipped } = matrix;
      return [name, flipped ? { rows: columns, cols: rows } : { rows, cols: columns }] as const;
    });
    return new Map([...means, ...kept]);
  }

  /** What all of it is now, or starts as. */
  read(): Record<string, Matrix> {
    const read: Record<string, Matrix> = {};
    for (const [name, { size, values }] of this.#means) {
      read[name] = { rows: size, cols: 1, data: Float32Array.from(values.subarray(0, size)) };
    }
    for (const [name, { size, values, matrix }] of this.#kept) {
      if (!matrix) read[name] = { rows: size, cols: 1, data: values.slice(0, size) };
      else read[name] = matrix.flipped ? transpose(readPlaced(this.#memory, matrix)) : readPlaced(this.#memory, matrix);
    }
    return read;
  }

  /** Back to how it starts, or to what is given. */
  start(given: Readonly<Record<string, Matrix>>): void {
    for (const [name, { values }] of this.#means) {
      values.fill(0);
      if (given[name]) values.set(given[name].data);
    }
    for (const [name, { start, size, values, matrix }] of this.#kept) {
      const own = given[name];
      if (!matrix) {
        values.fill(0).fill(start, 0, size);
        if (own) values.set(own.data);
      } else {
        const data = own ? (matrix.flipped ? transpose(own) : own).data : new Float32Array(size).fill(start);
        writePlaced(this.#memory, matrix, data);
      }
    }
  }

  /** The address of the running mean of this name. */
  mean(name: string): number {
    return this.#means.get(name)!.values.byteOffset;
  }

  /** Where the state of this name lies. */
  address(name: string): number {
    return this.#kept.get(name)!.values.byteOffset;
  }

  /** Puts the state of this name into the slot, for each of the samples. */
  load(kernels: Kernels, name: string, { address, stride, matrix }: Slot, count: number): void {
    const { values } = this.#kept.get(name)!;
    if (matrix) kernels.copy(values.byteOffset, address, values.length);
    else kernels.broadcast(values.byteOffset, address, count, stride);
  }

  /** Takes what the state of this name is from now on from the slot. */
  keep(kernels: Kernels, name: string, { address }: Slot): void {
    const { values } = this.#kept.get(name)!;
    kernels.copy(address, values.byteOffset, values.length);
  }

  /** All that it is made of. */
  get state(): readonly (Float32Array | Float64Array)[] {
    return [...this.#means.values(), ...this.#kept.values()].map(({ values }) => values);
  }

  #addMean(arena: Arena, name: string, size: number): void {
    const known = this.#means.get(name);
    if (known && known.size !== size) throw new TypeError(`two populations have a running mean called ${name}`);
    if (!known) this.#means.set(name, { size, values: arena.float64(padded(size)) });
  }

  #addState(arena: Arena, circuit: Circuit, { name, start, output }: StateOperation, trace: Trace): void {
    if (this.#kept.has(name) || 'signal' in start) return;
    const population = trace.signals[output]?.population ?? '';
    const synapses = circuit.allSynapses.find((each) => placeAt(each.name) === population);
    const size = circuit.size(population);
    if (!synapses) {
      this.#kept.set(name, { start: start.value, size, values: arena.float32(padded(size)) });
      return;
    }
    const matrix = placeMatrix(arena, synapses);
    const values = new Float32Array(arena.memory.buffer, matrix.address, paddedSize(matrix));
    this.#kept.set(name, { start: start.value, size, values, matrix });
  }
}
