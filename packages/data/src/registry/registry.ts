import { InputError } from '@apical/core';
import { cifar10, cifar100 } from './cifar.ts';
import type { DataSet, Split } from './data-set.ts';
import { emnistBalanced, emnistLetters } from './emnist.ts';
import { fashionMnist } from './fashion-mnist.ts';
import { kmnist } from './kmnist.ts';
import { isLabels } from './labels.ts';
import { mnist } from './mnist.ts';
import { qmnist } from './qmnist.ts';

/** All data sets, in the order in which they are listed. */
export const dataSets: readonly DataSet[] = [
  mnist,
  fashionMnist,
  cifar10,
  cifar100,
  kmnist,
  qmnist,
  emnistLetters,
  emnistBalanced,
];

/** The names by which the data sets are called. */
export const dataSetNames: readonly string[] = dataSets.map((set) => set.name);

/** The data set of that name. @throws InputError if there is none */
export function findDataSet(name: string): DataSet {
  const set = dataSets.find((candidate) => candidate.name === name);
  if (set === undefined) {
    throw new InputError(`unknown data set "${name}": choose one of ${dataSetNames.join(', ')}`);
  }
  return set;
}

/** How many images a split of the data set of that name has. @throws InputError if there is no such data set */
export function countImages(name: string, split: Split): number {
  const files = findDataSet(name).files.filter((file) => file.split === split && !isLabels(file));
  return files.reduce((sum, { count }) => sum + count, 0);
}
