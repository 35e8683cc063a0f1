import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Samples } from '../samples.ts';
import { copySamples, describeSamples } from './described-samples.ts';

/**
 * The data set in the memory, with what is known of each input: in place where its bytes lie there already (see `shareBytes`),
 * otherwise a copy. Networks made with that memory read it in place; posted to workers, it brings the memory along, and
 * networks that they make with it read the same bytes. The pixels and classes must not be changed any more.
 */
export async function shareSamples(samples: Samples, memory: WebAssembly.Memory): Promise<Samples> {
  const arena = new Arena(memory);
  const there = samples.memory === memory ? samples : copySamples(samples, arena);
  return { ...there, described: describeSamples(arena, await instantiateKernels(memory), there, true) };
}

/** A copy of bytes that lies in the memory: samples of any number of data sets can be views of it. */
export function shareBytes(bytes: Uint8Array, memory: WebAssembly.Memory): Uint8Array {
  return new Arena(memory).copy(bytes);
}
