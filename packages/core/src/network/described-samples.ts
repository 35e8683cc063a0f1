import type { Kernels } from '../kernels/kernels.ts';
import type { Arena } from '../kernels/memory.ts';
import { type DescribedSamples, type Samples, scaleOf } from '../samples.ts';
import { canListChunks, chunkPixels, isDense } from './online/representation.ts';

/** Numbers of 64 bits in the record of an input: see assembly/statistics.ts. */
const recordLength = 4;

/** The data set with its bytes in the arena, where nothing is known of them. */
export function copySamples({ described: _, ...samples }: Samples, arena: Arena): Samples {
  const { pixels, classes } = samples;
  return { ...samples, pixels: arena.copy(pixels), classes: arena.copy(classes), memory: arena.memory };
}

/**
 * Goes through all inputs of a data set that lies in the arena's memory, for what is known of each.
 * @param listed whether to list their chunks, where they can be
 */
export function describeSamples(arena: Arena, kernels: Kernels, samples: Samples, listed: boolean): DescribedSamples {
  const { count, inputs, scale, offset, pixels } = samples;
  const records = arena.float64(recordLength * count);
  for (let t = 0; t < count; t++) records[recordLength * t] = scaleOf(samples, t);
  kernels.describeInputs(1, pixels.byteOffset, inputs, count, offset, records.byteOffset);
  const lists = listed && canListChunks(inputs) ? listChunks(arena, kernels, samples, records) : noLists;
  return { records: records.byteOffset, ...lists, of: { count, inputs, scale, offset, pixels: pixels.byteOffset } };
}

/** What comes with a data set, if it is of these samples: a copy of it may have got other ones. */
export function descriptionOf({ described, pixels, ...samples }: Samples): DescribedSamples | undefined {
  const isOfThese =
    described?.of.pixels === pixels.byteOffset &&
    (['count', 'inputs', 'scale', 'offset'] as const).every((name) => described.of[name] === samples[name]);
  return isOfThese ? described : undefined;
}

const noLists = { chunks: 0, dense: false };

/** Lists the chunks that are not all zero; or, where most would be listed, all in one list for all inputs. */
function listChunks(
  arena: Arena,
  kernels: Kernels,
  { inputs, count, pixels }: Samples,
  records: Float64Array,
): Pick<DescribedSamples, 'chunks' | 'dense'> {
  const all = inputs / chunkPixels;
  const total = kernels.listChunks(pixels.byteOffset, inputs, count, records.byteOffset, 0);
  if (isDense(total / (count * all))) {
    const list = arena.uint16(all);
    for (let chunk = 0; chunk < all; chunk++) list[chunk] = chunkPixels * chunk;
    const counts = new Uint32Array(records.buffer, records.byteOffset, 2 * records.length);
    for (let t = 0; t < count; t++) counts[2 * recordLength * t + 7] = all;
    return { chunks: list.byteOffset, dense: true };
  }
  const list = arena.allocate((chunkPixels + 2) * total);
  kernels.listChunks(pixels.byteOffset, inputs, count, records.byteOffset, list);
  return { chunks: list, dense: false };
}
