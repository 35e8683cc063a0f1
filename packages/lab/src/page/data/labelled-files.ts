import { InputError, sha256 } from '@apical/core';
import { type Cells, checkNumbers, type LabelledTable, placeOfRow, type TargetKind, targetsOf } from '@apical/data';
import { cellsOfNumbers, type OpenArray, type OpenTable, openFile, type Rows } from './opened-files.ts';

/** What was chosen of how a table is read; what is absent is decided by what stands there. */
export interface Choice {
  /** The column that is learned, as `--target` names it. */
  readonly target?: string | undefined;
  /** Whether line 1 names the columns. */
  readonly header?: boolean | undefined;
  readonly kind?: TargetKind | undefined;
}

/** How a table is read, and the columns among which can be chosen. */
export interface Choices extends Choice {
  readonly columns: readonly string[];
}

/** Samples, and what is to be learned of each, from one file or two. */
export interface LabelledFiles {
  readonly table: LabelledTable;
  /** What is learned, as `--target` names it. */
  readonly target: string;
  /** The sizes of a sample, which may be an image. */
  readonly dimensions: readonly number[];
  readonly notice?: string | undefined;
  /** How it was read; absent for arrays. */
  readonly choices?: Choices;
  /** What the command does not do that the page does with these files, and what to do: `takes no …`. */
  readonly noCommand?: string | undefined;
}

/**
 * Reads samples and what is to be learned of them: a table, or two files, one of which has a number or a text a sample.
 *
 * @param told is given the columns as soon as they are known, also where reading fails then
 * @throws InputError where it is not known which are which, and as the command's readers do
 */
export async function readLabelledFiles(
  files: readonly File[],
  choice: Choice = {},
  told: (choices: Choices) => void = () => {},
): Promise<LabelledFiles> {
  const opened = (await Promise.all(files.map((file) => openFile(file, { header: choice.header })))).flat();
  const [first, second] = opened;
  if (opened.length > 2 || !first) {
    throw new InputError(
      `${opened.length} files: drop a table, one column of which is the class, or samples and classes as two files`,
    );
  }
  if (second) return pair(first, second);
  if (isSingle(first))
    throw new InputError(`${first.source}: has classes only: drop it together with the file that has the samples`);
  if (first.columns !== undefined) return split(first, choice, told);
  const noCommand = `takes no matrix with the class in one of its columns: save ${first.source} as a ${oneTable}`;
  return { ...(await split(arrayAsTable(first), choice, told)), noCommand };
}

const oneTable = 'table (CSV), which it learns with --target';

/** Whether it has one number or text a sample. */
function isSingle(opened: OpenArray | OpenTable): boolean {
  if (opened.columns !== undefined) return opened.columns === 1;
  return opened.cells !== undefined || opened.shape.slice(1).every((size) => size === 1);
}

/** Which of two files has the samples, and which the classes: the one with one of them a sample. */
async function pair(first: OpenArray | OpenTable, second: OpenArray | OpenTable): Promise<LabelledFiles> {
  if (isSingle(first) === isSingle(second)) {
    throw new InputError(
      `${first.source} and ${second.source}: one must have a row of numbers a sample, the other its class`,
    );
  }
  const [samples, classes] = isSingle(second) ? [first, second] : [second, first];
  const read = samples.columns === undefined ? samples : await samples.numbers();
  const [rows = 0, ...dimensions] = read.shape;
  const inputs = read.data.length / rows;
  checkNumbers(read.data, inputs, samples.source, 'firstLine' in read ? read.firstLine : undefined);
  const values =
    classes.columns === undefined ? (classes.cells ?? cellsOfNumbers(classes.data)) : await classes.alone();
  const count = countOf(values);
  if (count !== rows) {
    throw new InputError(`${samples.source} has ${rows} samples, but ${classes.source} ${count} classes`);
  }
  const [one, other] = [samples.sha256, classes.sha256];
  const table = {
    ...{ path: samples.source, rows, inputs, data: read.data, target: classes.source, values },
    ...('header' in read && read.header && { names: read.header }),
    placeOf: placeOfRow,
    sha256: one === other ? one : await sha256(new TextEncoder().encode(`${one} ${other}`)),
  };
  return { table, target: classes.source, dimensions, noCommand: noCommandOf(samples, classes, values) };
}

