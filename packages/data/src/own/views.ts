import { InputError, sha256 } from '@apical/core';
import { isArchive, isTablePath, kindNamed, withoutMember } from '../file-kinds.ts';
import { filePieces } from '../files/file-pieces.ts';
import { readCsvPieces } from '../formats/csv.ts';
import type { WantedColumns } from '../formats/csv-header.ts';
import { type KeptNumbers, widened } from '../formats/half-numbers.ts';
import { firstBad, type NumericData } from '../formats/numeric-array.ts';
import type { Separator } from '../formats/table-lines.ts';
import type { ImageShape } from '../image-rows.ts';
import { loadMatrix } from '../matrix.ts';
import { orderColumns } from './order-columns.ts';

/** Samples without labels: one view of each, or two. */
export interface Views {
  readonly path: string;
  readonly rows: number;
  /** m, the numbers of a sample, and their names, where there is a header. */
  readonly inputs: number;
  readonly names?: readonly string[];
  /** rows × m, row-major. */
  readonly data: KeptNumbers;
  /** What the rows are as images, where the file says so. */
  readonly image?: ImageShape;
  /** The second view: rows × n. */
  readonly second?: {
    readonly columns: number;
    readonly names?: readonly string[];
    readonly data: KeptNumbers;
  };
  /** SHA-256 of the uncompressed file; of two files, of both sums. */
  readonly sha256: string;
}

/** How views are to be read. */
export interface ViewsOptions {
  /** The second view: another file, another array of the same archive, or columns of the table: `humidity,pressure`, `5-8`. */
  readonly secondView?: string | undefined;
  /** What the columns of the second view were called in data like these: where they have names, they are found and ordered by these. */
  readonly secondNames?: readonly string[] | undefined;
  /** How many inputs a table has that lacks the second view, where it may. */
  readonly inputsAlone?: number | undefined;
  /** Whether line 1 of tables names the columns. Default: decided by what stands in it. */
  readonly header?: boolean | undefined;
  /** What stands between the cells of tables. Default: found. */
  readonly separator?: Separator | undefined;
  /** A column that is of no view, where a table has it beside so many inputs. */
  readonly beside?: (WantedColumns & { readonly inputs: number }) | undefined;
}

/**
 * Reads samples of numbers, a sample a row, of one view or two.
 *
 * @throws InputError as `loadMatrix` does; for views of different lengths, columns that there are not, and where no column is left for one
 *   of the views; the system's error where a file cannot be read
 */
export async function loadViews(path: string, options: ViewsOptions): Promise<Views> {
  const views = await readViews(path, options);
  const { second } = views;
  if (second) orderColumns({ path, ...second }, options.secondNames, 'the second view that was learned');
  return views;
}

async function readViews(path: string, { secondView, secondNames, inputsAlone, ...how }: ViewsOptions): Promise<Views> {
  if (isTablePath(withoutMember(path))) {
    const isFile = secondView !== undefined && kindNamed(withoutMember(secondView)) !== undefined;
    const table = await loadTable(path, how);
    if (secondView === undefined || (!isFile && table.inputs === inputsAlone)) return table;
    return isFile ? withSecond(table, await loadFile(secondView, how)) : divided(table, secondView, secondNames);
  }
  const views = await loadFile(path, how);
  if (secondView === undefined) return views;
  const file = withoutMember(path);
  const isArray = kindNamed(withoutMember(secondView)) === undefined;
  if (isArray && !isArchive(kindNamed(file))) {
    throw new InputError(
      `${path}: its second view is in another file (.npy, .npz, .csv, IDX, .safetensors), and ${secondView} is none`,
    );
  }
  return withSecond(views, await loadFile(isArray ? `${file}:${secondView}` : secondView, how), isArray);
}

/** How a file is to be read. */
type How = Omit<ViewsOptions, 'secondView' | 'secondNames' | 'inputsAlone'>;

