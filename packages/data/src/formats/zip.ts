import { crc32, inflateRawSync } from 'node:zlib';
import { packedEntry, type ZipEntry } from './zip-directory.ts';

/**
 * The content of a file in an archive, its checksum compared.
 * @throws Error where it is damaged, and as `packedEntry` does
 */
export function unzipEntry(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const packed = packedEntry(archive, entry);
  const content = entry.method === 0 ? packed : inflated(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc)
    throw new Error(`the checksum of ${entry.name} is wrong`);
  return content;
}

function inflated(packed: Uint8Array, { name, size }: ZipEntry): Uint8Array {
  try {
    return inflateRawSync(packed, { maxOutputLength: size + 1 });
  } catch (error) {
    throw new Error(`${name} is damaged (${(error as Error).message})`, { cause: error });
  }
}
