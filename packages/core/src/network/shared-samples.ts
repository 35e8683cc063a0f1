import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena, checkMemory } from '../kernels/memory.ts';
import { checkSamples, type Samples } from '../samples.ts';
import { copySamples, describeSamples, descriptionOf } from './described-samples.ts';

/**
 * The data set in the memory, with what is known of each input: in place where its bytes lie there already (see `shareBytes`),
 * otherwise a copy. Networks made with that memory read it in place; posted to workers, it brings the memory along, and
 * networks that they make with it read the same bytes. The pixels and classes must not be changed any more.
 *
 * @param memory from `createMemory`
 * @throws InputError for samples that have less than they say, and for another memory
 */
export async function shareSamples(samples: Samples, memory: WebAssembly.Memory): Promise<Samples> {
  checkMemory(memory);
  checkSamples(samples);
  const arena = new Arena(memory);
  const there = samples.memory === memory ? samples : copySamples(samples, arena);
  if (descriptionOf(there)) return there;
  return { ...there, described: describeSamples(arena, await instantiateKernels(memory), there, true) };
}

/**
 * A copy of bytes that lies in the memory. Data sets that are the same images, prepared in several ways, can have it in common:
 * `shareSamples({ ...samples, pixels, classes, memory }, memory)`.
 * @throws InputError for a memory that `createMemory` has not made
 */
export function shareBytes(bytes: Uint8Array, memory: WebAssembly.Memory): Uint8Array {
  checkMemory(memory);
  return new Arena(memory).copy(bytes);
}
