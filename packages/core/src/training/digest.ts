import type { Matrix } from '../matrix.ts';
import { sha256 } from '../sha256.ts';

/**
 * SHA-256, in hexadecimal, over the float32 little-endian bytes of the matrices, row-major, in the order of the record. Equal
 * digests mean equal weights, bit for bit.
 */
export async function weightsDigest(weights: Readonly<Record<string, Matrix>>): Promise<string> {
  const bytes = await new Blob(Object.values(weights).map(({ data }) => Float32Array.from(data))).arrayBuffer();
  return sha256(bytes);
}
