import { InputError } from './errors.ts';

/** The byte order marks of the encodings that spreadsheets and shells write. */
const marks: readonly { readonly encoding: string; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * The text that the bytes of a file are: UTF-8, with a byte order mark or without, or UTF-16 with one. The mark is left out.
 * @throws InputError for bytes that are no such text
 */
export function decodeText(bytes: Uint8Array, source: string): string {
  const mark = marks.find((each) => each.bytes.every((value, i) => bytes[i] === value));
  try {
    return new TextDecoder(mark?.encoding ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputError(`${source}: is not a text in UTF-8; if it is in Latin-1 (Windows-1252), save it in UTF-8`, {
      cause: error,
    });
  }
}