async function loadFile(path: string, { beside, ...how }: How): Promise<Views> {
  if (beside && kindNamed(path) === 'parquet') {
    return { path, ...(await (await import('../parquet-columns.ts')).loadColumns(path, beside)) };
  }
  const { cols, ...matrix } = await loadMatrix(path, how);
  return { path, inputs: cols, ...matrix };
}

async function loadTable(path: string, { header, beside, ...how }: How): Promise<Views> {
  const { pieces, sha256: digest } = await filePieces(path, path);
  const separator = how.separator ?? (/\.tsv(\.gz)?$/i.test(path) ? '\t' : undefined);
  const {
    shape,
    data,
    header: names,
    firstLine,
  } = await readCsvPieces(pieces, path, {
    ...{ header, separator, ...beside },
  });
  const [rows, inputs] = shape as readonly [number, number];
  const bad = firstBad(data);
  if (bad >= 0) {
    throw new InputError(
      `${path}: ${data[bad]} at line ${firstLine + Math.floor(bad / inputs)}; float32 holds numbers up to 3.4e38`,
    );
  }
  return { path, rows, inputs, ...(names && { names }), data, sha256: digest() };
}

/** @param isSame whether both come from one file */
async function withSecond(first: Views, second: Views, isSame = false): Promise<Views> {
  if (first.rows !== second.rows) {
    throw new InputError(
      `${second.path}: ${second.rows} rows, but ${first.path} has ${first.rows}: two views are of the same samples`,
    );
  }
  return {
    ...first,
    second: { columns: second.inputs, ...(second.names && { names: second.names }), data: second.data },
    sha256: isSame ? first.sha256 : await sha256(new TextEncoder().encode(`${first.sha256} ${second.sha256}`)),
  };
}

/** Some columns of a table as the second view, the others as the first, which stay in the memory of all. */
function divided(table: Views, secondView: string, secondNames: readonly string[] | undefined): Views {
  const { path, rows, inputs, names } = table;
  const data = widened(table.data);
  const chosen =
    names && secondNames
      ? secondNames.flatMap((name) => columnsNamed(table, [name]))
      : columnsNamed(table, secondView.split(','));
  const others = Array.from({ length: inputs }, (_, j) => j).filter((j) => !chosen.includes(j));
  if (others.length === 0)
    throw new InputError(`${path}: all columns are of the second view: none is left for the first`);
  const second = new (data.constructor as new (length: number) => NumericData)(rows * chosen.length);
  for (let row = 0, at = 0, to = 0; row < rows; row++) {
    for (const column of chosen) second[at++] = data[row * inputs + column]!;
    for (const column of others) data[to++] = data[row * inputs + column]!;
  }
  const namesOf = (columns: readonly number[]) => names && columns.map((j) => names[j]!);
  return {
    ...table,
    inputs: others.length,
    ...(names && { names: namesOf(others)! }),
    data: data.subarray(0, rows * others.length),
    second: { columns: chosen.length, ...(names && { names: namesOf(chosen)! }), data: second },
  };
}

/** The places of columns: names, numbers from 1 on, and ranges of these. @throws InputError for others */
function columnsNamed({ path, inputs, names = [] }: Views, parts: readonly string[]): readonly number[] {
  const places = parts.flatMap((part) => {
    const word = part.trim();
    const named = names.indexOf(word);
    if (named >= 0) return [named];
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? [];
    const [first, last] = [Number(from) - 1, Number(to) - 1];
    if (from === undefined || first < 0 || last >= inputs || last < first) {
      const there = names.length > 0 ? names.slice(0, 12).join(', ') : `columns 1 to ${inputs}`;
      throw new InputError(`${path}: has no column ${word} for the second view; there are ${there}`);
    }
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
  const twice = places.find((place, i) => places.indexOf(place) !== i);
  if (twice !== undefined)
    throw new InputError(`${path}: column ${names[twice] ?? twice + 1} is in the second view twice`);
  return places;
}
