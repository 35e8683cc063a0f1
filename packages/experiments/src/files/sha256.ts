import { createHash } from 'node:crypto';
import { type Found, mostFileBytes, readPieces } from './read-file.ts';

/** SHA-256 in hexadecimal, over these parts one after the other. */
export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

/** SHA-256 of a file's bytes from a position on, however many they are. */
export function sha256OfFile(path: string, from = 0): Found<string> {
  const hash = createHash('sha256');
  let position = 0;
  const { value, problem } = readPieces(path, mostFileBytes, (piece) => {
    hash.update(piece.subarray(Math.min(piece.length, Math.max(0, from - position))));
    position += piece.length;
    return true;
  });
  return problem === undefined ? { ...(value && { value: hash.digest('hex') }) } : { problem };
}
