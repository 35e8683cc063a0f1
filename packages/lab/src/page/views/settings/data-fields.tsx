import { classLabelNames, type Order, orderNames } from '@apical/core';
import { findDataSet, shippedTable } from '@apical/data';
import { generatedNames } from '../../data/generated.ts';
import { ownPrefix } from '../../data/own-data.ts';
import { hasNumberLabels } from '../../experiment/data-of.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { store } from '../../store/store.ts';
import { Choice, Fields } from '../controls/fields.tsx';
import { NumberField } from '../controls/number-field.tsx';
import { change, whyNot } from './change.ts';

const orderWords: Readonly<Record<Order, string>> = {
  repeated: 'the same every epoch',
  reshuffled: 'new every epoch',
  'as-given': 'as they are given',
};

/** What is learned, and in what order. */
export function DataFields() {
  const experiment = store.experiment.value;
  return (
    <Fields legend="Data">
      <Choice
        label="Data set"
        value={`${experiment.set}|${experiment.split}`}
        options={listedSplits(experiment).map(([value, words]) => ({ value, words }))}
        onChange={(value) => {
          const [set = '', split] = value.split('|');
          change({ set, split: split as Experiment['split'] });
        }}
      />
      {!hasNumberLabels(experiment.set) && (
        <Choice
          label="Labels"
          value={experiment.labels}
          options={classLabelNames.map((labels) => ({ value: labels, words: labels, whyNot: whyNot({ labels }) }))}
          onChange={(labels) => change({ labels: labels as Experiment['labels'] })}
        />
      )}
      <Choice
        label="Order of samples"
        value={experiment.order}
        options={orderNames.map((order) => ({ value: order, words: orderWords[order] }))}
        onChange={(order) => change({ order: order as Order })}
      />
      <NumberField label="Seed" value={experiment.seed} min={0} step={1} onChange={(seed) => change({ seed })} />
    </Fields>
  );
}

/** The data to choose among: those that there are, generated ones, and those of the experiment, even where they are missing. */
function listedSplits({ set, split }: Experiment): [string, string][] {
  const own = store.ownImages.value;
  const listed = Object.entries(store.catalogue.value).flatMap(([set, splits]) =>
    Object.keys(splits).map((split): [string, string] => [`${set}|${split}`, titleOf(set, split)]),
  );
  listed.push(...generatedNames.map((name): [string, string] => [`${name}|train`, name]));
  if (own) listed.push([`${own.name}|${own.split}`, own.name]);
  const present = `${set}|${split}`;
  return listed.some(([value]) => value === present)
    ? listed
    : [...listed, [present, `${set.startsWith(ownPrefix) ? set : `${set}, ${split} images`}: missing`]];
}

function titleOf(set: string, split: string): string {
  const table = shippedTable(set);
  return table
    ? `${set}: ${table.title.replace(/ \(.*/, '')}`
    : `${findDataSet(set).title.replace(/,.*| handwritten.*/, '')}, ${split} images`;
}
