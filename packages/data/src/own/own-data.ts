import { InputError } from '@apical/core';
import { isTablePath, withoutMember } from '../file-kinds.ts';
import type { KeptNumbers } from '../formats/half-numbers.ts';
import type { NumericData } from '../formats/numeric-array.ts';
import type { Separator } from '../formats/table-lines.ts';
import { checkImages, type ImageShape } from '../image-rows.ts';
import { divide } from './divide.ts';
import { holdOut } from './hold-out.ts';
import { hasOwnTarget, isSamplesPath, type LabelledTable, loadLabelledTable } from './labelled-table.ts';
import { orderColumns } from './order-columns.ts';
import { classesOf, numbersOf, type TargetKind, type Targets, targetsOf } from './targets.ts';
import { loadViews, type Views } from './views.ts';

/** Where somebody's own data lie, and what of them is held out. */
export interface OwnDataOptions {
  /** A table: .csv, .tsv or .txt, also in .gz; or an array of samples: see `loadLabelledTable`. */
  readonly path: string;
  /** What is to be learned: see `LabelledTableOptions`. Absent: there are no labels. */
  readonly target?: string | undefined;
  /** Or where the second view of the samples is: see `loadViews`; and that of those held out, where these are in a file of their own. */
  readonly secondView?: string | undefined;
  readonly testSecondView?: string | undefined;
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

/** Samples of a table: rows of numbers, and the class or the numbers of each. */
export interface OwnPart<Numbers extends KeptNumbers = NumericData> extends Pick<Targets, 'classes' | 'numbers'> {
  readonly count: number;
  /** count × inputs, row-major. */
  readonly data: Numbers;
  /** The second view, where there is one: count × n. */
  readonly second?: Numbers;
}

/** Somebody's own data, read. */
export interface OwnData {
  readonly train: OwnPart<KeptNumbers>;
  readonly test?: OwnPart<KeptNumbers>;
  readonly inputs: number;
  /** The names of the inputs, where line 1 is a header. */
  readonly names?: readonly string[];
  /** What the rows are as images, where they are. */
  readonly image?: ImageShape;
  /** n, the numbers of a second view, where there is one. */
  readonly second?: number;
  /** What is learned: the name of its column, and those of its classes, if it is classes. Absent: there are no labels. */
  readonly target?: string;
  readonly classNames?: readonly string[];
  /** How many numbers are learned, where it is several, and what they are called. */
  readonly labels?: number;
  readonly labelNames?: readonly string[];
  /** The names of the columns that are learned, or are the second view, where the file has names. */
  readonly targetColumns?: readonly string[];
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
  const { path, target: column, test, testTarget, holdOut: share, seed = 1, kind } = options;
  if (test !== undefined && share !== undefined) {
    throw new InputError('samples are held out as a file of their own, or as a share, not both');
  }
  if (test !== undefined && test === path) {
    throw new InputError(
      `${path}: is both what is learned and what is held out; --hold-out 0.2 holds out a share of it`,
    );
  }
  if (column === undefined) return loadOwnViews(options);
  const table = await loadLabelledTable(path, { ...options, target: column });
  refuseFew(table);
  const { classNames, labels, ...targets } = targetsOf(table, kind);
  const whole: OwnPart<KeptNumbers> = { count: table.rows, data: table.data, ...targets };
  const { inputs, names, image, target, sha256 } = table;
  const known = {
    inputs,
    ...(names && { names }),
    ...(image && { image }),
    target,
    ...(classNames && { classNames }),
    ...(labels !== undefined && { labels }),
    ...(labels !== undefined && table.targetNames && { labelNames: table.targetNames }),
    ...(table.targetColumns && { targetColumns: table.targetColumns }),
    sha256,
  };
  if (test !== undefined) {
    const isArray = !hasOwnTarget(test);
    if (isArray !== (testTarget !== undefined)) {
      throw new InputError(
        isArray
          ? `${test}: --test-target says where its classes or numbers are`
          : `${test}: --test-target is for arrays; a table has the column ${column}`,
      );
    }
    const { targetColumns: targetNames } = table;
    const other = await loadLabelledTable(test, { ...options, target: testTarget ?? column, targetNames });
    refuseSame(other, table);
    checkColumns(other, table);
    checkLabels(other, classNames ? undefined : (labels ?? 1));
    const held = classNames ? { classes: classesOf(other, classNames) } : { numbers: numbersOf(other) };
    return { ...known, train: whole, test: { count: other.rows, data: other.data, ...held }, testSha256: other.sha256 };
  }
  if (share === undefined) return { ...known, train: whole };
  return { ...known, ...divide(whole, holdOut(targets.classes ?? table.rows, share, seed)) };
}

function refuseFew({ path, rows }: Pick<LabelledTable, 'path' | 'rows'>): void {
  if (rows < 2)
    throw new InputError(`${path}: has ${rows === 1 ? 'one sample' : 'no samples'}; two at least are needed`);
}

type Summed = Pick<LabelledTable, 'path' | 'sha256'>;

/** @throws InputError where the same file is learned and held out; of archives the arrays are not compared */
function refuseSame(held: Summed, learned: Summed): void {
  if (held.sha256 !== learned.sha256 || withoutMember(held.path) !== held.path) return;
  throw new InputError(
    `${held.path}: holds the same as ${learned.path}, which is learned; --hold-out 0.2 holds out a share of it`,
  );
}

/** Samples without labels, of one view or two. @throws InputError as `loadViews` does, and for a file held out of other columns */
async function loadOwnViews(options: OwnDataOptions): Promise<OwnData> {
  const { path, test, secondView, testSecondView, holdOut: share, seed = 1, header, separator } = options;
  const views = await loadViews(path, { secondView, header, separator });
  refuseFew(views);
  const { inputs, names, second, sha256 } = views;
  const known = {
    inputs,
    ...(names && { names }),
    ...(second && { second: second.columns }),
    ...(second?.names && { targetColumns: second.names }),
    sha256,
  };
  const part = ({ rows, data, second: other }: Views): OwnPart<KeptNumbers> => ({
    count: rows,
    data,
    ...(other && { second: other.data }),
  });
  if (test !== undefined) {
    const isColumns = isTablePath(path) && secondView !== undefined && !isSamplesPath(secondView);
    if (secondView !== undefined && !isColumns && testSecondView === undefined) {
      throw new InputError(`${test}: --test-second-view says where its second view is`);
    }
    const secondNames = second?.names;
    const held = await loadViews(test, { secondView: testSecondView ?? secondView, secondNames, header, separator });
    refuseSame(held, views);
    checkColumns({ ...held, target: 'the second view' }, { ...views, target: 'the second view' });
    if (held.second?.columns !== second?.columns) {
      throw new InputError(
        `${test}: its second view has ${held.second?.columns} numbers a sample, that of ${path} ${second?.columns}`,
      );
    }
    return { ...known, train: part(views), test: part(held), testSha256: held.sha256 };
  }
  if (share === undefined) return { ...known, train: part(views) };
  return { ...known, ...divide(part(views), holdOut(views.rows, share, seed)) };
}

/** @throws InputError where a table has other numbers to be learned. @param labels how many a sample, where they are no classes */
function checkLabels({ path, values, rows, target }: LabelledTable<KeptNumbers>, labels: number | undefined): void {
  const found = 'labels' in values ? values.labels.length / rows : 1;
  if (labels === undefined || found === labels) return;
  throw new InputError(`${path}: ${target} has ${found} numbers a sample, and ${labels} are learned`);
}

type ComparedTable = Pick<LabelledTable<KeptNumbers>, 'path' | 'inputs' | 'names' | 'data' | 'target' | 'image'>;

/** Brings the inputs of a table into the order of another's. @throws InputError where it has others */
function checkColumns(table: ComparedTable, known: ComparedTable): void {
  const { path, inputs, image } = table;
  checkImages(path, image, known.image, known.path);
  orderColumns(table, known.names, known.path);
  if (inputs !== known.inputs) {
    throw new InputError(`${path}: has ${inputs} columns beside ${table.target}, and ${known.path} ${known.inputs}`);
  }
}
