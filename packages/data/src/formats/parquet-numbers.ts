import { InputError } from '@apical/core';
import type { DecodedArray, ParquetType, SchemaElement } from 'hyparquet';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { readDataPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { exactValue } from './exact-value.ts';
import type { ParquetPage } from './parquet-pages.ts';
import { placeOfRow } from './place-of-row.ts';

/** Takes numbers of a column as they are decoded: those of many rows at once, from that row on. */
export type TakeNumbers = (values: ArrayLike<number>, row: number) => void;

/**
 * Decodes the pages of a column of numbers or truths, in arrays of numbers where they can be: a list of what is there of each value, and one of the
 * values, as the decoder makes them of columns of any kind, would be several times as large as the numbers.
 *
 * @param first the row in which the pages begin
 * @throws InputError for what is missing, and for whole numbers that cannot be told exactly; Error where a page is damaged
 */
export function takeNumbers(
  pages: Iterable<ParquetPage>,
  type: ParquetType,
  element: SchemaElement,
  first: number,
  take: TakeNumbers,
): void {
  const decoded = ({ values, count, encoding }: ParquetPage): DecodedArray => {
    // What is there is said by the levels, which the values are without.
    const column = {
      type,
      element,
      schemaPath: [],
      pathInSchema: [],
      parsers: DEFAULT_PARSERS,
      codec: 'UNCOMPRESSED' as const,
    };
    const header = {
      num_values: count,
      encoding: encoding as 'PLAIN',
      definition_level_encoding: 'RLE' as const,
      repetition_level_encoding: 'RLE' as const,
    };
    return convert(readDataPage(values, header, column).dataPage, column);
  };
  let dictionary: DecodedArray = [];
  let row = first;
  for (const page of pages) {
    if (page.isDictionary) {
      dictionary = decoded(page);
      continue;
    }
    const missing = firstMissing(page);
    if (missing >= 0)
      throw new InputError(
        `${placeOfRow(row + missing)}: ${element.name} is missing; fill it in, or leave the row out`,
      );
    const values = page.encoding.endsWith('_DICTIONARY') ? lookedUp(page, dictionary) : decoded(page);
    take(exactNumbers(values, element, row), row);
    row += page.count;
    if (ArrayBuffer.isView(values) && values.buffer !== page.values.buffer) free(values);
  }
}

/** The place of the first value that is missing; −1 where all are there. */
function firstMissing({ levels, count }: ParquetPage): number {
  if (levels.length === 0) return -1;
  const isThere = new Uint8Array(count);
  readRuns(levels, 1, isThere);
  const missing = isThere.indexOf(0);
  free(isThere);
  return missing;
}

/** The values of a page that has their places in a dictionary. */
function lookedUp({ values, count }: ParquetPage, dictionary: DecodedArray): DecodedArray {
  const places = new Uint32Array(count);
  const width = values[0] ?? 0;
  if (width > 0) readRuns(values.subarray(1), width, places);
  const found = new (dictionary.constructor as new (length: number) => unknown[])(count);
  for (let i = 0; i < count; i++) {
    if (places[i]! >= dictionary.length) throw new Error('a value lies beyond its dictionary');
    found[i] = dictionary[places[i]!];
  }
  free(places);
  return found;
}

function readRuns(bytes: Uint8Array, width: number, output: Uint8Array | Uint32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  readRleBitPackedHybrid({ view, offset: 0 }, width, output, bytes.length);
}

/** Frees it now, not at some time. */
function free({ buffer }: ArrayBufferView): void {
  (buffer as ArrayBuffer).transfer(0);
}

function exactNumbers(values: DecodedArray, element: SchemaElement, row: number): ArrayLike<number> {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return wholeNumbers(values, element, row);
  if (ArrayBuffer.isView(values)) return values as ArrayLike<number>;
  return Float64Array.from(values as ArrayLike<unknown>, (value, i) => exactValue(value, element, row + i) as number);
}

/** Integers of 64 bits as float64, in the place in which they lie. */
function wholeNumbers(values: BigInt64Array | BigUint64Array, element: SchemaElement, row: number): Float64Array {
  const { buffer, byteOffset, length } = values;
  const low = new Uint32Array(buffer, byteOffset, 2 * length);
  const high = values instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, 2 * length) : low;
  const numbers = new Float64Array(buffer, byteOffset, length);
  for (let i = 0; i < length; i++) {
    const value = high[2 * i + 1]! * 2 ** 32 + low[2 * i]!;
    numbers[i] = Number.isSafeInteger(value) ? value : (exactValue(values[i], element, row + i) as number);
  }
  return numbers;
}
