import { InputError, type Samples } from '@apical/core';
import {
  type KeptMatrix,
  loadImages,
  loadKept,
  loadMatrix,
  type MatrixOptions,
  type NumericMatrix,
  placeOfRow,
  preprocess,
  preprocessRows,
  type Split,
  standardInput,
  widened,
} from '@apical/data';
import { classNumbers } from './class-numbers.ts';
import type { ModelFile } from './model-file.ts';
import { fromSynthetic, type SyntheticSource } from './model-synthetic.ts';
import { fromTable, type OwnTableSource } from './model-table.ts';
import { orderInputs } from './order-inputs.ts';
import { orderTargets } from './order-targets.ts';
import { preparation } from './preparation.ts';
import { labelNotes, preparedLabels } from './prepared-labels.ts';

/** What a model is applied to, as its network takes it. */
export type ModelData = (SampleData | RowData) & {
  /** How many samples there are. */
  readonly count: number;
  /** What there is to say of it. */
  readonly notes: readonly string[];
};

interface SampleData {
  readonly X: Samples;
  /** Where the samples have labels. */
  readonly classes?: ArrayLike<number>;
  readonly Y?: undefined;
}

export interface RowData {
  /** T × m. */
  readonly X: ArrayLike<number>;
  /** Whether X is what the network takes, without the model's preprocessing: outputs are as they are then, too. Absent: no. */
  readonly asIs?: boolean;
  /** The class of each sample, where classes are known. */
  readonly classes?: ArrayLike<number>;
  /** The label of each sample, T × n, where labels are known. */
  readonly Y?: ArrayLike<number>;
}

/** The images of a data set, the numbers of files, a table with a column of what the model is to tell, or generated data. */
export type ModelDataSource =
  | { readonly set: string; readonly split: Split; readonly directory?: string | undefined }
  | {
      /** A sample a row: a file that `loadMatrix` reads. */
      readonly input: string;
      /** Their classes, one number a row, or their labels, n numbers a row. */
      readonly labels?: string | undefined;
      /** Whether the numbers are what the network takes, instead of what its preprocessing is for. Default: no. */
      readonly asIs?: boolean | undefined;
      /** What separates the cells of tables, and whether their first lines are headers. Default: found. */
      readonly separator?: MatrixOptions['separator'];
      readonly header?: boolean | undefined;
    }
  | OwnTableSource
  | SyntheticSource;

/**
 * Loads data for a model, and prepares them as those were that the model learned.
 *
 * @throws InputError where there are none or they do not fit the model, with the file; the system's error for files that cannot
 *   be read
 */
export async function loadModelData(model: ModelFile, source: ModelDataSource): Promise<ModelData> {
  refuseInTime(model);
  if ('table' in source) return fromTable(model, source);
  if ('synthetic' in source) return fromSynthetic(model, source);
  return 'set' in source ? fromSet(model, source) : fromFiles(model, source);
}

/** @throws InputError for the model of a rule in time: it is applied to no data */
export function refuseInTime({ network, path }: ModelFile): void {
  const { rule } = network.blueprint;
  if (rule.time === undefined) return;
  throw new InputError(
    `${path}: is of ${rule.name}, a rule in time, which is shown streams, and measured as it learns: apical runs show has what its run measured; apical train --init ${path} --data 'stream:…' goes on from it with another stream`,
  );
}

async function fromSet(
  { network, preprocessing, classNames, path }: ModelFile,
  { set, split, directory }: Extract<ModelDataSource, { set: string }>,
): Promise<ModelData> {
  if (!preprocessing) {
    throw new InputError(
      `${path}: does not say how images become inputs; save the model with its preprocessing, or give inputs in a file`,
    );
  }
  const images = await loadImages({ set, split, directory });
  const { height, width, channels } = images.shape;
  checkWidth(`${set}: images`, height * width * channels, network.inputs, path);
  const samples = preprocess(images, preprocessing);
  if (samples.labels !== network.labels) {
    throw new InputError(`${set}: ${samples.labels} classes, but ${path} knows ${network.labels}`);
  }
  const notes = [...(images.notes ?? []), preparation(preprocessing.inputs)];
  const other = classNames?.findIndex((name, i) => name !== images.classNames[i]) ?? -1;
  if (other >= 0) {
    notes.push(`class ${other} is "${classNames![other]}" for the model, "${images.classNames[other]}" in ${set}`);
  }
  const { count, classes } = samples;
  return { count, X: samples, ...(classes && { classes }), notes };
}

