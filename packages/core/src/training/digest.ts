import type { Matrix } from '../matrix.ts';

/**
 * SHA-256, in hexadecimal, over the float32 little-endian bytes of the matrices, row-major, in the order of the record. Equal
 * digests mean equal weights, bit for bit.
 */
export async function weightsDigest(weights: Readonly<Record<string, Matrix>>): Promise<string> {
  const bytes = await new Blob(Object.values(weights).map(({ data }) => Float32Array.from(data))).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
