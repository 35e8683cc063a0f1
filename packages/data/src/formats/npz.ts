import { crc32 } from 'node:zlib';
import { InputError, type Matrix } from '@apical/core';
import { unzipSync, zipSync } from 'fflate';
import { type NumericArray, readNpy, writeNpy } from './npy.ts';

const extension = '.npy';
/** The first day that a ZIP archive can name: the same arrays give the same bytes whenever they are written. */
const written = new Date(1980, 0, 1);

/**
 * Writes arrays by name in NumPy's archive format, which `numpy.load` reads: an uncompressed ZIP archive with an NPY file for
 * each. What `Network.weights` returns can be given as it is.
 *
 * @throws InputError for a shape that does not fit the data
 */
export function writeNpz(arrays: Readonly<Record<string, NumericArray | Matrix>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}${extension}`, writeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: written });
}

/**
 * Reads the arrays of an archive that `numpy.savez` or `numpy.savez_compressed` wrote, by name. The checksums are compared.
 *
 * @param bytes the whole file
 * @param source the file's name, for messages
 * @throws InputError for a file that is no such archive, is damaged, or has arrays that `readNpy` does not read
 */
export function readNpz(bytes: Uint8Array, source: string): Record<string, NumericArray> {
  const files = unzip(bytes, source);
  const arrays = Object.entries(files).map(([file, content]): [string, NumericArray] => {
    if (!file.endsWith(extension)) throw new InputError(`${source}: holds ${file}, which is no array`);
    return [file.slice(0, -extension.length), readNpy(content, `${source}: ${file}`)];
  });
  return Object.fromEntries(arrays);
}

function unzip(bytes: Uint8Array, source: string): Record<string, Uint8Array> {
  try {
    const files = unzipSync(bytes);
    const sums = sumsOf(bytes);
    for (const [name, content] of Object.entries(files)) {
      if (crc32(content) !== sums.get(name)) throw new Error(`the checksum of ${name} is wrong`);
    }
    return files;
  } catch (error) {
    throw new InputError(`${source}: not a sound archive of arrays (.npz): ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The CRC-32 sums that the archive's directory lists, by file name; unzipping does not look at them. */
function sumsOf(archive: Uint8Array): Map<string, number> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  let entry = view.getUint32(end + 16, true);
  const sums = new Map<string, number>();
  for (let i = view.getUint16(end + 10, true); i > 0; i--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => view.getUint16(entry + at, true)) as [
      number,
      number,
      number,
    ];
    const name = archive.subarray(entry + 46, entry + 46 + nameLength);
    sums.set(new TextDecoder().decode(name), view.getUint32(entry + 16, true));
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return sums;
}
