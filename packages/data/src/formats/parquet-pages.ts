import type { ColumnMetaData, Compressors, DataReader, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { crc32 } from './crc-32.ts';

/** Where in a file the pages of a column chunk lie. */
export function chunkRange(meta: ColumnMetaData): { start: number; end: number } {
  const { dictionary_page_offset: dictionary, data_page_offset: first, total_compressed_size: size } = meta;
  const start = Number(dictionary !== undefined && dictionary > 0n && dictionary < first ? dictionary : first);
  return { start, end: start + Number(size) };
}

/** A page of a column chunk, which is sound, uncompressed. */
export interface ParquetPage {
  readonly isDictionary: boolean;
  /** How many values it has, those that are missing among them. */
  readonly count: number;
  readonly encoding: string;
  /** Runs of what is there of each value: its definition levels. */
  readonly levels: Uint8Array<ArrayBuffer>;
  /** The values that are there. */
  readonly values: Uint8Array<ArrayBuffer>;
}

/**
 * The pages of a column chunk, each checked before it is decoded: the decoder believes what they say of their lengths, and a few bytes can
 * say that billions of values follow. Pages that have a checksum are compared with it.
 *
 * @param chunk the chunk's bytes
 * @param values how many there are
 * @param depth how many things around a value may be missing, it among them: the greatest definition level
 * @throws Error that says what is wrong
 */
export function* soundPages(
  chunk: Uint8Array<ArrayBuffer>,
  meta: ColumnMetaData,
  values: number,
  depth: number,
  compressors: Compressors,
): Generator<ParquetPage, void> {
  const reader: DataReader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
  let seen = 0;
  while (seen < values && reader.offset < chunk.length - 1) {
    const header = parquetHeader(reader);
    const { compressed_page_size: packed, uncompressed_page_size: size } = header;
    const end = reader.offset + packed;
    if (!(packed >= 0 && end <= chunk.length)) throw new Error('a page is cut');
    if (!(size >= 0)) throw new Error('a page has a negative length');
    const bytes = chunk.subarray(reader.offset, end);
    if (header.crc !== undefined && crc32(bytes) !== header.crc >>> 0)
      throw new Error('the checksum of a page is wrong');
    const page = soundPage(bytes, header, meta, depth, compressors);
    if (!page.isDictionary) seen += page.count;
    if (seen > values) throw new Error('a column has more values than there are rows');
    yield page;
    reader.offset = end;
  }
  if (seen < values) throw new Error('a column has fewer values than there are rows');
}

/** @throws Error where it has not as many values as it says */
function soundPage(
  bytes: Uint8Array<ArrayBuffer>,
  header: PageHeader,
  { codec }: ColumnMetaData,
  depth: number,
  compressors: Compressors,
): ParquetPage {
  const { uncompressed_page_size: size, data_page_header: v1, data_page_header_v2: v2 } = header;
  const unpack = (packed: Uint8Array<ArrayBuffer>, length: number) =>
    decompressPage(packed, length, codec, compressors) as Uint8Array<ArrayBuffer>;
  if (header.type === 'DICTIONARY_PAGE') {
    const count = header.dictionary_page_header?.num_values ?? -1;
    if (!(count >= 0 && count <= size)) throw new Error('a dictionary has more values than bytes');
    return { isDictionary: true, count, encoding: 'PLAIN', levels: new Uint8Array(), values: unpack(bytes, size) };
  }
  if (header.type === 'DATA_PAGE' && v1) {
    const { num_values: count, encoding } = v1;
    checkCount(count);
    const page = unpack(bytes, size);
    const start = depth === 0 ? 0 : 4 + new DataView(page.buffer, page.byteOffset, page.length).getUint32(0, true);
    const [levels, values] = [page.subarray(Math.min(4, start), start), page.subarray(start)];
    return checked({ isDictionary: false, count, encoding, levels, values }, depth);
  }
  if (header.type === 'DATA_PAGE_V2' && v2) {
    const { num_values: count, encoding } = v2;
    const { repetition_levels_byte_length: first, definition_levels_byte_length: second } = v2;
    checkCount(count);
    if (!(first >= 0 && second >= 0 && first + second <= bytes.length)) throw new Error('the levels of a page are cut');
    const packed = bytes.subarray(first + second);
    const isPacked = v2.is_compressed !== false && codec !== 'UNCOMPRESSED' && packed.length > 0;
    const values = isPacked ? unpack(packed, size - first - second) : packed;
    const levels = bytes.subarray(first, first + second);
    return checked({ isDictionary: false, count, encoding, levels, values }, depth);
  }
  throw new Error(`a page is of an unknown kind`);
}

/** The page. @throws Error where its runs are none. Of the encodings, only runs make many values of few bytes, and differences of no width. */
function checked(page: ParquetPage, depth: number): ParquetPage {
  const { count, encoding, levels, values } = page;
  checkRuns(levels, widthOf(depth), count);
  if (encoding.endsWith('_DICTIONARY')) checkRuns(values.subarray(1), values[0] ?? 0, count);
  else if (encoding === 'RLE') checkRuns(values.subarray(4), 1, count);
  return page;
}

/** More values than this have no place in a page. */
const mostValues = 2 ** 27;

function checkCount(count: number): void {
  if (!(count >= 0 && count <= mostValues)) throw new Error('a page has no number of values that can be');
}

/** The bits that a level takes. */
function widthOf(level: number): number {
  return 32 - Math.clz32(level);
}

/** Values as runs of equal ones, none of which may be longer than what is left of the page, and packed groups of eight. */
function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  if (width === 0) return;
  let [at, seen] = [0, 0];
  while (seen < count && at < bytes.length) {
    let [head, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new Error('the runs of a page are cut');
      head += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
      shift += 7;
    }
    const isPacked = head % 2 === 1;
    const length = Math.floor(head / 2);
    if (!isPacked && length > count - seen) throw new Error('a run of a page is longer than the page');
    at += isPacked ? length * width : Math.ceil(width / 8);
    seen += isPacked ? 8 * length : length;
  }
}
