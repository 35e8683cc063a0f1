import { InputError } from '@apical/core';
import { readNpz } from './formats/npz.ts';
import { readPickle } from './formats/pickle.ts';
import type { DataFile, OtherFile } from './registry/data-set.ts';

/**
 * The bytes that an official file has, made of a file of another program that has the same images or labels.
 * @param source the file's name, for messages
 * @throws InputError where it has not what it should have
 */
export async function fromOtherFile(
  file: DataFile,
  other: OtherFile,
  bytes: Uint8Array,
  source: string,
): Promise<Uint8Array> {
  if (other.form === 'npz') return idxOfArray(bytes, other.member ?? '', source);
  if (other.form === 'pickle') return recordsOfBatch(file, readPickle(bytes, source), source);
  // What decodes Parquet and images is loaded where it is needed.
  const { readHubSplit } = await import('./hub-split.ts');
  const split = await readHubSplit(bytes, source, file.form, other.rows);
  if (split.batch) return recordsOfBatch(file, split.batch, source);
  return idxOf(split.shape, split.data);
}

/** An IDX file of an array of an archive, as `mnist.npz` of Keras has them. */
function idxOfArray(bytes: Uint8Array, member: string, source: string): Uint8Array {
  const array = readNpz(bytes, source)[member];
  if (!array) throw new InputError(`${source}: has no array ${member}`);
  const { shape, data } = array;
  if (!(data instanceof Uint8Array)) throw new InputError(`${source}: ${member} is of other numbers than bytes`);
  return idxOf(shape, data);
}

function idxOf(shape: readonly number[], data: Uint8Array): Uint8Array {
  const idx = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(idx.buffer);
  view.setUint32(0, 0x0800 | shape.length);
  for (const [i, size] of shape.entries()) view.setUint32(4 + 4 * i, size);
  idx.set(data, 4 + 4 * shape.length);
  return idx;
}

/** The records of a binary file of CIFAR: the labels of an image, the coarse one before the fine one, and its pixels. */
function recordsOfBatch({ form }: DataFile, batch: unknown, source: string): Uint8Array {
  const has = (name: string): unknown => (batch instanceof Map ? batch.get(name) : undefined);
  const labels = (form === 'cifar-10' ? ['labels'] : ['coarse_labels', 'fine_labels']).map((name) => {
    const values = has(name);
    const isList = Array.isArray(values) && values.every((value) => typeof value === 'number');
    if (!isList) throw new InputError(`${source}: has no list of ${name}: this is no batch of CIFAR`);
    return values as number[];
  });
  const data = has('data');
  const count = labels[0]?.length ?? 0;
  if (!(data instanceof Uint8Array) || data.length % count !== 0 || labels.some(({ length }) => length !== count)) {
    throw new InputError(`${source}: its images are not as many as its labels: this is no batch of CIFAR`);
  }
  const size = data.length / count;
  const records = new Uint8Array(count * (size + labels.length));
  for (let i = 0; i < count; i++) {
    const at = i * (size + labels.length);
    records.set(
      labels.map((of) => of[i]!),
      at,
    );
    records.set(data.subarray(i * size, (i + 1) * size), at + labels.length);
  }
  return records;
}
