import {
  createMemory,
  createNetwork,
  type Network,
  type NetworkOptions,
  type Samples,
  shareSamples,
} from '@apical/core';
import { createLayersProblem, layersOptions } from '../layers/problem.ts';
import type { LayersShape } from '../layers/shapes.ts';
import { networkOptions } from '../race/network-options.ts';
import { createProblem, type Problem } from '../race/problem.ts';
import type { Shape } from '../race/shapes.ts';

/** WebAssembly memory that a run takes beside its data set, which all runs share. */
export interface MemoryResult {
  readonly rule: Shape['rule'] | LayersShape['rule'];
  readonly m: number;
  readonly k: number;
  /** Of a network of layers. */
  readonly sizes?: readonly number[];
  readonly batch?: number;
  /** Bytes of the weights, float32. */
  readonly weights: number;
  /** Bytes of a network and what it learns with: whole pages. */
  readonly run: number;
  /** The same of one that computes its loss over the data set, too. Absent in earlier reports, as is the share. */
  readonly evaluated?: number;
  /** Of sixteen runs beside each other in one memory, the part of one. */
  readonly share?: number;
  /** Bytes of the data set. */
  readonly samples: number;
}

export async function measureMemory(shapes: readonly Shape[], layers: readonly LayersShape[]): Promise<MemoryResult[]> {
  const results: MemoryResult[] = [];
  for (const shape of shapes) {
    const { rule, m, k } = shape;
    const measured = await memoryOf(await createProblem(shape), 100, (samples) => networkOptions(shape, samples));
    results.push({ rule, m, k, ...measured });
  }
  for (const shape of layers) {
    const { rule, sizes, batch } = shape;
    const measured = await memoryOf(await createLayersProblem(shape), batch, () => layersOptions(shape));
    results.push({ rule, m: sizes[0]!, k: sizes[1]!, sizes, batch, ...measured });
  }
  return results;
}

/** How many runs share pages where the part of one is told. */
const beside = 16;

/** What a network and so many samples take. */
export async function memoryOf(
  { samples, order, weights }: Pick<Problem, 'samples' | 'order' | 'weights'>,
  count: number,
  optionsFor: (samples: Samples) => NetworkOptions,
): Promise<Required<Pick<MemoryResult, 'weights' | 'run' | 'evaluated' | 'share' | 'samples'>>> {
  const memory = createMemory();
  const shared = await shareSamples(samples, memory);
  const before = memory.buffer.byteLength;
  const taken = () => memory.buffer.byteLength - before;
  const learn = (network: Network) => network.learnSamples(shared, order.subarray(0, count));
  const first = await createNetwork({ ...optionsFor(shared), memory });
  learn(first);
  const run = taken();
  first.totalLoss(shared);
  const evaluated = taken();
  // Gives back what evaluation took.
  learn(first);
  for (let i = 1; i < beside; i++) learn(await createNetwork({ ...optionsFor(shared), memory }));
  return {
    weights: Object.values(weights).reduce((bytes, { data }) => bytes + data.byteLength, 0),
    ...{ run, evaluated, share: taken() / beside, samples: before },
  };
}
