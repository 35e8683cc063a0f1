import { InputError, type Samples } from '@apical/core';
import { loadImages, loadMatrix, type NumericMatrix, preprocess, preprocessRows, type Split } from '@apical/data';
import { classNumbers } from './class-numbers.ts';
import type { ModelFile } from './model-file.ts';

/** What a model is applied to, as its network takes it. */
export type ModelData = (SampleData | RowData) & {
  /** How many samples there are. */
  readonly count: number;
  /** What there is to say of it. */
  readonly notes: readonly string[];
};

interface SampleData {
  readonly X: Samples;
  readonly classes: ArrayLike<number>;
  readonly Y?: undefined;
}

interface RowData {
  /** T × m. */
  readonly X: ArrayLike<number>;
  /** The class of each sample, where classes are known. */
  readonly classes?: ArrayLike<number>;
  /** The label of each sample, T × n, where labels are known. */
  readonly Y?: ArrayLike<number>;
}

/** The images of a data set, or the numbers of files. */
export type ModelDataSource =
  | { readonly set: string; readonly split: Split; readonly directory?: string | undefined }
  | {
      /** A sample a row: .npy or .csv. */
      readonly input: string;
      /** Their classes, one number a row, or their labels, n numbers a row. */
      readonly labels?: string | undefined;
      /** Whether the numbers are what the network takes, instead of what its preprocessing is for. Default: no. */
      readonly asIs?: boolean | undefined;
    };

/**
 * Loads data for a model, and prepares them as those were that the model learned.
 *
 * @throws InputError where there are none or they do not fit the model, with the file; the system's error for files that cannot
 *   be read
 */
export async function loadModelData(model: ModelFile, source: ModelDataSource): Promise<ModelData> {
  return 'set' in source ? fromSet(model, source) : fromFiles(model, source);
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
  const samples = preprocess(images, preprocessing);
  checkWidth(`${set}: images`, samples.inputs, network.inputs, path);
  if (samples.labels !== network.labels) {
    throw new InputError(`${set}: ${samples.labels} classes, but ${path} knows ${network.labels}`);
  }
  const notes = [preparation(preprocessing.inputs)];
  const other = classNames?.findIndex((name, i) => name !== images.classNames[i]) ?? -1;
  if (other >= 0) {
    notes.push(`class ${other} is "${classNames![other]}" for the model, "${images.classNames[other]}" in ${set}`);
  }
  return { count: samples.count, X: samples, classes: samples.classes, notes };
}

async function fromFiles(
  model: ModelFile,
  { input, labels, asIs = false }: Extract<ModelDataSource, { input: string }>,
): Promise<ModelData> {
  const { network, preprocessing, path } = model;
  const { rows, cols, data } = await loadMatrix(input);
  checkWidth(`${input}: rows`, cols, network.inputs, path);
  const X = preprocessing && !asIs ? preprocessRows(data, rows, preprocessing) : data;
  const notes = [preparation(preprocessing && !asIs ? preprocessing.inputs : 'raw')];
  if (labels === undefined) return { count: rows, X, notes };
  const known = await loadMatrix(labels);
  if (known.rows !== rows) throw new InputError(`${labels}: ${known.rows} rows, but ${input} has ${rows}`);
  if (known.cols === network.labels) return { count: rows, X, Y: known.data, notes };
  if (known.cols === 1) return { count: rows, X, classes: checkClasses(labels, known, classNumbers(model)), notes };
  throw new InputError(
    `${labels}: ${known.cols} columns; classes have 1, and the labels that ${path} learned ${network.labels}`,
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
  throw new InputError(`${path}: class ${data[bad]} at row ${bad}; the model has the classes ${known}`);
}

function preparation(inputs: NonNullable<ModelFile['preprocessing']>['inputs']): string {
  if (typeof inputs === 'object') {
    const [mean, sd] = [inputs.mean, inputs.sd].map((value) => Number(value.toPrecision(6)));
    return `inputs: (p − ${mean}) / ${sd}, the mean and standard deviation of what was learned`;
  }
  return { raw: 'inputs: as they are', unit: 'inputs: p / 255', 'unit-length': 'inputs: p / ‖p‖' }[inputs];
}
