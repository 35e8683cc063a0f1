import { InputError } from '@apical/core';
import { chosenSeeds } from '../config/chosen-seeds.ts';
import { suggestion } from '../config/suggestion.ts';
import type { ExperimentOptions } from '../pool/experiment-options.ts';
import { type Width, widths } from './results.ts';
import { type SettingsName, settingsNames } from './settings.ts';

/** How much a quick look runs. */
const quick = { seeds: 1, epochs: 2 };

export interface Table1Options extends ExperimentOptions {
  /** The numbers of hidden units, of '64' and '256'. Default: both. */
  readonly hidden?: readonly string[] | undefined;
  /** Which settings to run: `paper` (the default) reproduces the table, `best` goes past it. */
  readonly settings?: readonly string[] | undefined;
  /** Runs of each method, on seeds one after the other. Default 3. */
  readonly seeds?: number | undefined;
  /** How often every run learns all images, instead of what its settings say. */
  readonly epochs?: number | undefined;
  /** A look at the experiment, in a minute: one seed, two epochs, nothing judged. */
  readonly quick?: boolean | undefined;
}

/** What the options come to. */
export interface Table1Choice {
  readonly widths: readonly Width[];
  readonly settings: readonly SettingsName[];
  readonly seeds: readonly number[];
  /** Undefined: what the settings say. */
  readonly epochs: number | undefined;
  readonly quick: boolean;
}

/** @throws InputError for options out of range */
export function chosen(options: Table1Options): Table1Choice {
  const { quick: isQuick = false, seed = 1 } = options;
  const count = options.seeds ?? (isQuick ? quick.seeds : 3);
  const epochs = options.epochs ?? (isQuick ? quick.epochs : undefined);
  if (epochs !== undefined && (!Number.isSafeInteger(epochs) || epochs < 1)) {
    throw new InputError(`the number of epochs must be a whole number from 1, not ${epochs}`);
  }
  return {
    widths: among('hidden width', options.hidden ?? widths, widths),
    settings: among('settings', options.settings ?? ['paper'], settingsNames),
    seeds: chosenSeeds('seeds', count, seed),
    epochs,
    quick: isQuick,
  };
}

/** Each name once, in the order of those that there are. @throws InputError for one that there is not, or for none */
function among<Name extends string>(what: string, wanted: readonly string[], known: readonly Name[]): Name[] {
  const unknown = wanted.find((name) => !known.some((candidate) => candidate === name));
  if (unknown !== undefined) {
    throw new InputError(
      `Table 1 has no ${what} "${unknown}"${suggestion(unknown, known)}: choose among ${known.join(', ')}`,
    );
  }
  if (wanted.length === 0) throw new InputError(`no ${what} was chosen; there are ${known.join(', ')}`);
  return known.filter((name) => wanted.includes(name));
}
