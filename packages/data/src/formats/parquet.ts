import { InputError, parseJson } from '@apical/core';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { arrowDurations } from './arrow-durations.ts';
import { exactValue } from './exact-value.ts';
import { refuseMistaken } from './mistaken.ts';
import { isParquet, magic } from './parquet-magic.ts';
import { type TakeNumbers, takeNumbers } from './parquet-numbers.ts';
import { chunkRange, soundPages } from './parquet-pages.ts';

/** What the values of a column are; in words where they cannot be read. */
export type ParquetKind = 'numbers' | 'truths' | 'texts' | 'images' | Unreadable;

/** What cannot be read, and what to do with it. */
export interface Unreadable {
  readonly unreadable: string;
  readonly remedy?: string;
}

/** A column of a Parquet file. */
export interface ParquetColumn {
  readonly name: string;
  readonly kind: ParquetKind;
  /** The names of classes that its numbers stand for, from 0 on, where the file says so as those of the Hugging Face Hub do. */
  readonly classNames?: readonly string[];
  /** Whether it is none of the table's columns, but the index that pandas keeps with them. */
  readonly isIndex: boolean;
}

/** A Parquet file, of which columns are read when they are asked for. */
export interface ParquetFile {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  /**
   * Reads a column of numbers or truths, many rows at once, from that row on.
   *
   * @throws InputError as `read`, and for what is missing
   */
  readNumbers(column: ParquetColumn, take: TakeNumbers): Promise<void>;
  /**
   * Reads a column: numbers and truths as numbers, texts as such, images as the bytes of their files, and what is missing as undefined.
   *
   * @throws InputError where it is damaged, and for integers beyond ±(2⁵³ − 1)
   */
  read(
    column: ParquetColumn,
    take: (value: number | string | Uint8Array | undefined, row: number) => void,
  ): Promise<void>;
}

/**
 * Opens a Parquet file (https://parquet.apache.org/docs/file-format/), as pandas, DuckDB and the Hugging Face Hub write them.
 *
 * @param buffer its bytes, read in parts
 * @param source its name, for messages
 * @throws InputError for a file of another kind, that is not whole, or encrypted
 */
export async function openParquet(buffer: AsyncBuffer, source: string): Promise<ParquetFile> {
  if (buffer.byteLength < 12) throw new InputError(`${source}: is too short to be a Parquet file`);
  const start = new Uint8Array(await buffer.slice(0, Math.min(64, buffer.byteLength)));
  if (!isParquet(start)) refuseMistaken(start, source);
  const ends = await Promise.all([buffer.slice(0, 4), buffer.slice(Math.max(0, buffer.byteLength - 4))]);
  const [first, last] = ends.map((bytes) => new TextDecoder('latin1').decode(bytes));
  if (first === 'PARE' || last === 'PARE') throw new InputError(`${source}: is encrypted: save it without encryption`);
  if (first !== magic) throw new InputError(`${source}: is not a file in the format of Parquet`);
  if (last !== magic) throw new InputError(`${source}: does not end as Parquet files do: the file is incomplete`);
  const damaged = (error: unknown) => {
    // What the reader stumbles over in nonsense says nothing to who reads it.
    const { message } = error as Error;
    const isStumble = [TypeError, RangeError, SyntaxError].some((kind) => error instanceof kind);
    const why = isStumble || /\bundefined\b/.test(message) ? 'what it says of its columns cannot be' : message;
    throw new InputError(`${source}: is damaged: ${why}`, { cause: error });
  };
  let metadata: FileMetaData;
  let columns: PlacedColumn[];
  try {
    metadata = await parquetMetadataAsync(buffer, { geoparquet: false });
    checkGroups(metadata, buffer.byteLength);
    const pandas = pandasNotes(metadata);
    const durations = new Set([...pandas.durations, ...arrowDurations(noteOf(metadata, 'ARROW:schema'))]);
    const notes = { classNames: hubClassNames(metadata), pandas, durations };
    let leaves = 0;
    columns = parquetSchema(metadata).children.map((tree) => {
      const from = leaves;
      leaves += leavesOf(tree).length;
      return { ...describe(tree, notes), tree, from };
    });
  } catch (error) {
    return damaged(error);
  }
  const byName = new Map(columns.map((column) => [column.name, column]));
  const reading = async ({ name }: ParquetColumn, read: (column: PlacedColumn) => Promise<void>) => {
    try {
      await read(byName.get(name)!);
    } catch (error) {
      if (error instanceof InputError) throw new InputError(`${source}: ${error.message}`);
      damaged(error);
    }
  };
  const twin = columns.find((column) => byName.get(column.name) !== column);
  if (twin) throw new InputError(`${source}: two columns are called ${twin.name}: give one another name`);
  return {
    rows: Number(metadata.num_rows),
    columns,
    read: (column, take) =>
      reading(column, (placed) =>
        readColumn(buffer, metadata, placed, (values, row, element) => {
          for (let i = 0; i < values.length; i++) take(exactValue(values[i], element, row + i), row + i);
        }),
      ),
    readNumbers: (column, take) => reading(column, (placed) => readNumbers(buffer, metadata, placed, take)),
  };
}

