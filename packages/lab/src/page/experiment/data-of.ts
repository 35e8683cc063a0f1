import { type ClassLabels, findRule } from '@apical/core';
import { countImages, dataSetNames, isSynthetic, type Split, shippedTable, syntheticSet } from '@apical/data';
import type { RunConfig } from '@apical/experiments';

/** Whether the command has these data, too: others are on the page only. */
export function isKnownSet(set: string): boolean {
  return dataSetNames.includes(set) || isNumberSet(set);
}

/** Whether samples are rows of numbers, not images: generated data, and tables that come with apical. */
export function isNumberSet(set: string): boolean {
  return isSynthetic(set) || shippedTable(set) !== undefined;
}

/** Whether labels, or a second view, are numbers, not classes. @throws InputError for generated data that there are not */
export function hasNumberLabels(set: string): boolean {
  return isSynthetic(set) && syntheticSet(set).kind === 'numbers';
}

/** How a config names data: a table with the column that is told, and what is known of it. */
export function namedData(set: string): Pick<RunConfig['data'], 'set' | 'table'> {
  const table = shippedTable(set);
  if (!table) return { set };
  const { target, sha256, samples, inputs, classNames } = table;
  return { set, table: { target, found: { sha256, train: samples, inputs, classes: [...classNames] } } };
}

/** How many samples there are to learn. @throws InputError for data that there are not */
export function countSamples(set: string, split: Split): number {
  if (isSynthetic(set)) return syntheticSet(set).train;
  return shippedTable(set)?.samples ?? countImages(set, split);
}

/** What is learned as the labels of data by a rule, where classes are learned as `labels` says. */
export function labelsFor(set: string, rule: string, labels: ClassLabels): RunConfig['data']['labels'] {
  if (findRule(rule).shape.labels === 'none') return 'none';
  return hasNumberLabels(set) ? 'numbers' : labels;
}
