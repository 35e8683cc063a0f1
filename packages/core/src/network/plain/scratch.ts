import type { Circuit } from '../../circuit/circuit.ts';
import { productScratchBytes } from '../../kernels/plain-kernels.ts';

/** Room for all products of blocks of so many samples. */
export function scratchBytes(circuit: Circuit, capacity: number): number {
  const sizes = circuit.allSynapses.map(({ pre, post }) =>
    Math.max(productScratchBytes(post.size, pre.size, capacity), productScratchBytes(pre.size, post.size, capacity)),
  );
  return Math.max(16, ...sizes);
}
