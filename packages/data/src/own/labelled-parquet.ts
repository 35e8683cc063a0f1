import { open } from 'node:fs/promises';
import { partsOf, sha256Of } from '../files/file-parts.ts';
import type { WantedColumns } from '../formats/csv-header.ts';
import { readImage } from '../formats/image.ts';
import { openParquet } from '../formats/parquet.ts';
import type { LabelledTable } from './labelled-table.ts';
import { readParquetTable } from './parquet-table.ts';

/**
 * Reads samples and what is to be learned of them from a Parquet file: a column is the target, all others inputs. They are numbers, or
 * one column is images, in PNG or JPEG: the binary values themselves, or `bytes` of a structure, as in the image sets of the Hub.
 *
 * @throws InputError as `openParquet` does; for no such column, inputs that are neither numbers nor images, and what is missing; the
 *   system's error where it cannot be read
 */
export async function loadLabelledParquet(path: string, wanted: WantedColumns): Promise<LabelledTable> {
  const file = await open(path);
  try {
    const parquet = await openParquet(await partsOf(file), path);
    return { ...(await readParquetTable(parquet, wanted, path, readImage)), sha256: await sha256Of(file) };
  } finally {
    await file.close();
  }
}
