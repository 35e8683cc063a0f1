import { open, stat } from 'node:fs/promises';
import { InputError } from '@apical/core';
import { listed } from './column-names.ts';
import { isArchive, type Kind, kindNamed, kindsByEnding, splitMember, standardInput } from './file-kinds.ts';
import { archiveArrays } from './files/archive-arrays.ts';
import { sha256Of } from './files/file-parts.ts';
import { type FilePieces, filePieces } from './files/file-pieces.ts';
import { mostBytes } from './files/read-content.ts';
import { tensorArrays } from './files/tensor-arrays.ts';
import { checkNumbers } from './formats/check-numbers.ts';
import { type CsvOptions, type CsvTable, readCsvPieces } from './formats/csv.ts';
import { numberIn, placesOfNames, shown } from './formats/csv-cells.ts';
import type { Cells } from './formats/growing-cells.ts';
import { isGzip } from './formats/gzip.ts';
import { type KeptNumbers, widened } from './formats/half-numbers.ts';
import { isIdx, readIdxPieces } from './formats/idx.ts';
import { isNpy, type KeptArray, readNpyPieces } from './formats/npy.ts';
import { readNpz } from './formats/npz.ts';
import { lengthOf, type NumericArray } from './formats/numeric-array.ts';
import { isParquet } from './formats/parquet-magic.ts';
import { placeOfRow } from './formats/place-of-row.ts';
import { isZip } from './formats/zip-directory.ts';
import type { ImageShape } from './image-rows.ts';

/** A matrix of numbers, row-major: a sample a row. */
export interface NumericMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: NumericArray['data'];
  /** The names of its columns, where it has any. */
  readonly names?: readonly string[];
  /** What was decided of the file, and could have been meant otherwise. */
  readonly notes: readonly string[];
  /** Whether a first line of 0, 1, 2, … was taken for the names of columns without having been said to be. */
  readonly numericHeader: boolean;
  /** The SHA-256 sum of the whole file, uncompressed. */
  readonly sha256: string;
  /** What the rows are as images, where the file says so. */
  readonly image?: ImageShape;
  /** Of an array of texts, what they are; the numbers are their codes, then. */
  readonly cells?: Cells;
}

/** A matrix of numbers as they are kept: those of 16 bits as such. */
export interface KeptMatrix extends Omit<NumericMatrix, 'data'> {
  readonly data: KeptNumbers;
}

/** How tables are to be read. */
export type MatrixOptions = Omit<CsvOptions, 'rows' | 'target' | 'inputs'> & {
  /** How many rows there should be, where a first line of 0, 1, 2, … may be a row or the names of columns. */
  readonly rows?: number | undefined;
  /** The SHA-256 sum of an archive, where another of its arrays was read. */
  readonly sha256?: string | undefined;
  /** Whether arrays of NumPy may be of texts, one a sample. */
  readonly texts?: boolean | undefined;
};

const endings = `${Object.keys(kindsByEnding).join(', ')}, idx3-ubyte and the like, or in .gz after one of them`;

/**
 * Reads samples from a file that NumPy (.npy, .npz) or a spreadsheet (.csv, .tsv, .txt) wrote, of the form of MNIST's files (IDX), gzipped or not, or of
 * tensors (.safetensors). The first dimension counts samples; what an array has of others is laid out in a row, so that images of 28 × 28
 * become rows of 784, and of numbers without another dimension each has a row of its own.
 *
 * @param path the file; of an archive with several arrays, with the name of one of them: `data.npz:x`; `-` for standard input, of which
 *   the kind is found, as that of pipes is
 * @throws InputError for a file of another kind or that is not sound (see `readNpy`, `readNpz`, `readCsv`, `readIdx`), and for numbers
 *   that are not finite as float32; the system's error where it cannot be read
 */
export async function loadMatrix(path: string, options: MatrixOptions = {}): Promise<NumericMatrix> {
  const { data, ...matrix } = await loadKept(path, options);
  return { ...matrix, data: widened(data) };
}