/** More rows than this have no place in a group. */
const mostRows = 2 ** 27;

/** @throws Error where groups of rows are not as many as the file says, or have other columns than the schema, or lie beyond the file */
function checkGroups(metadata: FileMetaData, length: number): void {
  const leaves = leavesOf(parquetSchema(metadata)).map(({ path }) => path.join('.'));
  let rows = 0;
  for (const { num_rows, columns } of metadata.row_groups) {
    if (!(num_rows >= 0n && num_rows <= mostRows)) throw new Error('a group has no number of rows that can be');
    rows += Number(num_rows);
    // Of nothing, where it lies is not said.
    if (num_rows === 0n) continue;
    const found = columns.map(({ meta_data: meta }) => meta?.path_in_schema.join('.'));
    if (found.length !== leaves.length || found.some((path, i) => path !== leaves[i]))
      throw new Error('a group has other columns than the schema');
    for (const { meta_data: meta, file_path: path } of columns) {
      if (path !== undefined) throw new Error(`a column lies in another file, ${path}`);
      const { start, end } = chunkRange(meta!);
      if (!(start >= 4 && end >= start && end <= length)) throw new Error('a column lies beyond the end');
    }
  }
  if (BigInt(rows) !== metadata.num_rows)
    throw new Error(`it says that it has ${metadata.num_rows} rows, and has ${rows}`);
}

/** A column, and where among the leaves of the schema its own begin. */
interface PlacedColumn extends ParquetColumn {
  readonly tree: SchemaTree;
  readonly from: number;
}

/** In the order of the schema. */
function elementsOf({ element, children }: SchemaTree): SchemaElement[] {
  return [element, ...children.flatMap(elementsOf)];
}

function leavesOf(tree: SchemaTree): SchemaTree[] {
  return tree.children.length === 0 ? [tree] : tree.children.flatMap(leavesOf);
}

/** Takes the values of some rows as they are decoded. */
type TakeChunk = (values: ArrayLike<unknown>, row: number, element: SchemaElement) => void;

async function readColumn(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  { name, kind, tree, from }: PlacedColumn,
  take: TakeChunk,
): Promise<void> {
  const wanted = leavesOf(tree);
  // Of a file with this column alone: the decoder goes through all that it is told of each time.
  const schema = [{ ...metadata.schema[0]!, num_children: 1 }, ...elementsOf(tree)];
  let start = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (rows === 0) continue;
    const chunks: { start: number; end: number; bytes: ArrayBuffer }[] = [];
    const own = group.columns.slice(from, from + wanted.length);
    for (const [i, { meta_data: meta }] of own.entries()) {
      const range = chunkRange(meta!);
      const bytes = await buffer.slice(range.start, range.end);
      const pages = soundPages(new Uint8Array(bytes), meta!, rows, depthOf(tree, wanted[i]!.path), compressors);
      while (!pages.next().done);
      chunks.push({ ...range, bytes });
    }
    const partOf = async (from: number, to: number) => {
      const chunk = chunks.find(({ start, end }) => from >= start && to <= end);
      if (chunk?.start === from && chunk.end === to) return chunk.bytes;
      return chunk ? chunk.bytes.slice(from - chunk.start, to - chunk.start) : buffer.slice(from, to);
    };
    const slice = (from: number, to = buffer.byteLength) => {
      const part = partOf(from, to);
      // Parts are asked for ahead of time, and not waited for where another is damaged.
      part.catch(() => {});
      return part;
    };
    let taken = 0;
    // What is thrown where chunks are handed out is lost.
    let problem: unknown;
    await parquetRead({
      file: { byteLength: buffer.byteLength, slice },
      metadata: { ...metadata, schema, num_rows: group.num_rows, row_groups: [{ ...group, columns: own }] },
      columns: [name],
      compressors,
      geoparquet: false,
      utf8: kind === 'texts',
      onChunk: ({ columnData, rowStart }) => {
        try {
          take(columnData, start + rowStart, tree.element);
          taken += columnData.length;
        } catch (error) {
          problem ??= error;
        }
      },
    });
    // Frees them now, not at some time; of images the values lie there.
    if (kind !== 'images') for (const { bytes } of chunks) bytes.transfer(0);
    if (problem) throw problem;
    if (taken !== rows) throw new Error(`column ${name} has ${taken} values in a group of ${rows} rows`);
    start += rows;
  }
}

async function readNumbers(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  { tree, from }: PlacedColumn,
  take: TakeNumbers,
): Promise<void> {
  let start = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (rows === 0) continue;
    const { meta_data: meta } = group.columns[from]!;
    const range = chunkRange(meta!);
    const bytes = await buffer.slice(range.start, range.end);
    const pages = soundPages(new Uint8Array(bytes), meta!, rows, depthOf(tree, tree.path), compressors);
    takeNumbers(pages, meta!.type, tree.element, start, take);
    // Frees them now, not at some time.
    bytes.transfer(0);
    start += rows;
  }
}

