/** A file in a ZIP archive, as the archive's directory lists it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly compressed: number;
  /** The bytes that it has uncompressed. */
  readonly size: number;
  readonly offset: number;
}

const [endMark, wideEndMark, entryMark, fileMark] = [0x06054b50, 0x06064b50, 0x02014b50, 0x04034b50];
const endLength = 22;
/** DEFLATE makes nothing smaller than by this. */
const mostSaved = 1032;

/** The directory begins before the part of the archive that was given. */
export class ZipDirectoryBefore extends Error {
  /** Where it begins in the archive. */
  readonly at: number;

  constructor(at: number) {
    super('its directory is longer than what was looked at');
    this.at = at;
  }
}

/** Whether a file begins as ZIP archives do. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The directory of a ZIP archive (PKWARE's APPNOTE.TXT), which stands at its end. Archives and files of more than 4 GB have theirs, too.
 * @param base of an archive of which only the end is given: how many bytes stand before that
 * @throws Error where there is none, or it is damaged; where it begins before what is given, `ZipDirectoryBefore`
 */
export function readZipDirectory(archive: Uint8Array, base = 0): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw new Error('its directory is missing, which stands at the end: the file is incomplete');
  try {
    let { count, at } = { count: view.getUint16(end + 10, true), at: view.getUint32(end + 16, true) };
    if (count === 0xffff || at === 0xffffffff) {
      const wide = wideNumber(view, end - 20 + 8) - base;
      if (view.getUint32(wide, true) !== wideEndMark) throw new RangeError();
      count = wideNumber(view, wide + 32);
      at = wideNumber(view, wide + 48);
    }
    at -= base;
    if (at < 0) throw new ZipDirectoryBefore(at + base);
    const entries: ZipEntry[] = [];
    while (entries.length < count) {
      if (view.getUint32(at, true) !== entryMark) throw new RangeError();
      const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [number, number, number];
      entries.push(readEntry(archive, view, at, lengths));
      at += 46 + lengths[0] + lengths[1] + lengths[2];
    }
    return entries;
  } catch (error) {
    if (error instanceof ZipDirectoryBefore) throw error;
    throw new Error('its directory is cut or damaged', { cause: error });
  }
}

/**
 * The bytes of a file in an archive as they lie there, compressed or not.
 * @throws Error where it is cut, encrypted or compressed in another way than by DEFLATE
 */
export function packedEntry(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const { compressed, offset } = entry;
  const start = entryStart(archive.subarray(offset, offset + localLength), entry, archive.length);
  return archive.subarray(start, start + compressed);
}

/** How long the header is that stands before a file in an archive, but for what it says itself. */
export const localLength = 30;

/**
 * Where the bytes of a file begin in an archive.
 * @param header the `localLength` bytes at its offset. @param length of the archive
 * @throws Error as `packedEntry`
 */
export function entryStart(header: Uint8Array, entry: ZipEntry, length: number): number {
  const { name, method, encrypted, compressed, size, offset } = entry;
  if (encrypted) throw new Error(`${name} is encrypted`);
  if (method !== 0 && method !== 8) throw new Error(`${name} is compressed by method ${method}; DEFLATE can be read`);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (header.length < localLength || view.getUint32(0, true) !== fileMark) throw new Error(`${name} is not there`);
  const start = offset + localLength + view.getUint16(26, true) + view.getUint16(28, true);
  const fits = method === 0 ? size === compressed : size <= mostSaved * compressed + mostSaved;
  if (start + compressed > length || !fits) throw new Error(`${name} is cut or damaged`);
  return start;
}

/** A comment of up to 65,535 bytes may follow the end's record. */
function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - 0xffff); at--) {
    if (view.getUint32(at, true) === endMark) return at;
  }
  return undefined;
}

function readEntry(archive: Uint8Array, view: DataView, at: number, lengths: [number, number, number]): ZipEntry {
  const [nameLength, extraLength] = lengths;
  const numbers = { size: view.getUint32(at + 24, true), compressed: view.getUint32(at + 20, true) };
  const entry = { ...numbers, offset: view.getUint32(at + 42, true) };
  // What has no room in 32 bits stands in the extra field 1, in this order.
  for (let extra = at + 46 + nameLength; extra < at + 46 + nameLength + extraLength; ) {
    const length = view.getUint16(extra + 2, true);
    if (view.getUint16(extra, true) === 1) {
      let place = extra + 4;
      for (const key of ['size', 'compressed', 'offset'] as const) {
        if (entry[key] !== 0xffffffff) continue;
        entry[key] = wideNumber(view, place);
        place += 8;
      }
    }
    extra += 4 + length;
  }
  return {
    name: new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength)),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    ...entry,
  };
}

function wideNumber(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
