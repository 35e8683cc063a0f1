import { sha256 as incremental } from '@noble/hashes/sha2.js';

/** The SHA-256 sum of these bytes, in lower-case hexadecimal. */
export async function sha256(bytes: BufferSource): Promise<string> {
  return hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** The same of bytes that follow each other. What computes the other copies all of them; this, none. */
export function sha256Of(parts: readonly Uint8Array[]): string {
  const sum = incremental.create();
  for (const part of parts) sum.update(part);
  return hexadecimal(sum.digest());
}

function hexadecimal(digest: Uint8Array): string {
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