/** `loadMatrix` of numbers that stay as they are kept. @throws as that does */
export async function loadKept(path: string, options: MatrixOptions = {}): Promise<KeptMatrix> {
  const { file, member } = splitMember(path);
  const named = kindNamed(file);
  if (named === undefined && !(await isPipe(file))) {
    throw new InputError(`${path}: its name must end in one of ${endings}`);
  }
  if (named === 'parquet') {
    // Loaded where it is needed: it has decoders of many compressions with it.
    const { inputs, ...columns } = await (await import('./parquet-columns.ts')).loadColumns(file);
    return { ...columns, cols: inputs, notes: [], numericHeader: false };
  }
  const source = file === standardInput ? 'standard input' : file;
  if (isArchive(named) && (await isPlainFile(file))) return loadMember(file, named, member, options);
  if (named === 'safetensors')
    throw new InputError(`${source}: safetensors is read in parts, from a file that is not gzipped`);
  const content = await filePieces(file, source);
  const pieces = content.pieces[Symbol.asyncIterator]();
  const first = (await pieces.next()).value ?? new Uint8Array();
  const kind = named ?? kindOf(first, source);
  if (member !== undefined && kind !== 'npz')
    throw new InputError(`${path}: only an archive (.npz, .safetensors) has members`);
  const all = { ...content, pieces: withFirst(first, pieces) };
  const array = await read(kind, all, source, member, { ...options, separator: separatorOf(file, options) });
  return { ...matrixOf(array, source, options), sha256: content.sha256() };
}

/** Whether it is a regular file that is not gzipped. */
async function isPlainFile(path: string): Promise<boolean> {
  if (path === standardInput || !(await stat(path)).isFile()) return false;
  const file = await open(path);
  try {
    const start = new Uint8Array(2);
    await file.read(start, 0, 2, 0);
    return !isGzip(start);
  } finally {
    await file.close();
  }
}

/** The array of that name of an archive, or its only one. */
async function loadMember(
  source: string,
  kind: 'npz' | 'safetensors',
  member: string | undefined,
  options: MatrixOptions,
): Promise<KeptMatrix> {
  const file = await open(source);
  try {
    const arrays =
      kind === 'npz' ? await archiveArrays(file, source, mayBeTexts(options)) : await tensorArrays(file, source);
    const name = memberNamed(arrays.names, source, member);
    const array = await arrays.read(name);
    const matrix = matrixOf({ ...array, member: name }, source, options);
    return { ...matrix, sha256: options.sha256 ?? (await sha256Of(file)) };
  } finally {
    await file.close();
  }
}

/** What was begun to be read, from its beginning. */
async function* withFirst(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}

/** What separates the cells of a table: what is said, or what the end of its name says. */
function separatorOf(path: string, { separator }: MatrixOptions): MatrixOptions['separator'] {
  return separator ?? (/\.tsv(\.gz)?$/i.test(path) ? '\t' : undefined);
}

interface Source extends KeptArray, Partial<Pick<CsvTable, 'header' | 'numericHeader' | 'firstLine'>> {
  /** The name of the array within the file. */
  readonly member?: string;
}

async function read(
  kind: Exclude<Kind, 'parquet' | 'safetensors'>,
  { pieces, size }: FilePieces,
  source: string,
  member: string | undefined,
  options: MatrixOptions,
): Promise<Source> {
  switch (kind) {
    case 'npy':
      return readNpyPieces(pieces, source, size ?? mostBytes, mayBeTexts(options));
    case 'npz':
      return readMember(await whole(pieces, size), source, member);
    case 'idx': {
      const { dimensions, values } = await readIdxPieces(pieces, source, size ?? mostBytes);
      return { shape: dimensions, data: values };
    }
    case 'table':
      return readCsvPieces(pieces, source, options);
  }
}

