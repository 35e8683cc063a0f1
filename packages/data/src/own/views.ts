import { InputError, sha256 } from '@apical/core';
import { filePieces } from '../files/file-pieces.ts';
import { readCsvPieces } from '../formats/csv.ts';
import { firstBad, type NumericArray } from '../formats/numeric-array.ts';
import type { Separator } from '../formats/table-lines.ts';
import { kindNamed, loadMatrix, withoutMember } from '../matrix.ts';
import { isTablePath } from './labelled-table.ts';

/** Samples without labels: one view of each, or two. */
export interface Views {
  readonly path: string;
  readonly rows: number;
  /** m, the numbers of a sample, and their names, where there is a header. */
  readonly inputs: number;
  readonly names?: readonly string[];
  /** rows × m, row-major. */
  readonly data: NumericArray['data'];
  /** The second view: rows × n. */
  readonly second?: { readonly columns: number; readonly data: NumericArray['data'] };
  /** SHA-256 of the uncompressed file; of two files, of both sums. */
  readonly sha256: string;
}

/** How views are to be read. */
export interface ViewsOptions {
  /** The second view: another file, another array of the same archive, or columns of the table: `humidity,pressure`, `5-8`. */
  readonly secondView?: string | undefined;
  /** Whether line 1 of tables names the columns. Default: decided by what stands in it. */
  readonly header?: boolean | undefined;
  /** What stands between the cells of tables. Default: found. */
  readonly separator?: Separator | undefined;
  /** A column that is of no view, where a table has it beside so many inputs. */
  readonly beside?: { readonly target: string; readonly inputs: number } | undefined;
}

/**
 * Reads samples of numbers, a sample a row, of one view or two.
 *
 * @throws InputError as `loadMatrix` does; for views of different lengths, columns that there are not, and where no column is left for one
 *   of the views; the system's error where a file cannot be read
 */
export async function loadViews(path: string, { secondView, ...how }: ViewsOptions): Promise<Views> {
  if (isTablePath(withoutMember(path))) {
    const isFile = secondView !== undefined && kindNamed(withoutMember(secondView)) !== undefined;
    const table = await loadTable(path, how);
    if (secondView === undefined) return table;
    return isFile ? withSecond(table, await loadFile(secondView, how)) : divided(table, secondView);
  }
  const views = await loadFile(path, how);
  if (secondView === undefined) return views;
  const file = withoutMember(path);
  const isArray = kindNamed(withoutMember(secondView)) === undefined;
  if (isArray && kindNamed(file) !== 'npz') {
    throw new InputError(
      `${path}: its second view is in another file (.npy, .npz, .csv, IDX), and ${secondView} is none`,
    );
  }
  return withSecond(views, await loadFile(isArray ? `${file}:${secondView}` : secondView, how), isArray);
}

/** How a file is to be read. */
type How = Omit<ViewsOptions, 'secondView'>;

async function loadFile(path: string, { beside, ...how }: How): Promise<Views> {
  if (beside && kindNamed(path) === 'parquet') {
    return { path, ...(await (await import('../parquet-columns.ts')).loadColumns(path, beside)) };
  }
  const { rows, cols, data, names, sha256: sum } = await loadMatrix(path, how);
  return { path, rows, inputs: cols, ...(names && { names }), data, sha256: sum };
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
    second: { columns: second.inputs, data: second.data },
    sha256: isSame ? first.sha256 : await sha256(new TextEncoder().encode(`${first.sha256} ${second.sha256}`)),
  };
}

/** Some columns of a table as the second view, the others as the first. */
function divided(table: Views, secondView: string): Views {
  const chosen = columnsNamed(table, secondView);
  const others = Array.from({ length: table.inputs }, (_, j) => j).filter((j) => !chosen.includes(j));
  if (others.length === 0)
    throw new InputError(`${table.path}: all columns are of the second view: none is left for the first`);
  return {
    ...table,
    inputs: others.length,
    ...(table.names && { names: others.map((j) => table.names![j]!) }),
    data: columnsOf(table, others),
    second: { columns: chosen.length, data: columnsOf(table, chosen) },
  };
}

/** The places of columns: names, numbers from 1 on, and ranges of these, with commas between them. @throws InputError for others */
function columnsNamed({ path, inputs, names = [] }: Views, text: string): readonly number[] {
  const places = text.split(',').flatMap((part) => {
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

function columnsOf({ rows, inputs, data }: Views, columns: readonly number[]): Float64Array {
  return Float64Array.from({ length: rows * columns.length }, (_, at) => {
    return data[Math.floor(at / columns.length) * inputs + columns[at % columns.length]!]!;
  });
}
