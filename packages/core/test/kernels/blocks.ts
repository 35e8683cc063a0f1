import { instantiateKernels, type Kernels } from '../../src/kernels/kernels.ts';
import { Arena, createMemory, padded } from '../../src/kernels/memory.ts';
import { RandomStream } from '../../src/random/stream.ts';

/** Ways in which the kernels compute: whether products are rounded before they are added, and whether tiles are wider. */
export const ways = [
  { way: 'rounded', fused: false, joins: false },
  { way: 'rounded, wide tiles', fused: false, joins: true },
  { way: 'fused', fused: true, joins: false },
  { way: 'fused, wide tiles', fused: true, joins: true },
] as const;

export type Way = Pick<(typeof ways)[number], 'fused' | 'joins'>;

/** Kernels with a memory of their own, and blocks and matrices of random numbers there. */
export class Bench {
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly #stream: RandomStream;

  private constructor(kernels: Kernels, arena: Arena, seed: number) {
    this.kernels = kernels;
    this.arena = arena;
    this.#stream = new RandomStream(seed, 'numbers');
  }

  static async create(seed: number, { fused, joins }: Way = ways[0]): Promise<Bench> {
    const memory = createMemory();
    return new Bench(await instantiateKernels(memory, fused, joins), new Arena(memory), seed);
  }

  normal(): number {
    return this.#stream.normal();
  }

  /** A block whose vectors hold these numbers (normal deviates if none are given), with room for whole fours of vectors. */
  block(count: number, size: number, number: (sample: number, cell: number) => number = () => this.normal()): Block {
    const block = new Block(this.arena.float32(padded(count) * padded(size)), count, size);
    block.fill(number);
    return block;
  }

  /** A matrix likewise. */
  matrix(rows: number, columns: number, number?: (row: number, column: number) => number): Block {
    return this.block(rows, columns, number);
  }
}

/** `count` vectors of `size` numbers in the kernels' memory; also a matrix with as many rows and columns. */
export class Block {
  readonly data: Float32Array;
  readonly count: number;
  readonly size: number;
  readonly stride: number;

  constructor(data: Float32Array, count: number, size: number) {
    this.data = data;
    this.count = count;
    this.size = size;
    this.stride = padded(size);
  }

  get address(): number {
    return this.data.byteOffset;
  }

  /** How many numbers the vectors take. */
  get length(): number {
    return this.count * this.stride;
  }

  fill(number: (sample: number, cell: number) => number): void {
    this.data.fill(0);
    for (let s = 0; s < this.count; s++) {
      for (let j = 0; j < this.size; j++) this.data[s * this.stride + j] = number(s, j);
    }
  }

  at(sample: number, cell: number): number {
    return this.data[sample * this.stride + cell]!;
  }

  /** The numbers without padding, vector after vector. */
  values(): Float64Array {
    return Float64Array.from({ length: this.count * this.size }, (_, i) =>
      this.at(Math.floor(i / this.size), i % this.size),
    );
  }

  /** Whether all that belongs to no vector is zero. */
  isPadded(): boolean {
    return this.data.every((value, i) => {
      const isNumber = i < this.length && i % this.stride < this.size;
      return isNumber || Object.is(Math.abs(value), 0);
    });
  }
}

/** The largest difference of a block's numbers from what they should be, in parts of `scale` of each (default: its size); NaN where one is none. */
export function largestError(
  block: Block,
  expected: (sample: number, cell: number) => number,
  scale: (sample: number, cell: number) => number = (s, j) => Math.abs(expected(s, j)),
): number {
  let largest = 0;
  for (let s = 0; s < block.count; s++) {
    for (let j = 0; j < block.size; j++) {
      const [found, wanted] = [block.at(s, j), expected(s, j)];
      if (Object.is(found, wanted) || found === wanted) continue;
      const error = Math.abs(found - wanted) / scale(s, j);
      if (Number.isNaN(error)) return error;
      largest = Math.max(largest, error);
    }
  }
  return largest;
}
