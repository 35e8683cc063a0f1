import { open } from 'node:fs/promises';
import { partsOf, sha256Of } from './files/file-parts.ts';
import { placesIfThere, type WantedColumns } from './formats/csv-header.ts';
import { readImage } from './formats/image.ts';
import { openParquet } from './formats/parquet.ts';
import { type ParquetInputs, readInputs } from './parquet-inputs.ts';

/** All columns of a Parquet file, as inputs; but for what is learned, where that is there. @throws InputError as `openParquet` and `readInputs` do; the system's error where it cannot be read */
export async function loadColumns(
  path: string,
  beside?: WantedColumns & { readonly inputs: number },
): Promise<ParquetInputs & { readonly rows: number; readonly sha256: string }> {
  const file = await open(path);
  try {
    const parquet = await openParquet(await partsOf(file), path);
    const names = parquet.columns.map(({ name }) => name);
    const learned = beside ? placesIfThere(beside, names, beside.inputs, path) : [];
    const columns = parquet.columns.filter((_, i) => !learned.includes(i));
    const inputs = await readInputs(parquet, columns, path, 'no columns', readImage);
    return { rows: parquet.rows, ...inputs, sha256: await sha256Of(file) };
  } finally {
    await file.close();
  }
}
