import { type ModelPreprocessing, type Samples, samplesOf } from '@apical/core';
import { fitRows, type NumberSet, type OwnData, preprocessRows, type Split, widened } from '@apical/data';
import type { RunConfig } from '../config/run-config.ts';

/** Some rows of numbers, and what is known of each. */
interface Part {
  readonly count: number;
  /** count × inputs, row-major. */
  readonly data: Float32Array | OwnData['train']['data'];
  /** The class of each, or the numbers of its label, count × labels; neither where nothing is known. */
  readonly classes?: Uint8Array | Uint16Array;
  readonly numbers?: Float32Array | OwnData['train']['data'];
}

/** Data that are rows of numbers, not images: a table of one's own, or generated. */
export interface NumberRows {
  readonly inputs: number;
  /** n, the numbers of a label; one a class. */
  readonly labels: number;
  readonly classNames?: readonly string[];
  readonly train: Part;
  /** What is held out. */
  readonly test?: Part;
}

/** The rows of a table of one's own. */
export function ownRows({ inputs, second, classNames, labels = 1, train, test }: OwnData): NumberRows {
  const part = ({ second: numbers, ...others }: OwnData['train']): Part => ({ ...others, ...(numbers && { numbers }) });
  return {
    inputs,
    labels: classNames?.length ?? second ?? labels,
    ...(classNames && { classNames }),
    train: part(train),
    ...(test && { test: part(test) }),
  };
}

/** The rows of generated data. */
export function generatedRows({ X, Y, classes, classNames, inputs, labels, count, test }: NumberSet): NumberRows {
  const part = (from: number, to: number): Part => ({
    count: to - from,
    data: X.subarray(from * inputs, to * inputs),
    ...(classes && { classes: classes.subarray(from, to) }),
    ...(Y && { numbers: Y.subarray(from * labels, to * labels) }),
  });
  return {
    inputs,
    labels,
    ...(classNames && { classNames }),
    train: part(0, count),
    ...(test > 0 && { test: part(count, count + test) }),
  };
}

/**
 * Rows as samples, prepared as those are that are learned.
 * @param split undefined for what is learned
 */
export function preparedRows(
  { inputs, labels, classNames, train, test }: NumberRows,
  data: RunConfig['data'],
  split: Split | undefined,
): { readonly samples: Samples; readonly preprocessing: ModelPreprocessing } {
  const taken = data.first ?? train.count;
  const learned = train.data.subarray(0, taken * inputs);
  const { labelInputs } = data;
  const secondView =
    labelInputs && train.numbers ? fitRows(train.numbers.subarray(0, taken * labels), labels, labelInputs) : undefined;
  const preprocessing = {
    inputs: fitRows(learned, inputs, data.inputs),
    labels: data.labels,
    ...(secondView && { secondView }),
  };
  const part = split === 'test' ? test : train;
  if (!part) throw new RangeError(`nothing of ${data.set} is held out`);
  const count = split === undefined ? learned.length / inputs : part.count;
  const rows = part.data.subarray(0, count * inputs);
  const numbers = part.numbers?.subarray(0, count * labels);
  const samples = samplesOf({
    X: data.inputs === 'raw' && rows instanceof Float32Array ? rows : preprocessRows(rows, count, preprocessing),
    inputs,
    ...(numbers &&
      data.labels !== 'none' && {
        Y: secondView ? preprocessRows(numbers, count, { inputs: secondView }) : Float32Array.from(widened(numbers)),
        labels,
      }),
    ...(part.classes &&
      data.labels !== 'numbers' &&
      data.labels !== 'none' && {
        classes: part.classes.subarray(0, count),
        labels: classNames?.length ?? labels,
        classLabels: data.labels,
      }),
  });
  return { samples, preprocessing };
}
