import type { Kernels } from '../kernels/kernels.ts';
import { writeStructure } from '../kernels/layout.ts';
import { type Arena, commonRoom, padded } from '../kernels/memory.ts';
import { descriptionOf, type Samples } from '../samples.ts';
import { copySamples, describeSamples } from './described-samples.ts';
import { findOneHot } from './online/representation.ts';
import { isFinite32, notFinite } from './rows.ts';

/** How many sample numbers are handed to the kernels at once. */
const orderLength = 2048;
/** About how many bytes of float inputs are handed to the kernels at once. */
const stagedBytes = 1 << 15;

/** Samples that are computed together where nothing is learned, at most. */
export const blockSamples = 256;

/** Samples where the kernels can read them. */
export interface Source {
  /** The address of the kernels' structure. */
  readonly address: number;
  /** How many samples it holds at most: whole batches. */
  readonly capacity: number;
  /** Whether so many of the inputs are zero that it pays to list the others. */
  readonly sparse: boolean;
  /** The position in the source's order from which samples first … first + count − 1 can be read. */
  place(first: number, count: number): number;
}

/** A data set with a place for the order in which its samples are read. */
export interface SampleSource extends Source {
  readonly order: Uint32Array;
}

/**
 * Makes the data set readable for the kernels: in place where it lies in their memory, otherwise from a copy.
 * @param listed whether the network reads inputs by the lists of their chunks. @param batch samples that are learned at once
 */
export function placeSamples(
  arena: Arena,
  kernels: Kernels,
  samples: Samples,
  { listed, batch }: { readonly listed: boolean; readonly batch: number },
): SampleSource {
  const there = samples.memory === arena.memory ? samples : copySamples(samples, arena);
  const { records, chunks, dense } = descriptionOf(there) ?? describeSamples(arena, kernels, there, listed);
  const { inputs, labels, raw, classes } = there;
  // Labels of classes are few, and copied; labels that are numbers are read in place.
  const targets = classes ? padRows(arena, samples.targets, labels) : there.targets;
  const oneHot = classes && findOneHot(samples);
  const capacity = wholeBatches(orderLength, batch);
  const longest = Math.max(capacity, blockSamples);
  const room = commonRoom(arena.memory, 'order', 4 * longest);
  const order = new Uint32Array(arena.memory.buffer, room, longest);
  const place = (first: number, count: number) => {
    for (let i = 0; i < count; i++) order[i] = first + i;
    return 0;
  };
  const address = writeStructure(arena, 'source', {
    elementBytes: raw.BYTES_PER_ELEMENT,
    inputs: raw.byteOffset,
    inputStride: raw.BYTES_PER_ELEMENT * inputs,
    records,
    chunks: listed ? chunks : 0,
    dense: listed && dense ? 1 : 0,
    classes: classes?.byteOffset ?? 0,
    classBytes: classes?.BYTES_PER_ELEMENT ?? 0,
    targets: targets.byteOffset,
    labelStride: 4 * (classes ? padded(labels) : labels),
    oneHot: oneHot ? 1 : 0,
    order: order.byteOffset,
    offset: samples.offset,
    hot: oneHot?.hot ?? 0,
    cold: oneHot?.cold ?? 0,
  });
  return { address, capacity, order, sparse: isSparse(there), place };
}

/** Where a stage puts numbers. */
interface StageRoom {
  readonly address: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly records: Float64Array;
}

/**
 * A place through which numbers from JavaScript reach the kernels, some samples at a time. Its room is taken when it is first filled; that of inputs
 * the networks of a thread have in common.
 */
export class Stage implements Source {
  readonly capacity: number;
  readonly sparse = false;
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #columns: number;
  readonly #labels: number;
  #taken: StageRoom | undefined;

  /** @param batch samples that are learned at once */
  constructor(arena: Arena, kernels: Kernels, inputs: number, labels: number, batch: number) {
    this.capacity = wholeBatches(Math.min(blockSamples, Math.max(1, Math.floor(stagedBytes / (4 * inputs)))), batch);
    this.#arena = arena;
    this.#kernels = kernels;
    this.#columns = inputs;
    this.#labels = labels;
  }

