import { InputError } from '@apical/core';
import { type Cells, GrowingCells } from './growing-cells.ts';
import { placeOfRow } from './place-of-row.ts';

/** How texts lie in an array of NumPy: each in as many bytes, what is left of them zero. */
export interface TextType {
  /** U: characters in 4 bytes each, of UTF-32; S: bytes. */
  readonly kind: 'U' | 'S';
  /** How many bytes each text has. */
  readonly size: number;
  readonly bigEndian: boolean;
}

/** Of texts, the type that NumPy names so (`<U3`, `|S5`); undefined for others. */
export function textTypeNamed(descr: string): TextType | undefined {
  const [, mark, kind, length] = /^([<>=|]?)([USa])(\d{1,7})$/.exec(descr) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'U'
    ? { kind, size: 4 * Number(length), bigEndian: mark === '>' }
    : { kind: 'S', size: Number(length), bigEndian: false };
}

/**
 * The texts of an array, as the cells of a column: see `GrowingCells`. Those of bytes are UTF-8.
 * @throws InputError for bytes that are no text, for what is missing, and for too many different ones
 */
export function cellsOf(bytes: Uint8Array, count: number, type: TextType, source: string): Cells {
  const cells = new GrowingCells((row) => `${source}: ${placeOfRow(row)}: the text`);
  for (let row = 0; row < count; row++) {
    const [start, end] = [row * type.size, (row + 1) * type.size];
    if (cells.pushKnown(bytes, start, end)) continue;
    cells.pushNew(textOf(bytes.subarray(start, end), type, `${source}: ${placeOfRow(row)}`), bytes, start, end);
  }
  return cells.take(0);
}

function textOf(bytes: Uint8Array, { kind, bigEndian }: TextType, place: string): string {
  const [encoding, unit] = kind === 'U' ? ['UTF-32', 4] : ['UTF-8', 1];
  try {
    if (kind === 'S')
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        bytes.subarray(0, lengthOf(bytes, unit)),
      );
    const view = new DataView(bytes.buffer, bytes.byteOffset, lengthOf(bytes, unit));
    const points = Array.from({ length: view.byteLength / unit }, (_, i) => view.getUint32(unit * i, !bigEndian));
    return String.fromCodePoint(...points);
  } catch (error) {
    throw new InputError(`${place}: is no text in ${encoding}`, { cause: error });
  }
}

/** As in NumPy, zeros at the end are none of a text. */
function lengthOf(bytes: Uint8Array, unit: number): number {
  const last = bytes.findLastIndex((byte) => byte !== 0);
  return unit * Math.ceil((last + 1) / unit);
}
