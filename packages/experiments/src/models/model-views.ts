import { InputError } from '@apical/core';
import { isSamplesPath, loadViews, type OwnData, preprocessRows, widened } from '@apical/data';
import { isOwnData, ownSet } from '../config/own-data.ts';
import { readOwnData } from '../own-data/read-own-data.ts';
import type { RowData } from './model-data.ts';
import type { ModelFile } from './model-file.ts';
import type { OwnTableSource } from './model-table.ts';
import { noteLearned, refuseOthers } from './note-learned.ts';
import { orderInputs } from './order-inputs.ts';
import { preparation } from './preparation.ts';
import { preparedLabels } from './prepared-labels.ts';
import { samples } from './samples-words.ts';

/**
 * Samples of one's own without labels, of one view or two, prepared as those were that the model learned.
 *
 * @throws InputError where the file is not sound, has other numbers a sample, or is to be parted and is not the one that was learned; the
 *   system's error where it cannot be read
 */
export async function fromViews(
  model: ModelFile,
  source: OwnTableSource,
): Promise<RowData & { readonly count: number; readonly notes: readonly string[] }> {
  const { network, preprocessing, path } = model;
  const { inputs, names, second, part, sha256 } = await partOf(model, source);
  const { data } = part;
  const order = orderInputs({ path: source.table, names, data }, model);
  if (inputs !== network.inputs) {
    throw new InputError(`${source.table}: ${inputs} numbers a sample, but ${path} takes ${network.inputs}`);
  }
  if (network.labels > 0 && second !== network.labels && !(source.inputsOnly && second === undefined)) {
    const found = second === undefined ? 'no second view' : `a second view of ${second} numbers`;
    throw new InputError(
      `${source.table}: ${found}, but ${path} takes one of ${network.labels}: --second-view says where it is`,
    );
  }
  const { count } = part;
  const X = preprocessing ? preprocessRows(data, count, preprocessing) : widened(data);
  const Y = part.second && preparedLabels(widened(part.second), count, model);
  const notes = [
    `${source.table}: ${samples(count)} × ${inputs} inputs${second === undefined ? '' : ` and ${second} of a second view`}`,
    preparation(preprocessing?.inputs ?? 'raw'),
    ...order,
    ...(source.inputsOnly || source.split ? [] : noteLearned({ table: source.table, sha256 }, model)),
  ];
  return { count, X, ...(Y && network.labels > 0 && { Y }), notes };
}

async function partOf(
  { data: learned, network, path }: ModelFile,
  { table, secondView: given, header, separator, split, inputsOnly }: OwnTableSource,
): Promise<Pick<OwnData, 'inputs' | 'names' | 'second' | 'sha256'> & { readonly part: OwnData['train'] }> {
  const own = learned && isOwnData(learned.set) ? learned.table : undefined;
  // Columns are those of the table that was learned; a file is another one.
  const known = own?.secondView !== undefined && !isSamplesPath(own.secondView) ? own.secondView : undefined;
  const secondView = given ?? known;
  if (split === undefined) {
    const { rows, data, second, ...known } = await loadViews(table, {
      ...{ secondView, header, separator },
      secondNames: own?.found?.targetColumns,
      ...(inputsOnly && given === undefined && { inputsAlone: network.inputs }),
    });
    const part = { count: rows, data, ...(second && { second: second.data }) };
    return { ...known, ...(second && { second: second.columns }), part };
  }
  if (!own || !learned) throw new InputError(`--split: ${path} was not learned from a file of one's own`);
  const { test: _, testSecondView: __, found: ___, ...parts } = own;
  const read = await readOwnData({ set: ownSet(table), table: { ...parts, ...(given && { secondView: given }) } });
  refuseOthers({ table, sha256: read.sha256 }, learned, path);
  const part = split === 'train' ? read.train : read.test;
  if (!part) throw new InputError(`--split test: ${path} learned all of ${table}`);
  return { ...read, part };
}
