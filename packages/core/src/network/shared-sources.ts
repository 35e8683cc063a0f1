import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Samples } from '../samples.ts';
import { placeSamples, type SampleSource } from './sources.ts';

/** A data set that lies in a memory, as networks of this thread read it. */
interface Placed {
  readonly samples: Samples;
  readonly listed: boolean;
  readonly arena: Arena;
  readonly source: SampleSource;
  users: number;
}

/** What this thread has placed in each memory. */
const placed = new WeakMap<WebAssembly.Memory, Placed[]>();

/**
 * Makes a data set that lies in the memory readable for the kernels, once for all networks of this thread that learn it, also one
 * after the other: a short run takes less time than to go through all images for what is known of each. What nobody uses
 * stays until another data set is placed.
 *
 * @param listed as `placeSamples` has it
 */
export function shareSource(
  memory: WebAssembly.Memory,
  kernels: Kernels,
  samples: Samples,
  listed: boolean,
): SampleSource {
  const there = placed.get(memory) ?? [];
  let found = there.find((each) => each.samples === samples && each.listed === listed);
  if (found === undefined) {
    for (const { users, arena } of there) if (users === 0) arena.dispose();
    const arena = new Arena(memory);
    found = { samples, listed, arena, source: placeSamples(arena, kernels, samples, listed), users: 0 };
    placed.set(memory, [...there.filter(({ users }) => users > 0), found]);
  }
  found.users++;
  return found.source;
}

/** Says that a network does not use a source any more. */
export function releaseSource(memory: WebAssembly.Memory, source: SampleSource): void {
  const found = placed.get(memory)?.find((each) => each.source === source);
  if (found) found.users--;
}
