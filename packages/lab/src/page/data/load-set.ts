import { decodeImages, fileNames, type ImageSet, type Split } from '@apical/data';
import { fetchFile } from './fetch-file.ts';

/**
 * Fetches the images of one split from the server.
 * @param page the address of the page, next to which the data are
 * @throws InputError where the server has none, or they are damaged
 */
export async function loadSet(set: string, split: Split, page: string): Promise<ImageSet> {
  const names = fileNames(set, split);
  const files = await Promise.all(
    names.map(async (name) => [name, await fetchFile(new URL(`data/${set}/${name}`, page))] as const),
  );
  return decodeImages(set, split, new Map(files));
}
