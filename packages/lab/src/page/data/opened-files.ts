import { InputError, sha256 } from '@apical/core';
import {
  type Cells,
  type CsvOptions,
  type CsvTable,
  csvLayout,
  isZip,
  type LabelledTable,
  labelledRows,
  type NumericArray,
  type NumericData,
  readCsv,
  readIdx,
  readNpyTexts,
  type WantedColumns,
} from '@apical/data';
import { gunzip, isGzip } from './gzip.ts';
import { readNpzPair } from './npz.ts';

/** A file is refused of more bytes, before it is read: the page holds it several times. */
const mostBytes = 300_000_000;

interface Opened {
  readonly source: string;
  /** Of the file, uncompressed. */
  readonly sha256: string;
}

/** An array: samples, or what is learned of them. */
export interface OpenArray extends Opened, NumericArray {
  readonly columns?: undefined;
  /** Of an array of texts, what they are. */
  readonly cells?: Cells;
}

/** A table, of which columns can be told apart. */
export interface OpenTable extends Opened {
  readonly columns: number;
  /** The names of its columns, where they are known before it is read. */
  readonly names?: readonly string[];
  /** The places of columns that have texts, or other names of classes. */
  readonly texts: readonly number[];
  /** Whether it has lines, of which the first could be a header. */
  readonly hasLines: boolean;
  /** The samples, and what is learned of them. @throws InputError as the command's readers do */
  labelled(wanted: WantedColumns): Promise<Rows>;
  /** All columns as numbers. @throws InputError as the command's readers do */
  numbers(): Promise<NumericArray & Partial<Pick<CsvTable, 'header' | 'firstLine'>>>;
  /** Its only column, as what is learned. */
  alone(): Promise<Cells>;
}

/** Samples, what is learned of each, and what is good to know of how they were read. */
export type Rows = Omit<LabelledTable, 'sha256'> & { readonly notice?: string };

/** How tables are read, as far as that was said. */
export type TableOptions = Pick<CsvOptions, 'header' | 'separator'>;

/** What to say where images come as files. */
export const imageFiles =
  'the page reads no images in files or folders, but those in a column of a Parquet file, and arrays (.npy, IDX) of them; the command does: apical train --data FOLDER, apical evaluate RUN --data FOLDER';

/** Opens a file: a table or an array, of an archive two. @throws InputError where it is none of those that can be read */
export async function openFile(file: File, options: TableOptions = {}): Promise<readonly (OpenArray | OpenTable)[]> {
  const source = file.name;
  if (file.size > mostBytes) {
    throw new InputError(`${source}: ${Math.round(file.size / 1e6)} MB; the page takes up to ${mostBytes / 1e6} MB`);
  }
  const bytes = await readBytes(file);
  if (bytes.length === 0) throw new InputError(`${source}: is empty`);
  const sum = await sha256(bytes);
  return (await openBytes(bytes, source, options)).map((opened) => ({ ...opened, sha256: sum }));
}

export async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new InputError(`${file.name}: cannot be read; is it a folder? Drop the files in it`, { cause: error });
  }
  try {
    return isGzip(bytes) ? await gunzip(bytes) : bytes;
  } catch (error) {
    throw new InputError(`${file.name}: its gzip stream is not sound: ${(error as Error).message}`, { cause: error });
  }
}

type Unsummed = Omit<OpenArray, 'sha256'> | Omit<OpenTable, 'sha256'>;

async function openBytes(
  bytes: Uint8Array<ArrayBuffer>,
  source: string,
  options: TableOptions,
): Promise<readonly Unsummed[]> {
  if (/\.npz(\.gz)?$/i.test(source)) return readNpzPair(bytes, source);
  if (isZip(bytes)) throw new InputError(`${source}: is an archive: unpack it, and drop the files in it`);
  const name = source.toLowerCase().replace(/\.gz$/, '');
  if (/\.(csv|tsv|txt)$/.test(name)) {
    return [
      openCsv(bytes, source, { ...options, ...(!options.separator && name.endsWith('.tsv') && { separator: '\t' }) }),
    ];
  }
  if (name.endsWith('.npy')) return [{ ...readNpyTexts(bytes, source), source }];
  // What reads it is loaded only where it is needed.
  if (name.endsWith('.parquet')) return [await (await import('./parquet.ts')).openParquetTable(bytes, source)];
  if (/idx\d*(-[a-z0-9]+)?$|-ubyte$/.test(name)) {
    const { dimensions, values } = readIdx(bytes, source);
    return [{ shape: dimensions, data: values, source }];
  }
  if (/\.(png|jpe?g|gif|webp|bmp|tiff?)$/.test(name)) throw new InputError(`${source}: ${imageFiles}`);
  throw new InputError(
    `${source}: tables (.csv, .tsv, .txt, .parquet), NumPy (.npy, .npz) and IDX (…-ubyte) files can be read, and their .gz; configs (.json) and weights (.safetensors)`,
  );
}

function openCsv(bytes: Uint8Array, source: string, options: TableOptions): Omit<OpenTable, 'sha256'> {
  const cellsOf = (header = options.header) => readCsv(bytes, source, { ...options, target: '1', header }).target!;
  return {
    source,
    ...csvLayout(bytes, source, options),
    hasLines: true,
    labelled: async (wanted) => {
      const table = readCsv(bytes, source, { ...options, ...wanted });
      const notice = `${source}: line 1 (0, 1, 2, …) was taken for names of columns, as pandas writes them.`;
      return { ...labelledRows(table, source), ...(table.numericHeader && { notice }) };
    },
    numbers: async () => readCsv(bytes, source, options),
    alone: async () => {
      const { names, cells } = cellsOf();
      // Of names alone, the first is that of the column, unless it comes again.
      return cells!.kinds?.includes(names[0]!) ? cellsOf(false).cells! : cells!;
    },
  };
}

/** Numbers as the cells of a column. */
export function cellsOfNumbers(data: ArrayLike<number>): Cells {
  return { numbers: data as NumericData };
}
