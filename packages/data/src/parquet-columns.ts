import { open } from 'node:fs/promises';
import { partsOf, sha256Of } from './files/file-parts.ts';
import { readImage } from './formats/image.ts';
import { openParquet } from './formats/parquet.ts';
import { type ParquetInputs, readInputs } from './parquet-inputs.ts';

/** All columns of a Parquet file, as inputs. @throws InputError as `openParquet` and `readInputs` do; the system's error where it cannot be read */
export async function loadColumns(
  path: string,
): Promise<ParquetInputs & { readonly rows: number; readonly sha256: string }> {
  const file = await open(path);
  try {
    const parquet = await openParquet(await partsOf(file), path);
    const inputs = await readInputs(parquet, parquet.columns, path, 'no columns', readImage);
    return { rows: parquet.rows, ...inputs, sha256: await sha256Of(file) };
  } finally {
    await file.close();
  }
}
