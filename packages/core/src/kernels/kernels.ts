import { InputError } from '../errors.ts';
import { kernelBinary } from './binary.generated.ts';
import { joinsVectors } from './joins-vectors.ts';
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
  squaredDistance(source: number, first: number, count: number, outputs: number, labels: number, total: number): number;
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
  /** assembly/input-weights.ts: of chunks of four columns, `count` of them from `first` on. */
  readInput(synapses: number, first: number, count: number, output: number): void;
  writeInput(synapses: number, first: number, count: number, input: number): void;
  startInput(synapses: number): void;
  /** Whether a² − 1 − 2⁻¹¹ is not 0 for a = 1 + 2⁻¹²: only where a product is added without being rounded before. */
  fuses(a: number): number;
}

let plain: Promise<WebAssembly.Module> | undefined;
let fused: Promise<WebAssembly.Module> | undefined;

/**
 * The kernels on this memory (see `createMemory`). Compiled once, instantiated at each call.
 *
 * @param isFused whether products are added without being rounded before @param joins whether there are wider tiles: see `joinsVectors`
 * @throws InputError where they are to be, and the engine or the processor cannot
 */
export async function instantiateKernels(
  memory: WebAssembly.Memory,
  isFused = false,
  joins = joinsVectors(),
): Promise<Kernels> {
  if (isFused) fused ??= import('./fused-binary.generated.ts').then((module) => compile(module.kernelBinary));
  else plain ??= compile(kernelBinary);
  const imports = { env: { memory, joinsVectors: joins ? 1 : 0 } };
  try {
    const { exports } = await WebAssembly.instantiate((await (isFused ? fused : plain))!, imports);
    const kernels = exports as unknown as Kernels;
    if (!isFused || kernels.fuses(1 + 2 ** -12)) return kernels;
  } catch (error) {
    if (!(isFused && error instanceof WebAssembly.CompileError)) throw error;
  }
  throw new InputError(
    'fused: this engine, or its processor, does not multiply and add in one instruction; leave fused out, which gives slightly other numbers',
  );
}

async function compile(binary: string): Promise<WebAssembly.Module> {
  const gzipped = new Blob([Uint8Array.from(atob(binary), (character) => character.charCodeAt(0))]);
  const bytes = new Response(gzipped.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  return WebAssembly.compile(await bytes);
}