/** To samples in an array the command takes classes from another file, as numbers; to those in a table none. */
function noCommandOf(
  samples: OpenArray | OpenTable,
  classes: OpenArray | OpenTable,
  { kinds = [] }: Cells,
): string | undefined {
  const save = `save both as one ${oneTable}`;
  if (samples.columns !== undefined) return `takes no classes of ${samples.source} from another file: ${save}`;
  const isTexts = classes.columns !== undefined && kinds.some((kind) => Number.isNaN(Number(kind)));
  return isTexts ? `takes no texts of ${classes.source} as classes of an array: ${save}` : undefined;
}

function countOf(values: Cells): number {
  return values.kinds ? values.codes.length : values.numbers.length;
}

/** A table of which one column is learned: the one that was chosen, or the one that looks like it. */
async function split(table: OpenTable, choice: Choice, told: (choices: Choices) => void): Promise<LabelledFiles> {
  const { source, columns, names, hasLines } = table;
  if (columns < 2) {
    throw new InputError(
      `${source}: where are the classes? Drop a second file with them, or a table, one column of which is the class`,
    );
  }
  const words = columnWords(columns, names);
  const choices = {
    ...choice,
    columns: words,
    ...(hasLines && { header: choice.header ?? names !== undefined }),
  };
  told(choices);
  const { target, rows } = await readTarget(table, words, choice);
  const { notice, ...read } = rows;
  const chosen = { ...choices, target, ...(hasLines && { header: read.names !== undefined }) };
  told(chosen);
  return { table: { ...read, sha256: table.sha256 }, target, dimensions: [read.inputs], notice, choices: chosen };
}

/** What the command calls the columns: their names, or where a name is not one's alone, numbers from 1 on. */
function columnWords(columns: number, names: readonly string[] = []): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Array.from({ length: columns }, (_, place) => {
    const name = names[place] ?? '';
    return name !== '' && counts.get(name) === 1 ? name : String(place + 1);
  });
}

/**
 * What is learned, where it was not chosen: the column of texts; or else, of the first and the last, the one whose numbers are classes, and of
 * two such the one in which they are 0, 1, 2, … or 1, 2, 3, … without a gap; or the first.
 */
async function readTarget(
  table: OpenTable,
  words: readonly string[],
  { target, kind }: Choice,
): Promise<{ readonly target: string; readonly rows: Rows }> {
  const { texts, source } = table;
  const read = async (word: string) => ({ target: word, rows: await table.labelled({ target: word }) });
  if (target !== undefined) return read(target);
  const [place, ...others] = texts;
  if (place !== undefined && others.length === 0) return read(words[place]!);
  if (place !== undefined) {
    throw new InputError(
      `${source}: the columns ${texts.map((each) => words[each]).join(', ')} could be the class: choose one; inputs are numbers`,
    );
  }
  // One after the other, and only what is returned kept, so that there is one in memory at a time.
  const judged = async (word: string, beyond: number) => {
    const found = await read(word);
    const own = likeness(found.rows, kind);
    return { own, found: own > beyond ? found : undefined };
  };
  const first = await judged(words[0]!, 1);
  if (first.found) return first.found;
  const last = await judged(words.at(-1)!, first.own);
  return last.found ?? read(words.at(first.own > 0 ? 0 : -1)!);
}

/** 2: classes numbered without a gap; 1: other classes; 0: none. */
function likeness(rows: Rows, kind: TargetKind | undefined): 0 | 1 | 2 {
  const names = attempt(() => targetsOf(rows, kind))?.classNames;
  if (!names) return 0;
  return Number(names[0]) <= 1 && Number(names[0]) >= 0 && Number(names.at(-1)) - Number(names[0]) === names.length - 1
    ? 2
    : 1;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** A matrix as a table without names. @throws InputError, when it is read, for what is none */
function arrayAsTable({ source, shape, data, sha256: sum }: OpenArray): OpenTable {
  const [rows = 0, columns = 0, ...more] = shape;
  const labelled = async ({ target }: { readonly target: string }): Promise<Rows> => {
    checkNumbers(data, columns, source);
    const at = Number(target) - 1;
    const inputs = columns - 1;
    const samples = Float64Array.from({ length: rows * inputs }, (_, i) => {
      const place = i % inputs;
      return data[Math.floor(i / inputs) * columns + (place < at ? place : place + 1)]!;
    });
    const values = cellsOfNumbers(Float64Array.from({ length: rows }, (_, i) => data[i * columns + at]!));
    return {
      path: source,
      rows,
      inputs,
      data: samples,
      target: `column ${target}`,
      values,
      placeOf: placeOfRow,
    };
  };
  return {
    ...{ source, sha256: sum, columns: more.length > 0 ? 0 : columns, texts: [], hasLines: false, labelled },
    numbers: async () => ({ shape, data }),
    alone: async () => cellsOfNumbers(data),
  };
}
