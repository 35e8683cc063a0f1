import { InputError } from '@apical/core';

/** Arrow's number of the type of durations (https://github.com/apache/arrow/blob/main/format/Schema.fbs). */
const duration = 18;

/**
 * The names of the columns that Arrow notes to be durations. Parquet has no type for these: pyarrow and others write them as whole numbers,
 * and their type in the file's notes only, in base64, as a message of Arrow with the schema.
 *
 * @throws InputError where it is no base64; RangeError where it is no such message
 */
export function arrowDurations(note: string | undefined): readonly string[] {
  if (note === undefined) return [];
  const bytes = bytesOf(note);
  const view = new DataView(bytes.buffer);
  // Older ones begin with the length, others with a mark before it.
  const start = view.getUint32(0, true) === 0xffffffff ? 8 : 4;
  const schema = follow(view, fieldAt(view, follow(view, start), 2));
  const fields = schema && follow(view, fieldAt(view, schema, 1));
  if (!fields) throw new RangeError('no schema');
  return Array.from({ length: Math.min(view.getUint32(fields, true), bytes.length) }, (_, i) => {
    const column = follow(view, fields + 4 + 4 * i);
    const [name, type] = [follow(view, fieldAt(view, column, 0)), fieldAt(view, column, 2)];
    if (!name || !type || view.getUint8(type) !== duration) return [];
    const length = view.getUint32(name, true);
    return [new TextDecoder().decode(bytes.subarray(name + 4, name + 4 + length))];
  }).flat();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch (error) {
    throw new InputError('what Arrow notes of its columns is no base64', { cause: error });
  }
}

/** Where what a place refers to lies, as flatbuffers have it; 0 where there is nothing. */
function follow(view: DataView, place: number): number {
  return place === 0 ? 0 : place + view.getUint32(place, true);
}

/** Where the field of that number of a table lies; 0 where the table is without it. */
function fieldAt(view: DataView, table: number, field: number): number {
  const list = table - view.getInt32(table, true);
  const at = 4 + 2 * field;
  const offset = at < view.getUint16(list, true) ? view.getUint16(list + at, true) : 0;
  return offset === 0 ? 0 : table + offset;
}
