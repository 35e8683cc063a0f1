import { InputError } from '@apical/core';
import {
  arrayIn,
  classesOf,
  folderTarget,
  hasOwnTarget,
  type ImageShape,
  isArchive,
  isFolder,
  isSamplesPath,
  type KeptNumbers,
  kindNamed,
  loadImageFolder,
  loadLabelledTable,
  loadViews,
  type MatrixOptions,
  type NumericData,
  numbersOf,
  preprocessRows,
  type Separator,
  type Split,
  separatorNames,
  shippedPath,
  shippedTable,
  widened,
  withoutMember,
} from '@apical/data';
import { isOwnData, ownPath, ownSet } from '../config/own-data.ts';
import type { OwnTable, TableSeparator } from '../config/run-config.ts';
import { readOwnData } from '../own-data/read-own-data.ts';
import type { RowData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';
import { fromViews } from './model-views.ts';
import { noteLearned, refuseOthers } from './note-learned.ts';
import { orderInputs } from './order-inputs.ts';
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
  given: OwnTableSource,
): Promise<RowData & { readonly count: number; readonly notes: readonly string[] }> {
  const { network, preprocessing, classNames, path } = model;
  const source = withLearnedArrays(given, model);
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
  const { count, inputs, names, data, ...known } = await samplesOfTable(model, source, wanted).catch(
    (error: unknown) => {
      throw withLearned(error, source, model);
    },
  );
  const order = orderInputs({ path: source.table, names, data, image: known.image }, model);
  const { target } = wanted;
  if (inputs !== network.inputs) {
    throw new InputError(`${source.table}: ${inputs} columns beside ${target}, but ${path} takes ${network.inputs}`);
  }
  const X = prepared(source.table, data, count, model);
  const notes = [
    `${source.table}: ${samples(count)} × ${inputs} inputs${source.inputsOnly ? '' : `, ${classNames ? 'classes' : 'numbers'} of ${target}`}`,
    preparation(preprocessing?.inputs ?? 'raw'),
    ...order,
    ...(source.inputsOnly || source.split ? [] : noteLearned({ table: source.table, sha256: known.sha256 }, model)),
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

/**
 * Of an archive, where nothing else is said, the arrays that the run read: those that it learned, or of samples that it was given as held out
 * their own target.
 */
function withLearnedArrays(source: OwnTableSource, { data }: ModelFile): OwnTableSource {
  const { table: own, set = '' } = data ?? {};
  const { table, target, secondView, split, inputsOnly } = source;
  const isAsked = target === undefined && secondView === undefined && (split !== undefined || !inputsOnly);
  // A path says where a target lay, not where it lies.
  if (
    !isAsked ||
    own?.target === undefined ||
    isSamplesPath(own.target) ||
    !isArchive(kindNamed(withoutMember(table)))
  ) {
    return source;
  }
  const learned = arrayIn(ownPath(set));
  const named = arrayIn(table) ?? learned;
  if (named === undefined) return source;
  const isHeld = named !== learned && own.test !== undefined && named === arrayIn(own.test);
  const usual = (isHeld && own.testTarget) || own.target;
  return { ...source, table: `${withoutMember(table)}:${named}`, ...(!isSamplesPath(usual) && { target: usual }) };
}

/** What is wrong with a table of which another column is left out than the one that the model learned, with that. */
function withLearned(error: unknown, { table, target }: OwnTableSource, { data, path }: ModelFile): unknown {
  const { target: learned, found } = data?.table ?? {};
  if (!(error instanceof InputError) || target === undefined || learned === undefined || !hasOwnTarget(table))
    return error;
  const isLearned = target === learned || found?.targetColumns?.join() === target;
  // Numbers and names may be of one column.
  if (isLearned || /^\d+$/.test(target) || /^\d+$/.test(learned)) return error;
  return new InputError(`--target ${target}: ${path} learned ${learned}, not ${target}. ${error.message}`, {
    cause: error,
  });
}

/** @throws InputError where arrays are to be parted as a run did, by other classes than it had */
function refuseOtherTarget(table: string, target: string, { target: learned = '' }: OwnTable, path: string): void {
  if (hasOwnTarget(table) || target === learned) return;
  const [name, known] = [target, learned].map((each) => (isSamplesPath(each) ? arrayIn(each) : each));
  if (name === known || name === undefined || known === undefined) return;
  throw new InputError(
    `--target ${target}: ${path} learned ${learned}, by which --split parts samples; leave --target out`,
  );
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
  const order = orderInputs({ path: table, names, data, image }, model);
  if (inputs !== network.inputs) {
    throw new InputError(`${table}: ${inputs} numbers a sample, but ${path} takes ${network.inputs}`);
  }
  const notes = [
    `${table}: ${samples(count)} × ${inputs} inputs`,
    preparation(preprocessing?.inputs ?? 'raw'),
    ...order,
  ];
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
  const { test: _, testTarget: __, found: ___, ...parts } = own.table;
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
  refuseOthers({ table, sha256: read.sha256 }, own, path);
  refuseOtherTarget(table, wanted.target, own.table, path);
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
