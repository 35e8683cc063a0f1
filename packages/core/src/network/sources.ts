import { InputError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { writeStructure } from '../kernels/layout.ts';
import { Arena, padded } from '../kernels/memory.ts';
import { type Samples, scaleOf } from '../samples.ts';
import { canListChunks, chunkPixels, findOneHot, isDense } from './representation.ts';

/** How many sample numbers are handed to the kernels at once. */
const orderLength = 4096;
/** About how many bytes of float inputs are handed to the kernels at once. */
const stagedBytes = 1 << 15;

/** Samples that are computed together where nothing is learned, at most. */
export const blockSamples = 256;

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
 * it brings the memory along, and networks that they make with it read the same bytes. The pixels and classes must not be
 * changed after a network was made with them: what a thread found out about each image stands for all its networks.
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

/**
 * Makes the data set readable for the kernels: in place where it lies in their memory, otherwise from a copy.
 * @param listed whether the network reads inputs by the lists of their chunks
 */
export function placeSamples(arena: Arena, kernels: Kernels, samples: Samples, listed: boolean): SampleSource {
  const { pixels, classes } = samples.memory === arena.memory ? samples : copySamples(samples, arena);
  const { count, inputs, labels } = samples;
  const stride = padded(labels);
  const targets = arena.float32((samples.targets.length / labels) * stride);
  padRows(samples.targets, labels, targets, stride);
  const records = arena.float64(4 * count);
  for (let t = 0; t < count; t++) records[4 * t] = scaleOf(samples, t);
  kernels.describeInputs(1, pixels.byteOffset, inputs, count, samples.offset, records.byteOffset);
  const { chunks, dense } = listed
    ? placeChunks(arena, kernels, samples, pixels.byteOffset, records)
    : { chunks: 0, dense: false };
  const oneHot = findOneHot(samples);
  const order = arena.uint32(orderLength);
  const address = writeStructure(arena, 'source', {
    elementBytes: 1,
    inputs: pixels.byteOffset,
    inputStride: inputs,
    records: records.byteOffset,
    chunks,
    dense: dense ? 1 : 0,
    classes: classes.byteOffset,
    targets: targets.byteOffset,
    labelStride: 4 * stride,
    oneHot: oneHot ? 1 : 0,
    order: order.byteOffset,
    offset: samples.offset,
    hot: oneHot?.hot ?? 0,
    cold: oneHot?.cold ?? 0,
  });
  return { address, capacity: orderLength, order };
}

/** Lists the inputs' chunks where they can be: those that are not all zero, or all, in one list for all inputs. */
function placeChunks(
  arena: Arena,
  kernels: Kernels,
  { inputs, count }: Samples,
  pixels: number,
  records: Float64Array,
): { chunks: number; dense: boolean } {
  if (!canListChunks(inputs)) return { chunks: 0, dense: false };
  const all = inputs / chunkPixels;
  const total = kernels.listChunks(pixels, inputs, count, records.byteOffset, 0);
  if (isDense(total / (count * all))) {
    const list = arena.uint16(all);
    for (let chunk = 0; chunk < all; chunk++) list[chunk] = chunkPixels * chunk;
    const counts = new Uint32Array(records.buffer, records.byteOffset, 8 * count);
    for (let t = 0; t < count; t++) counts[8 * t + 7] = all;
    return { chunks: list.byteOffset, dense: true };
  }
  const list = arena.allocate((chunkPixels + 2) * total);
  kernels.listChunks(pixels, inputs, count, records.byteOffset, list);
  return { chunks: list, dense: false };
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
  readonly #records: Float64Array;

  constructor(arena: Arena, kernels: Kernels, inputs: number, labels: number) {
    this.capacity = Math.min(blockSamples, Math.max(1, Math.floor(stagedBytes / (4 * inputs))));
    this.#kernels = kernels;
    this.#columns = inputs;
    this.#labels = labels;
    const stride = padded(labels);
    this.#inputs = arena.float32(this.capacity * inputs);
    this.#targets = arena.float32(this.capacity * stride);
    this.#records = arena.float64(4 * this.capacity);
    for (let i = 0; i < this.capacity; i++) this.#records[4 * i] = 1;
    this.address = writeStructure(arena, 'source', {
      elementBytes: 4,
      inputs: this.#inputs.byteOffset,
      inputStride: 4 * inputs,
      records: this.#records.byteOffset,
      chunks: 0,
      dense: 0,
      classes: 0,
      targets: this.#targets.byteOffset,
      labelStride: 4 * stride,
      oneHot: 0,
      order: 0,
      offset: 0,
      hot: 0,
      cold: 0,
    });
  }

  /** Stages samples first … first + count − 1 of X (and Y). @throws InputError where a number is not finite. */
  fill(X: ArrayLike<number>, Y: ArrayLike<number> | undefined, first: number, count: number): void {
    const columns = this.#columns;
    copyRows(X, first * columns, this.#inputs, count * columns);
    this.#kernels.describeInputs(4, this.#inputs.byteOffset, columns, count, 0, this.#records.byteOffset);
    for (let i = 0; i < count; i++) {
      if (!Number.isFinite(this.#records[4 * i + 2]))
        throw new InputError(`input ${first + i} has a number that is not finite`);
    }
    if (!Y) return;
    const labels = this.#labels;
    const stride = padded(labels);
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
