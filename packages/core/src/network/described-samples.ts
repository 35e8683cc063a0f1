import type { Kernels } from '../kernels/kernels.ts';
import type { Arena } from '../kernels/memory.ts';
import { type DescribedSamples, type Samples, scaleOf } from '../samples.ts';
import { canListChunks, chunkPixels, isDense } from './online/representation.ts';

/** Numbers of 64 bits in the record of an input: see assembly/statistics.ts. */
const recordLength = 4;

/** The data set with its numbers in the arena, where nothing is known of them. */
export function copySamples({ described: _, ...samples }: Samples, arena: Arena): Samples {
  const { raw, classes, targets } = samples;
  const labels = classes ? { classes: arena.copy(classes) } : { targets: arena.copy(targets) };
  return { ...samples, raw: arena.copy(raw), ...labels, memory: arena.memory };
}

/**
 * Goes through all inputs of a data set that lies in the arena's memory, for what is known of each.
 * @param listed whether to list their chunks, where they can be: those of bytes
 */
export function describeSamples(arena: Arena, kernels: Kernels, samples: Samples, listed: boolean): DescribedSamples {
  const { count, inputs, scale, offset, raw } = samples;
  const elementBytes = raw.BYTES_PER_ELEMENT;
  const records = arena.float64(recordLength * count);
  for (let t = 0; t < count; t++) records[recordLength * t] = scaleOf(samples, t);
  kernels.describeInputs(elementBytes, raw.byteOffset, inputs, count, offset, records.byteOffset);
  const canList = elementBytes === 1 && canListChunks(inputs);
  const lists = listed && canList ? listChunks(arena, kernels, samples, records) : noLists;
  const of = { count, inputs, scale, offset, raw: raw.byteOffset, elementBytes };
  return { records: records.byteOffset, ...lists, of };
}

const noLists = { chunks: 0, dense: false };

/** Lists the chunks that are not all zero; or, where most would be listed, all in one list for all inputs. */
function listChunks(
  arena: Arena,
  kernels: Kernels,
  { inputs, count, raw }: Samples,
  records: Float64Array,
): Pick<DescribedSamples, 'chunks' | 'dense'> {
  const all = inputs / chunkPixels;
  const total = kernels.listChunks(raw.byteOffset, inputs, count, records.byteOffset, 0);
  if (isDense(total / (count * all))) {
    const list = arena.uint16(all);
    for (let chunk = 0; chunk < all; chunk++) list[chunk] = chunkPixels * chunk;
    const counts = new Uint32Array(records.buffer, records.byteOffset, 2 * records.length);
    for (let t = 0; t < count; t++) counts[2 * recordLength * t + 7] = all;
    return { chunks: list.byteOffset, dense: true };
  }
  const list = arena.allocate((chunkPixels + 2) * total);
  kernels.listChunks(raw.byteOffset, inputs, count, records.byteOffset, list);
  return { chunks: list, dense: false };
}
