import type { Activation } from '../../circuit/activation.ts';
import type { Trace } from '../../circuit/trace.ts';
import { functionCodes } from '../../kernels/activation.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { Arena, padded } from '../../kernels/memory.ts';
import { stagingOf } from '../../kernels/staging.ts';
import { transpose } from '../../matrix.ts';
import type { Loss } from '../../rules/shape.ts';
import type { Evaluator } from '../engine.ts';
import type { SampleSource, Source } from '../sources.ts';
import type { Placement } from './placement.ts';

/** Samples of the kernels' tiles, whole ones of which are computed. */
const tileSamples = 4;
/** Samples that are computed together: so many tiles that a call takes long beside what calling takes. */
const partSamples = 64;

type Step = (source: Source, first: number, count: number) => void;

/**
 * What a network computes for samples without learning (z, or ŷ), at the weights of one moment: a trace as products of matrices
 * over blocks of samples. Its memory is its own, and given back by `dispose`.
 */
export class Evaluation implements Evaluator {
  /** Numbers in one result. */
  readonly size: number;
  readonly #kernels: Kernels;
  readonly #placement: Placement;
  readonly #arena: Arena;
  readonly #steps: readonly Step[];
  /** Where the vectors of each signal lie, one a sample. */
  readonly #vectors = new Map<number, Float32Array>();
  readonly #result: Float32Array;

  constructor(kernels: Kernels, memory: WebAssembly.Memory, placement: Placement, trace: Trace) {
    this.#kernels = kernels;
    this.#placement = placement;
    this.#arena = new Arena(memory);
    const sizeOf = (signal: number) => placement.size(trace.signals[signal]?.population ?? '');
    this.#steps = trace.operations.map((operation): Step => {
      switch (operation.kind) {
        case 'drive': {
          const columns = sizeOf(operation.input);
          const rows = sizeOf(operation.output);
          const matrix = placement.matrix(operation.synapses);
          const weights = operation.reversed ? transpose(matrix).data : matrix.data;
          return this.#drive(operation.input, this.#add(operation.output, rows), weights, rows, columns);
        }
        case 'activate': {
          const vectors = this.#get(operation.input);
          this.#vectors.set(operation.output, vectors);
          return this.#activate(operation.activation, vectors, sizeOf(operation.input));
        }
        default:
          throw new TypeError(`a ${operation.kind} is possible only where something is learned`);
      }
    });
    if (trace.result === undefined) throw new TypeError('this trace has no result');
    this.size = sizeOf(trace.result);
    this.#result = this.#get(trace.result);
  }

  /** The results for samples first … first + count − 1, at most a block, written one after the other into `results`. */
  compute(source: Source, first: number, count: number, results: Float32Array): void {
    const stride = padded(this.size);
    this.#forParts(source, first, count, (before, part) => {
      for (let i = 0; i < part; i++) {
        results.set(this.#result.subarray(i * stride, i * stride + this.size), (before + i) * this.size);
      }
    });
  }

  computeListed(source: SampleSource, count: number, results: Float32Array): void {
    for (let i = 0; i < count; i++) this.compute(source, source.order[i]!, 1, results.subarray(i * this.size));
  }

  /** Σ ‖label − result‖² over samples first … first + count − 1, at most a block. */
  loss(kind: Loss, source: Source, first: number, count: number): number {
    if (kind !== 'squared') throw new TypeError(`networks of linear outputs have no ${kind}`);
    const outputs = this.#result.byteOffset;
    let total = 0;
    this.#forParts(source, first, count, (before, part) => {
      total = this.#kernels.squaredDistance(source.address, first + before, part, outputs, this.size, total);
    });
    return total;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#arena.dispose();
  }

  /** Computes samples part by part; each is done with before the next takes its place. */
  #forParts(source: Source, first: number, count: number, computed: (before: number, part: number) => void): void {
    for (let before = 0; before < count; before += partSamples) {
      const part = Math.min(partSamples, count - before);
      for (const step of this.#steps) step(source, first + before, part);
      computed(before, part);
    }
  }

  #drive(input: number, output: Float32Array, matrix: Float32Array, rows: number, columns: number): Step {
    const stride = padded(columns);
    const weights = this.#arena.float32(Math.ceil(rows / 2) * 2 * stride);
    for (let i = 0; i < rows; i++) weights.set(matrix.subarray(i * columns, (i + 1) * columns), i * stride);
    const to = output.byteOffset;
    const { first: staged, chunks } = stagingOf(this.#arena.memory, rows, stride / 4);
    const inputs = this.#vectors.get(input)?.byteOffset;
    if (inputs !== undefined) {
      return (_source, _first, count) => {
        const whole = Math.ceil(count / tileSamples) * tileSamples;
        this.#kernels.multiplyVectors(inputs, whole, weights.byteOffset, rows, columns, chunks, to);
      };
    }
    const sums = this.#arena.float64(rows);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) sums[i] = (sums[i] as number) + (matrix[i * columns + j] as number);
    }
    const [at, rowSums] = [weights.byteOffset, sums.byteOffset];
    return ({ address }, first, count) => {
      this.#kernels.multiplyInputs(address, first, count, at, rowSums, rows, columns, staged, chunks, to);
    };
  }

  #activate({ function: name }: Activation, vectors: Float32Array, size: number): Step {
    if (name !== 'relu' && name !== 'tanh') throw new TypeError(`${name} units are for the plain engine`);
    const mean = this.#arena.float64(size);
    mean.set(this.#placement.cells().state.readMean());
    return (_source, _first, count) => {
      const [code, at, stride] = [functionCodes[name], vectors.byteOffset, padded(size)];
      this.#kernels.activateVectors(code, at, count, size, stride, mean.byteOffset);
    };
  }

  #add(signal: number, size: number): Float32Array {
    const vectors = this.#arena.float32(partSamples * padded(size));
    this.#vectors.set(signal, vectors);
    return vectors;
  }

  #get(signal: number): Float32Array {
    const vectors = this.#vectors.get(signal);
    if (!vectors) throw new TypeError(`signal ${signal} is not at hand`);
    return vectors;
  }
}
