import { isHollow } from '../../circuit/autapses.ts';
import { type Bounds, type FixedSynapses, weightName } from '../../circuit/synapses.ts';
import { type Arena, padded } from '../../kernels/memory.ts';
import { type Matrix, transpose } from '../../matrix.ts';
import type { Shape } from '../options.ts';
import { presenceOf } from '../presence.ts';
import { listedShape } from '../start.ts';

/** Numbers that synapses have, one each, in the kernels' memory: row-major, with rows and columns padded with zeros to fours. */
export interface PlacedMatrix {
  readonly address: number;
  /** As it lies in memory. */
  readonly rows: number;
  readonly columns: number;
  /** Whether a row is a presynaptic cell; else it is a postsynaptic one. */
  readonly flipped: boolean;
  /** Whether its diagonal is zero: there are no autapses. */
  readonly hollow: boolean;
}

/** The floats that a matrix takes. */
export function paddedSize({ rows, columns }: Pick<PlacedMatrix, 'rows' | 'columns'>): number {
  return padded(rows) * padded(columns);
}

/**
 * How the numbers of these synapses lie. Those from the stimulus lie by input, so that inputs that are zero can be left out; but not those to
 * a single cell, which would be filled up to four.
 */
export function layoutOf(synapses: FixedSynapses<string, string>): Omit<PlacedMatrix, 'address'> {
  const { pre, post } = synapses;
  const flipped = pre.name === 'stimulus' && post.size > 1;
  const [rows, columns] = flipped ? [pre.size, post.size] : [post.size, pre.size];
  return { rows, columns, flipped, hollow: isHollow(synapses) };
}

/** A place for the numbers of these synapses. */
export function placeMatrix(arena: Arena, synapses: FixedSynapses<string, string>): PlacedMatrix {
  const layout = layoutOf(synapses);
  return { ...layout, address: arena.float32(paddedSize(layout)).byteOffset };
}

/** The numbers, rows × columns as they lie. */
export function readPlaced(memory: WebAssembly.Memory, { address, rows, columns }: PlacedMatrix): Matrix {
  const stride = padded(columns);
  const from = new Float32Array(memory.buffer, address, rows * stride);
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) data.set(from.subarray(i * stride, i * stride + columns), i * columns);
  return { rows, cols: columns, data };
}

/** Sets the numbers, rows × columns as they lie; those that fill them up are zero, whatever was there. */
export function writePlaced(
  memory: WebAssembly.Memory,
  { address, rows, columns }: PlacedMatrix,
  data: ArrayLike<number>,
): void {
  const stride = padded(columns);
  const to = new Float32Array(memory.buffer, address, paddedSize({ rows, columns }));
  to.fill(0);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) to[i * stride + j] = data[i * columns + j]!;
  }
}

/** Between what weights stay, and where 1 lies for each of the synapses that there are. */
export interface Limits {
  readonly bounds?: Bounds;
  readonly presence?: number;
}

/** The weights of a circuit, each in one matrix of float32 numbers. */
export class Matrices {
  readonly #memory: WebAssembly.Memory;
  readonly #entries = new Map<
    string,
    {
      readonly placed: PlacedMatrix;
      readonly shape: Shape;
      readonly turned: boolean;
      readonly synapses: FixedSynapses<string, string>;
    }
  >();
  /** Where 1 is for each synapse that there is, and 0 for others, of those of which there are not all. */
  readonly #presences = new Map<string, PlacedMatrix>();

  constructor(arena: Arena, synapses: readonly FixedSynapses<string, string>[]) {
    this.#memory = arena.memory;
    for (const each of synapses) {
      const placed = placeMatrix(arena, each);
      const listed = weightName(each.name);
      // What is listed has postsynaptic rows, but for synapses whose name ends in ᵀ.
      this.#entries.set(listed, {
        placed,
        shape: listedShape(each),
        turned: (each.name !== listed) !== placed.flipped,
        synapses: each,
      });
      if (each.options.density !== undefined) this.#presences.set(listed, placeMatrix(arena, each));
    }
  }

  /** Where the weights of these synapses lie. */
  at(synapses: string): PlacedMatrix {
    return this.#entry(synapses).placed;
  }

  /** Has those synapses that there are by this seed. */
  setPresence(seed: number): void {
    for (const [name, placed] of this.#presences) {
      const { synapses, shape, turned } = this.#entry(name);
      const listed = { rows: shape.rows, cols: shape.cols, data: presenceOf(synapses, seed)! };
      writePlaced(this.#memory, placed, (turned ? transpose(listed) : listed).data);
    }
  }

  /** What keeps the weights of these synapses possible: their bounds, and where it is said which there are; nothing, if all they can be is. */
  limits(synapses: string): Limits | undefined {
    const entry = this.#entry(synapses);
    const { bounds } = entry.synapses.options;
    const presence = this.#presences.get(weightName(synapses));
    return bounds || presence
      ? { ...(bounds && { bounds }), ...(presence && { presence: presence.address }) }
      : undefined;
  }

  /** The weights as they are listed. */
  read(synapses: string): Matrix {
    const { placed, turned } = this.#entry(synapses);
    const matrix = readPlaced(this.#memory, placed);
    return turned ? transpose(matrix) : matrix;
  }

  /** Sets the weights, given as they are listed. */
  write(synapses: string, weights: Matrix): void {
    const { placed, turned } = this.#entry(synapses);
    writePlaced(this.#memory, placed, (turned ? transpose(weights) : weights).data);
  }

  /** All that the weights are made of, and which synapses there are. */
  get state(): readonly Float32Array[] {
    const all = [...[...this.#entries.values()].map(({ placed }) => placed), ...this.#presences.values()];
    return all.map((placed) => new Float32Array(this.#memory.buffer, placed.address, paddedSize(placed)));
  }

  #entry(synapses: string) {
    const entry = this.#entries.get(weightName(synapses));
    if (!entry) throw new TypeError(`there are no synapses ${synapses}`);
    return entry;
  }
}
