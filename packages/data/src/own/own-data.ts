import { InputError } from '@apical/core';
import type { NumericArray } from '../formats/numeric-array.ts';
import type { Separator } from '../formats/table-rows.ts';
import { describeImages, type ImageShape } from '../image-rows.ts';
import { holdOut } from './hold-out.ts';
import { hasOwnTarget, type LabelledTable, loadLabelledTable } from './labelled-table.ts';
import { classesOf, numbersOf, type TargetKind, type Targets, targetsOf } from './targets.ts';

/** Where somebody's own data lie, and what of them is held out. */
export interface OwnDataOptions {
  /** A table: .csv, .tsv or .txt, also in .gz; or an array of samples: see `loadLabelledTable`. */
  readonly path: string;
  /** The column that is to be learned, by its name, or its number from 1 on; of arrays, where it is. */
  readonly target: string;
  /** Another table with the same columns, all of which is held out. */
  readonly test?: string | undefined;
  /** Where what is to be learned of these is, if they are arrays. */
  readonly testTarget?: string | undefined;
  /** Or the share of the samples that is held out, and the seed by which they are chosen: default 1. */
  readonly holdOut?: number | undefined;
  readonly seed?: number | undefined;
  /** Whether line 1 of tables names the columns. Default: decided by what stands in it. */
  readonly header?: boolean | undefined;
  /** What stands between the cells of tables. Default: found. */
  readonly separator?: Separator | undefined;
  /** What the target is. Default: see `targetsOf`. */
  readonly kind?: TargetKind | undefined;
}

/** Samples of a table: rows of numbers, and the class or the number of each. */
export interface OwnPart extends Pick<Targets, 'classes' | 'numbers'> {
  readonly count: number;
  /** count × inputs, row-major. */
  readonly data: NumericArray['data'];
}

/** Somebody's own data, read. */
export interface OwnData {
  readonly train: OwnPart;
  readonly test?: OwnPart;
  readonly inputs: number;
  /** The names of the inputs, where line 1 is a header. */
  readonly names?: readonly string[];
  /** What the rows are as images, where they are. */
  readonly image?: ImageShape;
  /** What is learned: the name of its column, and those of its classes, if it is classes. */
  readonly target: string;
  readonly classNames?: readonly string[];
  /** SHA-256 of the files, uncompressed. */
  readonly sha256: string;
  readonly testSha256?: string;
}

/**
 * Reads somebody's own data: what is learned, and what is held out. The samples of each are in the order of their file.
 *
 * @throws InputError as `loadLabelledTable`, `targetsOf` and `holdOut` do; for fewer than two samples, and for a table held out that has
 *   other columns or classes
 */
export async function loadOwnData(options: OwnDataOptions): Promise<OwnData> {
  const { path, test, testTarget, holdOut: share, seed = 1, kind } = options;
  if (test !== undefined && share !== undefined) {
    throw new InputError('samples are held out as a file of their own, or as a share, not both');
  }
  const table = await loadLabelledTable(path, options);
  if (table.rows < 2) throw new InputError(`${path}: has one sample; two at least are needed`);
  const { classNames, ...targets } = targetsOf(table, kind);
  const whole: OwnPart = { count: table.rows, data: table.data, ...targets };
  const { inputs, names, image, target, sha256 } = table;
  const known = {
    inputs,
    ...(names && { names }),
    ...(image && { image }),
    target,
    ...(classNames && { classNames }),
    sha256,
  };
  if (test !== undefined) {
    const isArray = !hasOwnTarget(test);
    if (isArray !== (testTarget !== undefined)) {
      throw new InputError(
        isArray
          ? `${test}: --test-target says where its classes or numbers are`
          : `${test}: --test-target is for arrays; a table has the column ${options.target}`,
      );
    }
    const other = await loadLabelledTable(test, { ...options, target: testTarget ?? options.target });
    checkColumns(other, table);
    const held = classNames ? { classes: classesOf(other, classNames) } : { numbers: numbersOf(other) };
    return { ...known, train: whole, test: { count: other.rows, data: other.data, ...held }, testSha256: other.sha256 };
  }
  if (share === undefined) return { ...known, train: whole };
  const parts = holdOut(targets.classes ?? table.rows, share, seed);
  return { ...known, train: rowsOf(whole, inputs, parts.train), test: rowsOf(whole, inputs, parts.test) };
}

/** @throws InputError where one table has other inputs than another */
function checkColumns(table: LabelledTable, known: LabelledTable): void {
  const { path, inputs, names, image } = table;
  if (image && known.image && describeImages(image) !== describeImages(known.image)) {
    throw new InputError(
      `${path}: has images that are ${describeImages(image)}, and ${known.path} ${describeImages(known.image)}`,
    );
  }
  if (inputs !== known.inputs) {
    throw new InputError(`${path}: has ${inputs} columns beside ${table.target}, and ${known.path} ${known.inputs}`);
  }
  const other = names && known.names ? names.findIndex((name, i) => name !== known.names?.[i]) : -1;
  if (other < 0) return;
  throw new InputError(
    `${path}: has other columns than ${known.path}: ${names?.[other]} where that has ${known.names?.[other]}`,
  );
}

function rowsOf({ data, classes, numbers }: OwnPart, inputs: number, rows: Uint32Array): OwnPart {
  const chosen = new Float64Array(rows.length * inputs);
  for (const [i, row] of rows.entries()) chosen.set(data.subarray(row * inputs, (row + 1) * inputs), i * inputs);
  return {
    count: rows.length,
    data: chosen,
    ...(classes && { classes: Uint16Array.from(rows, (row) => classes[row]!) }),
    ...(numbers && { numbers: Float32Array.from(rows, (row) => numbers[row]!) }),
  };
}
