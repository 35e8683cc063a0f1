import { checkSamples } from '../check-samples.ts';
import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena, checkMemory, type NumberArray } from '../kernels/memory.ts';
import { descriptionOf, type Samples } from '../samples.ts';
import { copySamples, describeSamples } from './described-samples.ts';

/**
 * The data set in the memory, with what is known of each input: in place where its numbers lie there already (see `shareNumbers`),
 * otherwise a copy. Networks made with that memory read it in place; posted to workers, it brings the memory along, and
 * networks that they make with it read the same bytes. What lies there must not be changed any more.
 *
 * @param memory from `createMemory`
 * @throws InputError for samples that have less than they say, and for another memory
 */
export async function shareSamples(samples: Samples, memory: WebAssembly.Memory): Promise<Samples> {
  checkMemory(memory);
  checkSamples(samples);
  const arena = new Arena(memory, { wholePages: true });
  const there = samples.memory === memory ? samples : copySamples(samples, arena);
  if (descriptionOf(there)) return there;
  return { ...there, described: describeSamples(arena, await instantiateKernels(memory), there, true) };
}

/**
 * A copy of numbers that lies in the memory: raw inputs, classes, or labels. Data sets that are the same images, prepared in several
 * ways, can have it in common: `shareSamples({ ...samples, raw, classes, memory }, memory)`.
 * @throws InputError for a memory that `createMemory` has not made
 */
export function shareNumbers<Kind extends NumberArray>(numbers: Kind, memory: WebAssembly.Memory): Kind {
  checkMemory(memory);
  return new Arena(memory, { wholePages: true }).copy(numbers);
}
