import { InputError } from '@apical/core';
import {
  checkImages,
  classesOf,
  folderTarget,
  hasOwnTarget,
  type ImageShape,
  isFolder,
  type KeptNumbers,
  loadImageFolder,
  loadLabelledTable,
  loadViews,
  type MatrixOptions,
  type NumericData,
  numbersOf,
  orderColumns,
  preprocessRows,
  type Separator,
  type Split,
  separatorNames,
  shippedPath,
  shippedTable,
  widened,
} from '@apical/data';
import { isOwnData, ownSet } from '../config/own-data.ts';
import type { OwnTable, TableSeparator } from '../config/run-config.ts';
import { readOwnData } from '../own-data/read-own-data.ts';
import type { RowData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';
import { fromViews } from './model-views.ts';
import { noteLearned } from './note-learned.ts';
import { orderTargets } from './order-targets.ts';
import { preparation } from './preparation.ts';
import { labelNotes, preparedLabels } from './prepared-labels.ts';
import { samples } from './samples-words.ts';

/** A table of one's own, with the column of what a model is to tell. */
export interface OwnTableSource {
  readonly table: string;
  /** The column. Default: that of the run that wrote the model. */
  readonly target?: string | undefined;
  /** Where the second view is: see `loadViews`. Default: the columns that were it in the table that was learned. */
  readonly secondView?: string | undefined;
  readonly header?: boolean | undefined;
  /** What stands between its cells. Default: found. */
  readonly separator?: MatrixOptions['separator'];
  /** Of the table that this run learned: only what it learned, or what it held out. Default: all of it. */
  readonly split?: Split | undefined;
  /** Whether only the inputs are asked for: a table may lack what the model tells, then. */
  readonly inputsOnly?: boolean | undefined;
}

/**
 * The samples of a table, prepared as those were that the model learned.
 *
 * @throws InputError where the table is not sound, has other columns or classes, or is to be parted and is not the one that was learned;
 *   the system's error where it cannot be read
 */
export async function fromTable(
  model: ModelFile,
  source: OwnTableSource,
): Promise<RowData & { readonly count: number; readonly notes: readonly string[] }> {
  const { network, preprocessing, classNames, path } = model;
  if (source.secondView !== undefined && network.labels === 0) {
    throw new InputError(`--second-view ${source.secondView}: ${path} is of ${network.rule}, which has no second view`);
  }
  const own = model.data?.table;
  refuseOther(source, own, path);
  const wanted = wantedOf(source, model);
  const isViews = network.labels === 0 || source.secondView !== undefined || own?.secondView !== undefined;
  if (wanted === undefined && isViews) return fromViews(model, source);
  if (source.inputsOnly && !isWhole(source)) return fromInputs(model, source, wanted);
  if (wanted === undefined) {
    throw new InputError(`${source.table}: what is the model to tell? --target says which column it is, or which file`);
  }
  const { count, inputs, names, data, ...known } = await samplesOfTable(model, source, wanted);
  checkImages(source.table, known.image, own?.found?.image, `${path} learned`);
  orderColumns({ path: source.table, names, data }, own?.found?.columns, `${path} learned`);
  const { target } = wanted;
  if (inputs !== network.inputs) {
    throw new InputError(`${source.table}: ${inputs} columns beside ${target}, but ${path} takes ${network.inputs}`);
  }
  const X = prepared(source.table, data, count, model);
  const notes = [
    `${source.table}: ${samples(count)} × ${inputs} inputs${source.inputsOnly ? '' : `, ${classNames ? 'classes' : 'numbers'} of ${target}`}`,
    preparation(preprocessing?.inputs ?? 'raw'),
    ...(source.inputsOnly || source.split ? [] : noteLearned(source.table, known.sha256, model)),
  ];
  if (known.classes) return { count, X, classes: known.classes, notes };
  if (network.labels === 0 || source.inputsOnly) return { count, X, notes };
  const labels = (known.numbers?.length ?? 0) / count;
  if (labels !== network.labels) {
    throw new InputError(
      `${source.table}: ${target} has ${labels} number${labels === 1 ? '' : 's'} a sample, and ${path} tells ${network.labels}${classNames ? '' : ', and no classes by name'}`,
    );
  }
  notes.push(...labelNotes(model));
  return { count, X, ...(known.numbers && { Y: preparedLabels(known.numbers, count, model) }), notes };
}

/** @throws InputError where both a target and a second view are named, or the one that the model did not learn */
function refuseOther({ target, secondView }: OwnTableSource, own: OwnTable | undefined, path: string): void {
  if (target !== undefined && secondView !== undefined) {
    throw new InputError(
      '--target and --second-view both say what samples are measured against: give the one that the model learned',
    );
  }
  if (target !== undefined && own?.secondView !== undefined) {
    throw new InputError(
      `--target ${target}: ${path} learned a second view, ${own.secondView}: --second-view says where it is; a column that is of no view is left out by a table without it`,
    );
  }
  if (secondView !== undefined && own?.target !== undefined) {
    throw new InputError(
      `--second-view ${secondView}: ${path} learned to tell ${own.target}, and no second view: --target says where that is`,
    );
  }
}

/** Whether samples are read together with what the model tells although nothing but they is asked for: there they cannot be told apart. */
function isWhole({ table, split }: OwnTableSource): boolean {
  return split !== undefined || isFolder(table) || shippedTable(table) !== undefined;
}

/** The inputs of a table alone, or an array of samples. */
async function fromInputs(
  model: ModelFile,
  { table, header, separator }: OwnTableSource,
  wanted: Wanted | undefined,
): Promise<RowData & { readonly count: number; readonly notes: readonly string[] }> {
  const { network, preprocessing, path } = model;
  const beside = wanted && hasOwnTarget(table) ? { ...wanted, inputs: network.inputs } : undefined;
  const { rows: count, inputs, names, data, image } = await loadViews(table, { header, separator, beside });
  const { found } = model.data?.table ?? {};
  checkImages(table, image, found?.image, `${path} learned`);
  orderColumns({ path: table, names, data }, found?.columns, `${path} learned`);
  if (inputs !== network.inputs) {
    throw new InputError(`${table}: ${inputs} numbers a sample, but ${path} takes ${network.inputs}`);
  }
  const notes = [`${table}: ${samples(count)} × ${inputs} inputs`, preparation(preprocessing?.inputs ?? 'raw')];
  return { count, X: prepared(table, data, count, model), notes };
}

/** The numbers as the network takes them. @throws InputError where preparation has made one too large */
function prepared(table: string, data: KeptNumbers, count: number, { preprocessing }: ModelFile): NumericData {
  const X = preprocessing ? preprocessRows(data, count, preprocessing) : widened(data);
  const bad = X.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return X;
  throw new InputError(`${table}: a number of sample ${Math.floor((bad * count) / X.length)} is too large, prepared`);
}

/** What a model tells: a column, a file or an array; and what its columns were called in the table that was learned. */
interface Wanted {
  readonly target: string;
  readonly targetNames?: readonly string[] | undefined;
}

/** What is asked for, or else what is learned of data of that kind: of a folder, its folders; of other tables, the columns that the model learned. */
function wantedOf({ table, target }: OwnTableSource, { data }: ModelFile): Wanted | undefined {
  const usual = target ?? shippedTable(table)?.target ?? (isFolder(table) ? folderTarget : undefined);
  if (usual !== undefined) return { target: usual };
  const learned = data?.table;
  if (learned?.target === undefined || !hasOwnTarget(table)) return undefined;
  return { target: learned.target, targetNames: learned.found?.targetColumns };
}

interface TableSamples {
  readonly count: number;
  readonly inputs: number;
  readonly names?: readonly string[] | undefined;
  readonly image?: ImageShape | undefined;
  readonly data: KeptNumbers;
  readonly classes?: Uint16Array | undefined;
  readonly numbers?: Float32Array | undefined;
  readonly sha256: string;
}

async function samplesOfTable(
  model: ModelFile,
  { table, header, separator, split, inputsOnly }: OwnTableSource,
  wanted: Wanted,
): Promise<TableSamples> {
  const { classNames, data: learned, path } = model;
  const shipped = shippedTable(table);
  if (split === undefined) {
    if (inputsOnly && isFolder(table)) return loadImageFolder(table);
    const read = await loadLabelledTable(shipped ? shippedPath(shipped) : table, { ...wanted, header, separator });
    if (inputsOnly) return { ...read, count: read.rows };
    const { values, targetColumns } = read;
    if ('labels' in values) orderTargets({ path: table, names: targetColumns, data: values.labels }, model);
    return {
      ...read,
      count: read.rows,
      ...(classNames ? { classes: classesOf(read, classNames) } : { numbers: numbersOf(read) }),
    };
  }
  const own = learned && isOwnData(learned.set) ? learned : undefined;
  if (!own?.table) throw new InputError(`--split: ${path} was not learned from a table of one's own`);
  const { test: _, testTarget: __, found, ...parts } = own.table;
  const read = await readOwnData({
    set: shipped ? table : ownSet(table),
    table: {
      ...parts,
      target: wanted.target,
      ...(header !== undefined && { header }),
      ...(separator && { separator: nameOf(separator) }),
    },
    labels: own.labels,
  });
  if (read.sha256 !== found?.sha256) {
    throw new InputError(
      `${table}: is not the table that ${path} learned, whose SHA-256 sum was ${found?.sha256}; without --split all of it is taken`,
    );
  }
  const part = split === 'train' ? read.train : read.test;
  if (!part) throw new InputError(`--split test: ${path} learned all of ${table}`);
  const count = split === 'train' ? (own.first ?? part.count) : part.count;
  return {
    count,
    inputs: read.inputs,
    names: read.names,
    image: read.image,
    sha256: read.sha256,
    data: part.data.subarray(0, count * read.inputs),
    classes: part.classes?.subarray(0, count),
    numbers: part.numbers?.subarray(0, count * (read.labels ?? 1)),
  };
}

/** What configs call a separator. */
function nameOf(separator: Separator): TableSeparator {
  const names = Object.keys(separatorNames) as TableSeparator[];
  return names.find((name) => separatorNames[name] === separator)!;
}
