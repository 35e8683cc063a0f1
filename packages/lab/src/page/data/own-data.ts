import { InputError, type RawInputs, sha256 } from '@apical/core';
import { type LabelledTable, type NumericData, type TargetKind, targetsOf } from '@apical/data';
import { describeOwnTable, ownSet } from '@apical/experiments';
import { type AnyImages, imageShape } from './images.ts';
import { type Choice, type Choices, type LabelledFiles, readLabelledFiles } from './labelled-files.ts';
import { quote } from './shell-word.ts';

/** How the names of data sets begin that were dropped on the page. */
export const ownPrefix = 'own: ';

/** Samples of one's own, and what was understood of them, in words. */
export interface OwnData {
  readonly images: AnyImages;
  readonly notice: string;
}

/** How a table is read, what it has to choose among, and whether its target could be classes and numbers. */
export interface OwnChoices extends Choices {
  readonly isEither?: boolean;
}

/**
 * Reads data of one's own: a table (CSV, Parquet) one column of which is the class; or samples and classes as two files, NPY, IDX or CSV,
 * gzipped or not, or in one archive, NPZ. Numbers that are whole and from 0 to 255 are kept as bytes, all others as float32: neither is rescaled.
 * What is classes and what numbers is decided as the command does it: see `targetsOf`.
 *
 * @param choice what was chosen of a table; what is absent is decided by what stands there
 * @param told is given how the table is read as soon as it is known, also where it cannot be learned then
 * @throws InputError that says what is wrong, and where
 */
export async function readOwnData(
  files: readonly File[],
  choice: Choice = {},
  told: (choices: OwnChoices) => void = () => {},
): Promise<OwnData> {
  const read = await readLabelledFiles(files, choice, told);
  const { table, target, dimensions, choices } = read;
  const { path: source, rows: count, inputs, data, names, image } = table;
  if (count < 2)
    throw new InputError(`${source}: ${count === 1 ? 'one sample is' : `${count} samples are`} too few to learn from`);
  const { classes, classNames } = classesOf(read, choice.kind, (kind, isEither) => {
    if (choices) told({ ...choices, kind, isEither });
  });
  const pixels = inputsOf(table);
  const learned = { count, data: data as NumericData, classes };
  const isTable = dimensions.length === 1 && inputs <= mostColumns && !image;
  const found = {
    ...{ sha256: table.sha256, train: count, inputs, classes: [...classNames] },
    ...(names && { columns: [...names] }),
  };
  const images: AnyImages = {
    name: `${ownPrefix}${source}`,
    split: 'train',
    count,
    shape: image ?? imageShape(dimensions, inputs, names),
    classNames,
    pixels,
    classes,
    sha256: { [source]: await sha256(bytesOf(pixels)), [`${source}: ${target}`]: await sha256(classes) },
    ...(isTable && { rows: { inputs, labels: classNames.length, classNames, train: learned } }),
    ...(read.noCommand !== undefined && { noCommand: `The command ${read.noCommand}.` }),
    table: { target, ...(choice.header !== undefined && { header: choice.header }), found },
  };
  return { images, notice: noticeOf(read, images) };
}

/** What was understood, and what to know of it. */
function noticeOf({ table, dimensions, notice }: LabelledFiles, { table: own, pixels }: AnyImages): string {
  const { image } = table;
  const found = { ...own!.found!, ...(image && { image }) };
  const understood = describeOwnTable({ set: ownSet(table.path), table: { ...own, found }, labels: 'one-hot' });
  return [`${understood}.`, notice, scaleRemark(table, dimensions, pixels)]
    .filter((each) => each !== undefined)
    .join('\n');
}

/** Classes are bytes. */
const mostClasses = 256;

/**
 * @param told is given what the target is, and whether it could be both
 * @throws InputError for numbers, and for too many classes
 */
function classesOf(
  { table, target, noCommand }: LabelledFiles,
  wanted: TargetKind | undefined,
  told: (kind: TargetKind, isEither: boolean) => void,
): { readonly classes: Uint8Array<ArrayBuffer>; readonly classNames: readonly string[] } {
  const { path } = table;
  const { classes, classNames } = targetsOf(table, wanted);
  const isEither = isWhole(table);
  told(classes ? 'classes' : 'numbers', isEither);
  if (!classes || !classNames) {
    const asNumbers = isEither ? ' --labels numbers' : '';
    throw new InputError(
      `${path}: ${table.target} has numbers, and the page learns classes only${isEither ? ', as which its whole numbers can be taken' : ''}; the command learns numbers, too${noCommand === undefined ? `: apical train --data ${quote(path)} --target ${quote(target)}${asNumbers}` : `, but it ${noCommand}`}`,
    );
  }
  if (classNames.length > mostClasses)
    throw new InputError(`${path}: ${classNames.length} classes; the page takes ${mostClasses}`);
  return { classes: Uint8Array.from(classes), classNames };
}

/** Whether a target has whole numbers, few enough to be classes as well. */
function isWhole({ values, classNames }: LabelledTable): boolean {
  if ('labels' in values || classNames) return false;
  const kinds = values.kinds ?? [...new Set(values.numbers)];
  return kinds.length <= mostClasses && kinds.every((kind) => kind !== '' && Number.isSafeInteger(Number(kind)));
}

/** The numbers as they are learned: as bytes where they are bytes, else as float32. @throws InputError where they are all alike */
function inputsOf({ data, path }: LabelledTable): Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> {
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < data.length; i++) {
    const value = Math.fround(data[i]!);
    [least, most] = [Math.min(least, value), Math.max(most, value)];
    whole &&= Number.isInteger(data[i]!);
  }
  if (least === most) throw new InputError(`${path}: all numbers are ${data[0]}: there is nothing to learn from`);
  return whole && least >= 0 && most <= 255 ? Uint8Array.from(data) : Float32Array.from(data);
}

function bytesOf(pixels: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}

/** Columns of which one is so many times as wide as another are said to be of other sizes: inputs are scaled alike, all of them. */
const otherSize = 30;
/** Only tables of so few columns, of numbers that are no bytes, have columns that mean something by themselves. */
const mostColumns = 100;

/** What to know of columns of other sizes: standardised by one mean and deviation, the small ones hardly count. */
function scaleRemark(
  { data, inputs: columns, names, path }: LabelledTable,
  dimensions: readonly number[],
  pixels: RawInputs,
): string | undefined {
  if (pixels instanceof Uint8Array || columns > mostColumns || dimensions.length > 1) return undefined;
  const widths = Array.from({ length: columns }, (_, column) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = column; i < data.length; i += columns)
      [least, most] = [Math.min(least, data[i]!), Math.max(most, data[i]!)];
    const name = names?.[column] || `number ${column + 1}`;
    return { least, most, width: most - least, words: `${name} from ${digits(least)} to ${digits(most)}` };
  });
  const varied = widths.filter(({ width }) => width > 0).toSorted((a, b) => a.width - b.width);
  const [narrow, wide] = [varied[0], varied.at(-1)];
  if (!narrow || !wide || wide.width < otherSize * narrow.width) return undefined;
  return `${path}: its numbers are of other sizes (${narrow.words}, ${wide.words}). Scaled alike, small ones hardly count: choose inputs that are standardised column by column, under "Inputs and starts" of each rule.`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(5)));
}
