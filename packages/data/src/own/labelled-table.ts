import { InputError } from '@apical/core';
import { isTablePath, kindNamed, standardInput, withoutMember } from '../file-kinds.ts';
import { filePieces } from '../files/file-pieces.ts';
import { readCsvPieces } from '../formats/csv.ts';
import type { Cells } from '../formats/growing-cells.ts';
import type { KeptNumbers } from '../formats/half-numbers.ts';
import type { NumericData } from '../formats/numeric-array.ts';
import type { Separator } from '../formats/table-lines.ts';
import type { ImageShape } from '../image-rows.ts';
import { isFolder } from './folder.ts';
import { folderTarget } from './folder-target.ts';
import { loadLabelledArrays } from './labelled-arrays.ts';
import type { ImageFolder } from './labelled-folder.ts';
import { labelledRows } from './labelled-rows.ts';

/** Samples, and what is to be learned of each: a table, one column of which is that, or two arrays. */
export interface LabelledTable<Numbers extends KeptNumbers = NumericData> {
  readonly path: string;
  readonly rows: number;
  /** m, the columns that are inputs, and their names, where there is a header. */
  readonly inputs: number;
  readonly names?: readonly string[];
  /** rows × m, row-major. */
  readonly data: Numbers;
  /** What is to be learned: the name of its column, or of several with commas between them, and what it is of each row. */
  readonly target: string;
  readonly values: TargetValues;
  /** The names of several columns, where they have any. */
  readonly targetNames?: readonly string[];
  /** The names of its columns, one or several, that the file itself has for them. */
  readonly targetColumns?: readonly string[];
  /** The names of the classes, in the order of their numbers, where the data say them. */
  readonly classNames?: readonly string[];
  /** What the rows are as images, where they are. */
  readonly image?: ImageShape;
  /** Where a row is: `line 5`. */
  readonly placeOf: (row: number) => string;
  /** SHA-256 of the uncompressed file; of two files, of both sums. */
  readonly sha256: string;
}

/** Cells of one column, or the numbers of several, rows × columns, row-major. */
export type TargetValues =
  | Cells
  | { readonly labels: NumericData; readonly columns: number; readonly kinds?: undefined };

/** How a table is to be read. */
export interface LabelledTableOptions {
  /**
   * What is to be learned: a column, by its name, or its number from 1 on, or several with commas between them; of arrays, the file or the
   * array in the same archive.
   */
  readonly target: string;
  /** What these columns were called in a table like this one: in one that has names they are found by these. */
  readonly targetNames?: readonly string[] | undefined;
  /** Whether line 1 names the columns. Default: decided by what stands in it; see `readCsv`. */
  readonly header?: boolean | undefined;
  /** What stands between cells. Default: found; in .tsv files tabs. */
  readonly separator?: Separator | undefined;
}

/** Whether a path may be that of samples: by the end of its name (see `loadMatrix`), or because it is a folder. */
export function isSamplesPath(path: string): boolean {
  return isTablePath(path) || kindNamed(path) !== undefined || withoutMember(path) !== path || isFolder(path);
}

/** What can be read as samples of one's own, in words. */
export const samplesPaths =
  'tables (.csv, .tsv, .txt, .parquet), arrays (.npy, .npz, .safetensors, IDX), each but .parquet and .safetensors also .gz, and folders of images';

/** Whether what is to be learned of samples lies with them, as in tables, not in another file or array. */
export function hasOwnTarget(path: string): boolean {
  return isTablePath(path) || kindNamed(path) === 'parquet' || isFolder(path);
}

/**
 * Reads samples and what is to be learned of them: a table, a Parquet file, a folder of images, or arrays.
 *
 * @throws InputError as `loadLabelledColumns`, `loadLabelledParquet`, `loadLabelledFolder` and `loadLabelledArrays` do; the system's
 *   error where a file cannot be read
 */
export async function loadLabelledTable(
  path: string,
  options: LabelledTableOptions,
): Promise<LabelledTable<KeptNumbers>> {
  const { target, header } = options;
  if (isTablePath(path)) return loadLabelledColumns(path, options);
  if (header !== undefined)
    throw new InputError(`${path}: is no table whose first line could be a header: leave --header out`);
  // What decodes images and Parquet is loaded where it is needed.
  if (isFolder(path)) {
    if (target === folderTarget) return (await import('./labelled-folder.ts')).loadLabelledFolder(path);
    throw new InputError(
      `${path}: what is learned of a folder of images is in which of its folders each is: the target is ${folderTarget}, not ${target}`,
    );
  }
  if (kindNamed(path) !== 'parquet') return loadLabelledArrays(path, target);
  return (await import('./labelled-parquet.ts')).loadLabelledParquet(path, options);
}

/** Images of a folder, whose classes are not asked for: see there. */
export async function loadImageFolder(path: string): Promise<ImageFolder> {
  return (await import('./labelled-folder.ts')).loadImageFolder(path);
}

/**
 * Reads a table of numbers with a column of what is to be learned from them, a sample a row.
 *
 * @throws InputError for a file that is not sound (see `readCsv`), or has no such column; for cells of it that are empty or
 *   stand for what is missing, and where there is no other column; the system's error where it cannot be read
 */
async function loadLabelledColumns(path: string, options: LabelledTableOptions): Promise<LabelledTable> {
  const { target, targetNames, header } = options;
  const { pieces, sha256 } = await filePieces(path, path);
  const separator = options.separator ?? (/\.tsv(\.gz)?$/i.test(path) ? '\t' : undefined);
  const source = path === standardInput ? 'standard input' : path;
  const table = await readCsvPieces(pieces, source, { target, targetNames, header, separator });
  return { ...labelledRows(table, path, source), sha256: sha256() };
}
