import { InputError } from '@apical/core';
import { decodeImages, fileNames, type ImageSet, type Split } from '@apical/data';
import { gunzip, isGzip } from './gzip.ts';

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

/** The uncompressed bytes of a file, of which the server has the plain or the gzipped form. */
async function fetchFile(address: URL): Promise<Uint8Array<ArrayBuffer>> {
  for (const ending of ['.gz', '']) {
    const response = await fetch(address.href + ending);
    if (!response.ok) continue;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // Some web servers unpack what ends in .gz on their own.
    return isGzip(bytes) ? gunzip(bytes) : bytes;
  }
  throw new InputError(`${address.pathname}: this server does not have it`);
}
