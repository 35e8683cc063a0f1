import { Inflate } from 'pako';
import { isGzip } from './gzip.ts';

/**
 * Decompresses a gzip file of any number of members, one after the other, with zero bytes between and after them, as tapes and disks pad
 * files.
 *
 * @throws Error where it is corrupt, ends early, or is followed by something else
 */
export function gunzipMembers(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let at = 0;
  do {
    const inflate = new Inflate() as Inflate & { readonly strm: { readonly avail_in: number } };
    inflate.push(bytes.subarray(at), true);
    if (inflate.err) throw new Error(inflate.msg || 'it ends early');
    parts.push(inflate.result as Uint8Array);
    at = bytes.length - inflate.strm.avail_in;
    while (bytes[at] === 0) at++;
  } while (isGzip(bytes.subarray(at)));
  if (at < bytes.length) throw new Error(`something else follows it, at byte ${at}`);
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