  get address(): number {
    return this.#room.address;
  }

  get #room(): StageRoom {
    this.#taken ??= this.#take();
    return this.#taken;
  }

  #take(): StageRoom {
    const stride = padded(this.#labels);
    const { memory } = this.#arena;
    const length = this.capacity * this.#columns;
    const room = commonRoom(memory, 'rows', 4 * length);
    const inputs = new Float32Array(memory.buffer, room, length);
    const targets = this.#arena.float32(this.capacity * stride);
    const records = this.#arena.float64(4 * this.capacity);
    for (let i = 0; i < this.capacity; i++) records[4 * i] = 1;
    const address = writeStructure(this.#arena, 'source', {
      elementBytes: 4,
      inputs: inputs.byteOffset,
      inputStride: 4 * this.#columns,
      records: records.byteOffset,
      chunks: 0,
      dense: 0,
      classes: 0,
      classBytes: 0,
      targets: targets.byteOffset,
      labelStride: 4 * stride,
      oneHot: 0,
      order: 0,
      offset: 0,
      hot: 0,
      cold: 0,
    });
    return { address, inputs, targets, records };
  }

  /** They lie in the order in which they are read. */
  place(first: number): number {
    return first;
  }

  /** Stages samples first … first + count − 1 of X, of Y, or of both. @throws InputError where a number is not finite. */
  fill(X: ArrayLike<number> | undefined, Y: ArrayLike<number> | undefined, first: number, count: number): void {
    if (X) this.#fillInputs(X, first, count);
    if (Y) this.#fillLabels(Y, first, count);
  }

  #fillInputs(X: ArrayLike<number>, first: number, count: number): void {
    const columns = this.#columns;
    const { inputs, records } = this.#room;
    copyRows(X, first * columns, inputs, count * columns);
    this.#kernels.describeInputs(4, inputs.byteOffset, columns, count, 0, records.byteOffset);
    for (let i = 0; i < count; i++) {
      if (!Number.isFinite(records[4 * i + 2])) throw notFinite('input', first + i, X, columns);
    }
  }

  #fillLabels(Y: ArrayLike<number>, first: number, count: number): void {
    const labels = this.#labels;
    const stride = padded(labels);
    const { targets } = this.#room;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < labels; j++) {
        const value = Y[(first + i) * labels + j] as number;
        if (!isFinite32(value)) throw notFinite('label', first + i, Y, labels);
        targets[i * stride + j] = value;
      }
    }
  }
}

/** About so many samples, in whole batches: one at least. */
function wholeBatches(samples: number, batch: number): number {
  return Math.max(1, Math.floor(samples / batch)) * batch;
}

/** Inputs with more zeros than this are listed. */
const shareOfZeros = 0.5;
/** How many inputs are looked at. */
const inspected = 64;

/** Whether most numbers of the inputs are zero, and stay so: judged by some of the samples, all over the data set. */
function isSparse({ raw, count, inputs, offset }: Samples): boolean {
  if (offset !== 0 || count === 0) return false;
  const step = Math.max(1, Math.floor(count / inspected));
  let zeros = 0;
  let seen = 0;
  for (let t = 0; t < count; t += step) {
    for (let i = t * inputs; i < (t + 1) * inputs; i++) if (raw[i] === 0) zeros++;
    seen += inputs;
  }
  return zeros > shareOfZeros * seen;
}

function copyRows(from: ArrayLike<number>, start: number, to: Float32Array, length: number): void {
  if (from instanceof Float32Array || from instanceof Float64Array) {
    to.set(from.subarray(start, start + length));
  } else {
    for (let i = 0; i < length; i++) to[i] = from[start + i] as number;
  }
}

/** The rows with zeros after each, up to a multiple of four numbers. */
function padRows(arena: Arena, values: Float32Array, columns: number): Float32Array {
  const rows = Math.floor(values.length / columns);
  const stride = padded(columns);
  const paddedRows = arena.float32(rows * stride);
  for (let i = 0; i < rows; i++) paddedRows.set(values.subarray(i * columns, (i + 1) * columns), i * stride);
  return paddedRows;
}
