import { InputError } from '@apical/core';
import { gunzip, isGzip } from './gzip.ts';

/**
 * The uncompressed bytes of a file.
 * @param endings of its names that the server may have: by default the gzipped form, or else the plain one
 * @throws InputError where it has neither
 */
export async function fetchFile(address: URL, endings = ['.gz', '']): Promise<Uint8Array<ArrayBuffer>> {
  for (const ending of endings) {
    const response = await fetch(address.href + ending);
    if (!response.ok) continue;
    const bytes = new Uint8Array(await response.arrayBuffer());
    // Some web servers unpack what ends in .gz on their own.
    return isGzip(bytes) ? gunzip(bytes) : bytes;
  }
  throw new InputError(`${address.pathname}: this server does not have it`);
}
