import { fileURLToPath } from 'node:url';

/** Where a program of a peer is. */
export function peerFile(name: string): string {
  return fileURLToPath(new URL(`../../peers/${name}`, import.meta.url));
}