async function whole(pieces: AsyncIterable<Uint8Array>, size: number | undefined): Promise<Uint8Array> {
  let bytes = new Uint8Array(size ?? 2 ** 20);
  let length = 0;
  for await (const piece of pieces) {
    if (length + piece.length > bytes.length) {
      const larger = new Uint8Array(2 * (length + piece.length));
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(piece, length);
    length += piece.length;
  }
  return bytes.subarray(0, length);
}

/** More names of arrays, and of more characters, are not told. */
const [mostTold, mostShown] = [12, 60];

/** The array of that name, or the only one that there is. */
function readMember(content: Uint8Array, source: string, member: string | undefined): Source {
  const archive = readNpz(content, source);
  const name = memberNamed(Object.keys(archive), source, member);
  return { ...archive[name]!, member: name };
}

/** The name that is given, or the only one. @throws InputError where it is none of those that there are */
function memberNamed(names: readonly string[], source: string, member: string | undefined): string {
  const name = member ?? (names.length === 1 ? names[0] : undefined);
  if (name !== undefined && names.includes(name)) return name;
  const told = names
    .slice(0, mostTold)
    .map((each) => (each.length > mostShown ? `${each.slice(0, mostShown)}…` : each));
  const more = names.length > mostTold ? `, … (${names.length} arrays)` : '';
  const there = names.length === 0 ? 'no arrays' : `the arrays ${told.join(', ')}${more}`;
  const remedy = names.length === 0 ? '' : `: name one of them, ${source}:${told[0]}`;
  throw new InputError(`${source}: holds ${there}${member === undefined ? '' : `, none called ${member}`}${remedy}`);
}

function matrixOf(
  { shape, data: found, cells, header, numericHeader, firstLine, member }: Source,
  source: string,
  { names }: MatrixOptions,
): Omit<KeptMatrix, 'sha256'> {
  const [rows, ...rest] = shape;
  const of = member === undefined ? source : `${source}: ${member}`;
  if (rows === undefined) throw new InputError(`${of}: a single number, not an array of samples`);
  const cols = lengthOf(rest);
  const data = cells?.kinds && names ? placesOf(cells, names, of) : found;
  checkNumbers(data, cols, of, firstLine);
  const notes = notesOf(header, numericHeader, source);
  return {
    ...{ rows, cols, data, notes, numericHeader: numericHeader === true },
    // pandas counts columns that have no names.
    ...(header && !numericHeader && { names: header }),
    ...(cells && { cells }),
  };
}

function mayBeTexts({ texts, names }: MatrixOptions): boolean {
  return texts === true || names !== undefined;
}

/** The places of texts among some names. @throws InputError for one that is none of them */
function placesOf(
  { kinds, codes }: Extract<Cells, { kinds: readonly string[] }>,
  names: readonly string[],
  of: string,
) {
  const known = placesOfNames(names);
  const places = kinds.map((kind) => numberIn(kind, known));
  const bad = codes.findIndex((code) => Number.isNaN(places[code]));
  if (bad < 0) return Float64Array.from(codes, (code) => places[code]!);
  throw new InputError(
    `${of}: ${placeOfRow(bad)}: ${shown(kinds[codes[bad]!]!)} is none of the classes ${listed(names)}`,
  );
}

function notesOf(header: readonly string[] | undefined, isNumeric: boolean | undefined, source: string): string[] {
  if (!header) return [];
  const names = header.length > 3 ? `${header.slice(0, 3).join(', ')}, …` : header.join(', ');
  if (!isNumeric) return [`${source}: line 1 is a header (${names})`];
  return [
    `${source}: line 1 (${names}) is taken for names of columns, as pandas writes them; --no-header: it is numbers`,
  ];
}

/** What kind of file it is by its beginning. */
function kindOf(content: Uint8Array, source: string): Exclude<Kind, 'parquet' | 'safetensors'> {
  if (isParquet(content)) throw new InputError(`${source}: Parquet is read in parts, from a file: give its path`);
  if (isNpy(content)) return 'npy';
  if (isZip(content)) return 'npz';
  return isIdx(content) ? 'idx' : 'table';
}

/** Standard input, a named pipe, or another thing that is no file and has no name to tell its kind by. */
async function isPipe(path: string): Promise<boolean> {
  return path === standardInput || !(await stat(path)).isFile() || path.startsWith('/dev/');
}
