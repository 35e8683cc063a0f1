import { InputError } from '../errors.ts';
import { sha256 } from '../sha256.ts';
import { type TensorFile, writeSafetensors } from './safetensors.ts';

// A sealed safetensors file has in its metadata its own SHA-256 sum, taken with zeros in the place of the sum's digits. Whatever
// changes of what it holds, be it in the header, the numbers or the digits, breaks the seal.

/** Metadata to write into a file that will be sealed. */
export const openSeal = { sha256: '0'.repeat(64) };

/** Quotes within texts are escaped in JSON, so that this stands in a header only where the sum does. */
const before = '"sha256":"';

/** Writes the sum into a file that was written with `openSeal` in its metadata. */
export async function seal(file: Uint8Array): Promise<Uint8Array> {
  const sealed = Uint8Array.from(file);
  sealed.set(new TextEncoder().encode(await sha256(sealed)), placeOf(file));
  return sealed;
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
export async function checkSeal(file: Uint8Array, { tensors, metadata }: TensorFile, source: string): Promise<void> {
  const recorded = metadata.sha256;
  if (recorded === unsealed) return;
  const onPurpose = `where it was changed on purpose, say so in its metadata, "sha256": "${unsealed}"`;
  if (recorded === undefined) {
    throw new InputError(`${source}: its metadata has no SHA-256 sum to compare with; ${onPurpose}`);
  }
  const found = await sumOf(file);
  if (found === recorded) return;
  const again = writeSafetensors(tensors, { ...metadata, ...openSeal });
  if ((await sha256(Uint8Array.from(again))) === recorded) return;
  throw new InputError(
    `${source}: damaged, or changed after it was saved: its SHA-256 sum was ${recorded} and is now ${found}; take a sound copy, or, ${onPurpose}`,
  );
}

/** The sum with zeros in the place of its own digits: a copy of the file is hashed, and given back at once. */
async function sumOf(file: Uint8Array): Promise<string> {
  const open = Uint8Array.from(file);
  const place = placeOf(file);
  if (place >= 0) open.fill(0x30, place, place + openSeal.sha256.length);
  const sum = await sha256(open);
  open.buffer.transfer(0);
  return sum;
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
