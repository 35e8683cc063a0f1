import { sha256 } from '@apical/core';
import { generate, listGenerators } from '@apical/data';
import { generatedRows } from '@apical/experiments';
import { type AnyImages, imagesOfRows } from './images.ts';

/** The generated data that the page offers. */
export const generatedNames: readonly string[] = listGenerators().map(({ name }) => name);

/** Generated data as the page has samples: what is to be learned of them. @throws InputError for a generator or setting that there is not */
export async function generatedImages(name: string): Promise<AnyImages> {
  const rows = generatedRows(generate(name));
  const { buffer, byteOffset, byteLength } = rows.train.data as Float32Array<ArrayBuffer>;
  return imagesOfRows(name, rows, await sha256(new Uint8Array(buffer, byteOffset, byteLength)));
}
