import { InputError, type Loss, type Optimiser } from '@apical/core';
import { readHidden, readNumber, readOptimiser, writeHidden, writeOptimiser } from './notation.ts';

/** How a setting is written in an address, and read again. */
export interface Field<T> {
  write(value: T): string;
  /** @throws InputError that says what is wrong with the text */
  read(text: string): T;
}

export const word: Field<string> = { write: (value) => value, read: (text) => text };

export const number: Field<number> = { write: String, read: readNumber };

/** What stands in the address for a value that is not there. */
function optional<T>(absent: string, field: Field<T>): Field<T | undefined> {
  return {
    write: (value) => (value === undefined ? absent : field.write(value)),
    read: (text) => (text === absent ? undefined : field.read(text)),
  };
}

export const flag: Field<boolean> = {
  write: (value) => (value ? 'yes' : 'no'),
  read: (text) => {
    if (text !== 'yes' && text !== 'no') throw new InputError(`"${text}" is neither yes nor no`);
    return text === 'yes';
  },
};

/** The settings that all rules of an experiment share. */
export const sharedFields = {
  set: word,
  split: word,
  labels: word,
  hidden: { write: writeHidden, read: readHidden } satisfies Field<number | readonly number[]>,
  activation: word,
  meanRate: optional('none', number),
  output: word,
  loss: optional('usual', word as Field<Loss>),
  biases: optional('usual', flag),
  batch: number,
  optimiser: { write: writeOptimiser, read: readOptimiser } satisfies Field<Optimiser | undefined>,
  ridge: number,
  fused: flag,
  order: word,
  seed: number,
} as const;

export type SharedName = keyof typeof sharedFields;

export const sharedNames = Object.keys(sharedFields) as readonly SharedName[];