/** How many things may be missing on the way to a value, it among them. */
function depthOf(tree: SchemaTree, path: readonly string[]): number {
  const own = tree.element.repetition_type === 'REQUIRED' ? 0 : 1;
  const child = tree.children.find((each) => each.element.name === path[tree.path.length]);
  return own + (child ? depthOf(child, path) : 0);
}

const wholeNumbers = /^U?INT_(8|16|32|64)$/;

/** What a column is, by the schema. */
function describe(tree: SchemaTree, { classNames: names, pandas, durations }: Notes): ParquetColumn {
  const { name, type } = tree.element;
  const classNames = names.get(name);
  const kind = durations.has(name) ? times('durations') : kindOf(tree);
  return {
    name,
    kind,
    isIndex: pandas.indices.has(name) || /^__index_level_\d+__$/.test(name),
    ...(classNames && type?.startsWith('INT') && { classNames }),
  };
}

function kindOf({ element, children }: SchemaTree): ParquetKind {
  const { type, repetition_type: repetition, converted_type: converted, logical_type: logical } = element;
  const said = logical?.type === 'INTEGER' ? undefined : (logical?.type ?? converted);
  if (repetition === 'REPEATED' || said === 'LIST' || said === 'MAP') return { unreadable: 'lists' };
  if (children.length > 0) {
    const bytes = children.find((child) => child.element.name === 'bytes')?.element;
    const isImage =
      bytes?.type === 'BYTE_ARRAY' &&
      children.every(({ element: each }) => each.name === 'bytes' || each.name === 'path');
    return isImage ? 'images' : { unreadable: 'structures' };
  }
  if (type === 'BOOLEAN') return 'truths';
  if (said === 'DECIMAL' || said === 'FLOAT16') return 'numbers';
  if (said === 'STRING' || said === 'UTF8' || said === 'ENUM') return 'texts';
  if (type === 'INT96') return times('times');
  if (said !== undefined && !wholeNumbers.test(said))
    return /^(TIME|DATE|INTERVAL)/.test(said) ? times(valuesWords(said)) : { unreadable: valuesWords(said) };
  if (type === 'FIXED_LEN_BYTE_ARRAY') return { unreadable: 'bytes' };
  return type === 'BYTE_ARRAY' ? 'images' : 'numbers';
}

function valuesWords(said: string): string {
  return `${said.toLowerCase().replaceAll('_', ' ')} values`;
}

/** Times of some kind, whose numbers say nothing without their unit. */
function times(unreadable: string): Unreadable {
  const how = unreadable === 'durations' ? ' (pandas: .dt.total_seconds())' : '';
  return { unreadable, remedy: `save them as numbers${how}, or leave the column out` };
}

/** What writers note beside the format's own description. */
interface Notes {
  readonly classNames: ReadonlyMap<string, readonly string[]>;
  readonly pandas: PandasNotes;
  /** Columns that the format has as whole numbers. */
  readonly durations: ReadonlySet<unknown>;
}

function noteOf({ key_value_metadata: pairs = [] }: FileMetaData, key: string): string | undefined {
  return pairs.find((pair) => pair.key === key)?.value;
}

/** What pandas notes beside the format's own description. */
interface PandasNotes {
  readonly indices: ReadonlySet<unknown>;
  /** Columns of `timedelta64`, which the format has as whole numbers. */
  readonly durations: ReadonlySet<unknown>;
}

function pandasNotes(metadata: FileMetaData): PandasNotes {
  const text = noteOf(metadata, 'pandas') ?? '{}';
  const { index_columns: indices = [], columns = [] } = parseJson(text, 'what pandas notes of its columns') as {
    index_columns?: unknown[];
    columns?: { field_name?: unknown; numpy_type?: unknown }[];
  };
  const durations = columns.filter(({ numpy_type: type }) => String(type).startsWith('timedelta'));
  return { indices: new Set(indices), durations: new Set(durations.map(({ field_name: name }) => name)) };
}

/** The names of classes by columns that the Hub's features have. */
function hubClassNames(metadata: FileMetaData): ReadonlyMap<string, readonly string[]> {
  const text = noteOf(metadata, 'huggingface');
  if (text === undefined) return new Map();
  const { info } = parseJson(text, 'what the Hub notes of its columns') as {
    info?: { features?: Record<string, { _type?: unknown; names?: unknown }> };
  };
  return new Map(
    Object.entries(info?.features ?? {}).flatMap(([name, feature]) => {
      const { _type: type, names } = feature ?? {};
      const isNames = type === 'ClassLabel' && Array.isArray(names) && names.every((each) => typeof each === 'string');
      return isNames ? [[name, names as string[]] as const] : [];
    }),
  );
}
