import { readFile } from 'node:fs/promises';
import { decodeText } from '@apical/core';

/** The bytes of a file that was named. What the system says of a folder names none; here it does. */
export async function readNamed(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}

/** The text of a file that was named, in UTF-8 or in UTF-16 with a mark. @throws InputError for bytes that are no such text */
export async function readNamedText(path: string): Promise<string> {
  return decodeText(await readNamed(path), path);
}
