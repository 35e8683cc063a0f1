import { InputError } from '../errors.ts';
import { sha256 } from '../sha256.ts';

// A sealed safetensors file has in its metadata its own SHA-256 sum, taken with zeros in the place of the sum's digits. Any
// byte that changes, be it of the header, its padding, the numbers or the digits, breaks the seal.

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

/** @throws InputError where the file is not bit for bit the one that was sealed; `source` names it in the message */
export async function checkSeal(file: Uint8Array, source: string): Promise<void> {
  const place = placeOf(file);
  if (place < 0) throw new InputError(`${source}: its metadata has no SHA-256 sum to compare with`);
  const open = Uint8Array.from(file);
  open.fill(0x30, place, place + openSeal.sha256.length);
  const [recorded, found] = [latin1(file.subarray(place, place + openSeal.sha256.length)), await sha256(open)];
  if (recorded !== found) {
    throw new InputError(
      `${source}: damaged, or changed after it was saved: its SHA-256 sum was ${recorded} and is now ${found}; take a sound copy`,
    );
  }
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
