import { checkOptimiser, InputError, layersOf, type Optimiser } from '@apical/core';
import { optimiserWords, parseOptimiserWords } from '@apical/experiments';

// How the address of the page, and its fields, write settings that are not single words. Rates, starts and optimisers are as on the
// command line.

/** @throws InputError for a text that is no finite number */
export function readNumber(text: string): number {
  if (text.trim() === '' || !Number.isFinite(Number(text))) throw new InputError(`"${text}" is no number`);
  return Number(text);
}

/** `3`, or `256,128`: the units of each hidden layer. */
export function writeHidden(hidden: number | readonly number[]): string {
  return layersOf(hidden).join(',');
}

/** @throws InputError for what is no number and no list of them */
export function readHidden(text: string): number | number[] {
  const layers = text.split(',').map(readNumber);
  return layers.length === 1 ? layers[0]! : layers;
}

/** `adam`, `momentum:0.95`; plain steps where it is undefined. */
export function writeOptimiser(optimiser: Optimiser | undefined): string {
  return optimiser ? optimiserWords(optimiser) : 'plain';
}

/** @returns undefined for plain steps @throws InputError for what is no optimiser */
export function readOptimiser(text: string): Optimiser | undefined {
  const optimiser = parseOptimiserWords(text);
  checkOptimiser('optimiser', optimiser);
  return text === 'plain' ? undefined : optimiser;
}