async function fromFiles(model: ModelFile, source: Extract<ModelDataSource, { input: string }>): Promise<ModelData> {
  const { network, preprocessing, path } = model;
  const { input, labels, asIs = false } = source;
  const { samples, known } = await loadTables(model, source).catch((error: unknown) => {
    throw withHint(error, input);
  });
  const { rows, cols } = samples;
  const { data } = samples;
  const order = orderInputs({ path: input, ...samples }, model);
  checkWidth(`${input}: rows`, cols, network.inputs, path);
  const X = preprocessing && !asIs ? preprocessRows(data, rows, preprocessing) : widened(data);
  checkPrepared(input, X, cols);
  const notes = [...samples.notes, preparation(preprocessing && !asIs ? preprocessing.inputs : 'raw'), ...order];
  if (labels === undefined || !known) return { count: rows, X, asIs, notes };
  notes.push(...known.notes);
  if (known.rows !== rows) throw new InputError(`${labels}: ${known.rows} rows, but ${input} has ${rows}`);
  if (known.cols === network.labels) {
    if (known.cols > 1) orderTargets({ path: labels, ...known }, model);
    const classes = oneHotClasses(known);
    if (!classes) {
      if (asIs || !preprocessing?.secondView) refuseShares(labels, known, model);
      else notes.push(...labelNotes(model));
      return { count: rows, X, asIs, Y: asIs ? known.data : preparedLabels(known.data, rows, model), notes };
    }
    notes.push(`${labels}: every row stands for a class, one-hot: taken as classes`);
    return { count: rows, X, classes, notes };
  }
  if (known.cols === 1) return { count: rows, X, classes: checkClasses(labels, known, classNumbers(model)), notes };
  throw new InputError(
    `${labels}: ${known.cols} columns; classes have 1, and the labels that ${path} learned ${network.labels}; of a table with other columns, too, --data FILE --target NAME instead of --input and --labels takes one`,
  );
}

/** What is wrong with a text among the inputs, with what to do where it is of another column: the target, say. */
function withHint(error: unknown, input: string): unknown {
  if (!(error instanceof InputError) || !error.message.startsWith(`${input}: `)) return error;
  if (!/ is not a finite number$/.test(error.message)) return error;
  const hint = 'of a table that has the target, too, --data FILE instead of --input takes the inputs';
  return new InputError(`${error.message}; ${hint}`, { cause: error });
}

/** Samples, and what is known of them. How many there are of the one tells whether the first line of the other is a header. */
async function loadTables(
  { network, classNames }: ModelFile,
  { input, labels, separator, header }: Extract<ModelDataSource, { input: string }>,
): Promise<{ samples: KeptMatrix; known?: NumericMatrix }> {
  if (labels === undefined) return { samples: await loadKept(input, { separator, header }) };
  if (isStandardInput(input) && isStandardInput(labels)) {
    throw new InputError('--input and --labels cannot both come by standard input');
  }
  const names = network.labels > 1 ? classNames : undefined;
  const samples = await loadKept(input, { separator, header });
  const known = await loadMatrix(labels, { separator, header, names, rows: samples.rows });
  const isNumbers = samples.numericHeader && !known.numericHeader && known.rows === samples.rows + 1;
  if (!isNumbers || isStandardInput(input)) return { samples, known };
  return { samples: await loadKept(input, { separator, header: false }), known };
}

function isStandardInput(path: string): boolean {
  return path === standardInput || path === '/dev/stdin';
}

/** Refuses inputs that preparation has made too large. */
function checkPrepared(input: string, X: ArrayLike<number>, cols: number): void {
  for (let i = 0; i < X.length; i++) {
    if (Number.isFinite(X[i])) continue;
    throw new InputError(
      `${input}: the number at row ${Math.floor(i / cols)}, column ${i % cols} (both from 0) is too large, prepared`,
    );
  }
}

/**
 * The classes that rows stand for which are all one-hot: 1 at the class and 0 elsewhere, or both less their mean 1 / n, to the rounding of
 * float32. Undefined where they are not.
 */
function oneHotClasses({ rows, cols, data }: NumericMatrix): Uint32Array | undefined {
  if (cols < 2 || rows === 0) return undefined;
  const mean = data.subarray(0, cols).some((value) => value < 0) ? 1 / cols : 0;
  const isNear = (value: number, level: number) => Math.abs(value + mean - level) < 1e-6;
  const classes = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * cols, (row + 1) * cols);
    const found = values.findIndex((value) => isNear(value, 1));
    if (found < 0 || !values.every((value, i) => isNear(value, i === found ? 1 : 0))) return undefined;
    classes[row] = found;
  }
  return classes;
}

/**
 * Labels that are numbers are compared with outputs as they are. Rows of shares, which sum to 1, are none of a model that learned labels
 * less their mean.
 * @throws InputError
 */
function refuseShares(
  path: string,
  { rows, cols, data }: NumericMatrix,
  { preprocessing, classNames }: Pick<ModelFile, 'preprocessing' | 'classNames'>,
): void {
  const learned = preprocessing?.labels ?? (classNames ? 'one-hot-centred' : 'numbers');
  if (learned !== 'one-hot-centred' || cols < 2 || rows === 0) return;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * cols; i < (row + 1) * cols; i++) sum += data[i]!;
    if (Math.abs(sum - 1) > 1e-6) return;
  }
  throw new InputError(
    `${path}: every row sums to 1, but the model learned labels less their mean, which sum to 0: subtract 1/${cols}, or give classes`,
  );
}

function checkWidth(what: string, found: number, needed: number, path: string): void {
  if (found !== needed) throw new InputError(`${what} of ${found} numbers, but ${path} takes inputs of ${needed}`);
}

/** The classes of a file as the network has them. @param numbers by which files call them */
function checkClasses(path: string, { data }: NumericMatrix, numbers: readonly number[]): readonly number[] {
  const places = new Map(numbers.map((number, i) => [number, i]));
  const classes = Array.from(data, (value) => places.get(value));
  const bad = classes.indexOf(undefined);
  if (bad < 0) return classes as number[];
  const known = numbers.some((number, i) => number !== i) ? numbers.join(', ') : `0 to ${numbers.length - 1}`;
  throw new InputError(`${path}: class ${data[bad]} at ${placeOfRow(bad)}; the model has the classes ${known}`);
}
