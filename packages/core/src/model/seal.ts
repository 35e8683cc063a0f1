import { InputError } from '../errors.ts';
import { sha256Of } from '../sha256.ts';
import { type TensorFile, writeSafetensors } from './safetensors.ts';

// A sealed safetensors file has in its metadata its own SHA-256 sum, taken with zeros in the place of the sum's digits. Whatever
// changes of what it holds, be it in the header, the numbers or the digits, breaks the seal.

/** Metadata to write into a file that will be sealed. */
export const openSeal = { sha256: '0'.repeat(64) };

/** Quotes within texts are escaped in JSON, so that this stands in a header only where the sum does. */
const before = '"sha256":"';

/** Writes the sum into a file that was written with `openSeal` in its metadata; returns that. */
export function seal(file: Uint8Array): Uint8Array {
  file.set(new TextEncoder().encode(sha256Of([file])), placeOf(file));
  return file;
}

/** In the place of the sum: the file was changed on purpose, and there is nothing to compare it with. */
export const unsealed = 'unsealed';

/**
 * Refuses a file that holds anything else than what was sealed. Another program may have written it again, its parts in another order.
 *
 * @param content what was read of it
 * @param source its name, for the message
 * @throws InputError
 */
export function checkSeal(file: Uint8Array, { tensors, metadata }: TensorFile, source: string): void {
  const recorded = metadata.sha256;
  if (recorded === unsealed) return;
  const onPurpose = `where it was changed on purpose, say so in its metadata, "sha256": "${unsealed}"`;
  if (recorded === undefined) {
    throw new InputError(`${source}: its metadata has no SHA-256 sum to compare with; ${onPurpose}`);
  }
  const found = sumOf(file);
  if (found === recorded) return;
  const again = writeSafetensors(tensors, { ...metadata, ...openSeal });
  if (sha256Of([again]) === recorded) return;
  throw new InputError(
    `${source}: damaged, or changed after it was saved: its SHA-256 sum was ${recorded} and is now ${found}; take a sound copy, or, ${onPurpose}`,
  );
}

/** The sum with zeros in the place of its own digits. */
function sumOf(file: Uint8Array): string {
  const place = placeOf(file);
  if (place < 0) return sha256Of([file]);
  const zeros = new TextEncoder().encode(openSeal.sha256);
  return sha256Of([file.subarray(0, place), zeros, file.subarray(place + zeros.length)]);
}

/** Where the digits of the sum begin. */
function placeOf(file: Uint8Array): number {
  const header = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const found = latin1(file.subarray(0, 8 + header)).indexOf(before);
  return found < 0 ? found : found + before.length;
}

/** Bytes as text of as many characters. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
