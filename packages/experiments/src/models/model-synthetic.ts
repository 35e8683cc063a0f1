import { InputError } from '@apical/core';
import { generate, type NumberSet, preprocessRows, type Split } from '@apical/data';
import type { RowData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';
import { preparation } from './preparation.ts';
import { preparedLabels } from './prepared-labels.ts';

/** Generated data, by their name. */
export interface SyntheticSource {
  readonly synthetic: string;
  /** Only what is to be learned, or held out. Default: all of it. */
  readonly split?: Split | undefined;
}

/**
 * Generated samples, prepared as those were that the model learned.
 *
 * @throws InputError where there are none of the name, or they do not fit the model
 */
export function fromSynthetic(
  model: ModelFile,
  { synthetic, split }: SyntheticSource,
): RowData & { readonly count: number; readonly notes: readonly string[] } {
  const { network, preprocessing, classNames, path } = model;
  const set = generate(synthetic);
  const [from, to] = partOf(set, split);
  const count = to - from;
  const { inputs, labels } = set;
  if (inputs !== network.inputs) {
    throw new InputError(`${synthetic}: ${inputs} inputs, but ${path} takes inputs of ${network.inputs}`);
  }
  if (network.labels > 0 && labels !== network.labels) {
    throw new InputError(
      `${synthetic}: ${labels} ${set.classes ? 'classes' : 'numbers a label'}, but ${path} knows ${network.labels}`,
    );
  }
  const rows = set.X.subarray(from * inputs, to * inputs);
  const X = preprocessing ? preprocessRows(rows, count, preprocessing) : rows;
  const notes = [set.description, preparation(preprocessing?.inputs ?? 'raw')];
  const other = classNames?.findIndex((name, i) => name !== set.classNames?.[i]) ?? -1;
  if (other >= 0 && set.classNames) {
    notes.push(`class ${other} is "${classNames![other]}" for the model, "${set.classNames[other]}" in ${synthetic}`);
  }
  if (set.classes) return { count, X, classes: set.classes.subarray(from, to), notes };
  const numbers = set.Y?.subarray(from * labels, to * labels);
  const Y = numbers && preparedLabels(numbers, count, model);
  return { count, X, ...(Y && network.labels > 0 && { Y }), notes };
}

/** Where the samples of a part begin and end. */
function partOf({ name, count, test }: NumberSet, split: Split | undefined): readonly [from: number, to: number] {
  if (split === undefined) return [0, count + test];
  if (split === 'train') return [0, count];
  if (test > 0) return [count, count + test];
  throw new InputError(`${name}: nothing of it is held out; test=1000 in its name says how many samples are`);
}
