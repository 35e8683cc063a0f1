import { InputError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { writeStructure } from '../kernels/layout.ts';
import { Arena } from '../kernels/memory.ts';
import type { Samples } from '../samples.ts';

/** How many sample numbers are handed to the kernels at once. */
const orderLength = 4096;
/** About how many bytes of float inputs are handed to the kernels at once. */
const stagedBytes = 1 << 15;

/** Samples where the kernels can read them. */
export interface Source {
  /** The address of the kernels' structure. */
  readonly address: number;
  /** How many samples it holds at most. */
  readonly capacity: number;
}

/** A data set with a place for the order in which its samples are read. */
export interface SampleSource extends Source {
  readonly order: Uint32Array;
}

/**
 * A copy of the data set whose arrays lie in the memory. Networks made with that memory read it in place; posted to workers,
 * it brings the memory along, and networks that they make with it read the same bytes.
 */
export function shareSamples(samples: Samples, memory: WebAssembly.Memory): Samples {
  return { ...copySamples(samples, new Arena(memory)), memory };
}

function copySamples(samples: Samples, arena: Arena): Samples {
  const pixels = arena.bytes(samples.pixels.length);
  const classes = arena.bytes(samples.classes.length);
  pixels.set(samples.pixels);
  classes.set(samples.classes);
  return { ...samples, pixels, classes };
}

/** Makes the data set readable for the kernels: in place where it lies in their memory, otherwise from a copy. */
export function placeSamples(arena: Arena, kernels: Kernels, samples: Samples): SampleSource {
  const { pixels, classes } = samples.memory === arena.memory ? samples : copySamples(samples, arena);
  const { count, inputs, labels } = samples;
  const stride = Math.ceil(labels / 4) * 4;
  const targets = arena.float32((samples.targets.length / labels) * stride);
  padRows(samples.targets, labels, targets, stride);
  const sums = arena.float64(count);
  const squares = arena.float64(count);
  kernels.inputStatistics(1, pixels.byteOffset, inputs, count, sums.byteOffset, squares.byteOffset);
  const scales = arena.float64(count);
  if (typeof samples.scale === 'number') scales.fill(samples.scale);
  else scales.set(samples.scale);
  const order = arena.uint32(orderLength);
  const address = writeStructure(arena, 'source', {
    elementBytes: 1,
    inputs: pixels.byteOffset,
    inputStride: inputs,
    sums: sums.byteOffset,
    squares: squares.byteOffset,
    classes: classes.byteOffset,
    targets: targets.byteOffset,
    labelStride: 4 * stride,
    order: order.byteOffset,
    scales: scales.byteOffset,
    offset: samples.offset,
  });
  return { address, capacity: orderLength, order };
}

/** A place through which numbers from JavaScript reach the kernels, some samples at a time. */
export class Stage implements Source {
  readonly address: number;
  readonly capacity: number;
  readonly #kernels: Kernels;
  readonly #columns: number;
  readonly #labels: number;
  readonly #inputs: Float32Array;
  readonly #targets: Float32Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;

  constructor(arena: Arena, kernels: Kernels, inputs: number, labels: number) {
    this.capacity = Math.max(1, Math.floor(stagedBytes / (4 * inputs)));
    this.#kernels = kernels;
    this.#columns = inputs;
    this.#labels = labels;
    const stride = Math.ceil(labels / 4) * 4;
    this.#inputs = arena.float32(this.capacity * inputs);
    this.#targets = arena.float32(this.capacity * stride);
    this.#sums = arena.float64(this.capacity);
    this.#squares = arena.float64(this.capacity);
    this.address = writeStructure(arena, 'source', {
      elementBytes: 4,
      inputs: this.#inputs.byteOffset,
      inputStride: 4 * inputs,
      sums: this.#sums.byteOffset,
      squares: this.#squares.byteOffset,
      classes: 0,
      targets: this.#targets.byteOffset,
      labelStride: 4 * stride,
      order: 0,
      scales: arena.float64(this.capacity).fill(1).byteOffset,
      offset: 0,
    });
  }

  /** Stages samples first … first + count − 1 of X (and Y). @throws InputError where a number is not finite. */
  fill(X: ArrayLike<number>, Y: ArrayLike<number> | undefined, first: number, count: number): void {
    const columns = this.#columns;
    copyRows(X, first * columns, this.#inputs, count * columns);
    const [sums, squares] = [this.#sums, this.#squares];
    this.#kernels.inputStatistics(4, this.#inputs.byteOffset, columns, count, sums.byteOffset, squares.byteOffset);
    for (let i = 0; i < count; i++) {
      if (!Number.isFinite(squares[i])) throw new InputError(`input ${first + i} has a number that is not finite`);
    }
    if (!Y) return;
    const labels = this.#labels;
    const stride = Math.ceil(labels / 4) * 4;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < labels; j++) {
        const value = Y[(first + i) * labels + j] as number;
        if (!Number.isFinite(value)) throw new InputError(`label ${first + i} has a number that is not finite`);
        this.#targets[i * stride + j] = value;
      }
    }
  }
}

function copyRows(from: ArrayLike<number>, start: number, to: Float32Array, length: number): void {
  if (from instanceof Float32Array || from instanceof Float64Array) {
    to.set(from.subarray(start, start + length));
  } else {
    for (let i = 0; i < length; i++) to[i] = from[start + i] as number;
  }
}

function padRows(from: Float32Array, columns: number, to: Float32Array, stride: number): void {
  for (let i = 0; i * columns < from.length; i++) to.set(from.subarray(i * columns, (i + 1) * columns), i * stride);
}
