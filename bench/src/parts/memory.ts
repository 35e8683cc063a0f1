import { createMemory, createNetwork, shareSamples } from '@apical/core';
import { networkOptions } from '../race/network-options.ts';
import { createProblem } from '../race/problem.ts';
import type { Shape } from '../race/shapes.ts';

/** WebAssembly memory that a run takes beside its data set, which all runs share. */
export interface MemoryResult {
  readonly rule: Shape['rule'];
  readonly m: number;
  readonly k: number;
  /** Bytes of the weights, float32. */
  readonly weights: number;
  /** Bytes of a network and what it learns with. */
  readonly run: number;
  /** Bytes of the data set. */
  readonly samples: number;
}

export async function measureMemory(shapes: readonly Shape[]): Promise<MemoryResult[]> {
  const results: MemoryResult[] = [];
  for (const shape of shapes) {
    const { samples, order, weights } = await createProblem(shape);
    const memory = createMemory();
    const shared = await shareSamples(samples, memory);
    const before = memory.buffer.byteLength;
    const network = await createNetwork({ ...networkOptions(shape, shared), memory });
    network.learnSamples(shared, order.subarray(0, 100));
    results.push({
      ...{ rule: shape.rule, m: shape.m, k: shape.k },
      weights: Object.values(weights).reduce((bytes, { data }) => bytes + data.byteLength, 0),
      run: memory.buffer.byteLength - before,
      samples: before,
    });
  }
  return results;
}
