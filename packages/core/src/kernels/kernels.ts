import { kernelBinary } from './binary.generated.ts';
import type { LinearAlgebraKernels } from './linear-algebra.ts';
import type { PlainKernels } from './plain-kernels.ts';
import type { TapeKernels } from './tape.ts';

/** The functions of assembly/index.ts. All numbers that are not counts are addresses in the kernels' memory. */
export interface Kernels extends LinearAlgebraKernels, PlainKernels, TapeKernels {
  learn(program: number, source: number, first: number, count: number): number;
  multiplyVectors(
    inputs: number,
    count: number,
    weights: number,
    rows: number,
    columns: number,
    chunks: number,
    outputs: number,
  ): void;
  multiplyInputs(
    source: number,
    first: number,
    count: number,
    weights: number,
    sums: number,
    rows: number,
    columns: number,
    staged: number,
    chunks: number,
    outputs: number,
  ): void;
  activateVectors(code: number, vectors: number, count: number, size: number, stride: number, mean: number): void;
  squaredDistance(source: number, first: number, count: number, outputs: number, labels: number): number;
  describeInputs(
    elementBytes: number,
    inputs: number,
    columns: number,
    count: number,
    offset: number,
    records: number,
  ): void;
  listChunks(inputs: number, columns: number, count: number, records: number, list: number): number;
  sumLabels(synapses: number): void;
  startRegression(synapses: number): void;
  project(synapses: number): void;
  startCells(cells: number): void;
  readInput(synapses: number, output: number): void;
  writeInput(synapses: number, input: number): void;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernels on this memory (see `createMemory`). Compiled once, instantiated at each call. */
export async function instantiateKernels(memory: WebAssembly.Memory): Promise<Kernels> {
  compiled ??= WebAssembly.compile(Uint8Array.from(atob(kernelBinary), (character) => character.charCodeAt(0)));
  const { exports } = await WebAssembly.instantiate(await compiled, { env: { memory } });
  return exports as unknown as Kernels;
}
