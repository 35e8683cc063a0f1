import { InputError } from '@apical/core';
import { partsInMemory } from './files/file-parts.ts';
import { readImage } from './formats/image.ts';
import { openParquet, type ParquetFile } from './formats/parquet.ts';
import { readInputs } from './parquet-inputs.ts';
import type { DataFile } from './registry/data-set.ts';

/** What of a split is wanted: bytes and their dimensions; or images with their labels, by the names that CIFAR's batches give them. */
export type HubSplit =
  | { readonly shape: readonly number[]; readonly data: Uint8Array; readonly batch?: undefined }
  | { readonly batch: ReadonlyMap<string, unknown> };

/** Columns of labels, by the names that CIFAR's batches give them. */
const labelColumns = { labels: 'label', fine_labels: 'fine_label', coarse_labels: 'coarse_label' } as const;

/**
 * Images, or labels, of a split of a data set as the Hugging Face Hub has it: a Parquet file with a column of images and one or two of labels.
 *
 * @param rows which of its rows. Default: all
 * @throws InputError as `openParquet` does, and where it has not these columns
 */
export async function readHubSplit(
  bytes: Uint8Array,
  source: string,
  form: DataFile['form'],
  rows?: readonly [number, number],
): Promise<HubSplit> {
  const parquet = await openParquet(partsInMemory(bytes), source);
  const [from, to] = rows ?? [0, parquet.rows];
  if (form === 'idx-labels') {
    const labels = await labelsOf(parquet, labelColumns.labels, source);
    return { shape: [to - from], data: Uint8Array.from(labels.slice(from, to)) };
  }
  const image = parquet.columns.find(({ kind }) => kind === 'images');
  if (!image) throw new InputError(`${source}: has no column of images`);
  const { data, inputs, image: shape } = await readInputs(parquet, [image], source, 'no images', readImage);
  const pixels = (data as Uint8Array).subarray(from * inputs, to * inputs);
  if (form === 'idx-images') return { shape: [to - from, shape!.height, shape!.width], data: pixels };
  const batch = new Map<string, unknown>([['data', pixels]]);
  for (const [name, column] of Object.entries(labelColumns)) {
    if (parquet.columns.some((each) => each.name === column))
      batch.set(name, (await labelsOf(parquet, column, source)).slice(from, to));
  }
  return { batch };
}

async function labelsOf(parquet: ParquetFile, name: string, source: string): Promise<number[]> {
  const column = parquet.columns.find((each) => each.name === name);
  if (column?.kind !== 'numbers') throw new InputError(`${source}: has no column of numbers that is called ${name}`);
  const labels: number[] = [];
  await parquet.read(column, (value) => labels.push(Number(value)));
  return labels;
}
