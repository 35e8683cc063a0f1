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

/** Whether a file begins as ZIP archives do. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The directory of a ZIP archive (PKWARE's APPNOTE.TXT), which stands at its end. Archives and files of more than 4 GB have theirs, too.
 * @throws Error where there is none, or it is damaged
 */
export function readZipDirectory(archive: Uint8Array): ZipEntry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(view);
  if (end === undefined) throw new Error('its directory is missing, which stands at the end: the file is incomplete');
  try {
    let { count, at } = { count: view.getUint16(end + 10, true), at: view.getUint32(end + 16, true) };
    if (count === 0xffff || at === 0xffffffff) {
      const wide = wideNumber(view, end - 20 + 8);
      if (view.getUint32(wide, true) !== wideEndMark) throw new RangeError();
      count = wideNumber(view, wide + 32);
      at = wideNumber(view, wide + 48);
    }
    const entries: ZipEntry[] = [];
    while (entries.length < count) {
      if (view.getUint32(at, true) !== entryMark) throw new RangeError();
      const lengths = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [number, number, number];
      entries.push(readEntry(archive, view, at, lengths));
      at += 46 + lengths[0] + lengths[1] + lengths[2];
    }
    return entries;
  } catch (error) {
    throw new Error('its directory is cut or damaged', { cause: error });
  }
}

/**
 * The bytes of a file in an archive as they lie there, compressed or not.
 * @throws Error where it is cut, encrypted or compressed in another way than by DEFLATE
 */
export function packedEntry(archive: Uint8Array, entry: ZipEntry): Uint8Array {
  const { name, method, encrypted, compressed, size, offset } = entry;
  if (encrypted) throw new Error(`${name} is encrypted`);
  if (method !== 0 && method !== 8) throw new Error(`${name} is compressed by method ${method}; DEFLATE can be read`);
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  if (offset + 30 > archive.length || view.getUint32(offset, true) !== fileMark)
    throw new Error(`${name} is not there`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = archive.subarray(start, start + compressed);
  const fits = method === 0 ? size === compressed : size <= mostSaved * compressed + mostSaved;
  if (packed.length < compressed || !fits) throw new Error(`${name} is cut or damaged`);
  return packed;
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
