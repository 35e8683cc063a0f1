import type { Initial, Rate } from '@apical/core';
import { InvalidArgumentError } from 'commander';

/** What every `--data-dir` says of itself. */
export const dataDirectoryHelp = 'folder of the data sets (default: $APICAL_DATA, or the cache folder of the user)';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A finite number written in decimal (0.01, 1e-2). Its range is checked where it is used. */
export function parseNumber(text: string): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`A finite number is expected.`);
  return value;
}

/** A parser of whole numbers from `minimum`; 1e5 is one, too. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < minimum) {
      throw new InvalidArgumentError(`A whole number from ${minimum} is expected.`);
    }
    return value;
  };
}

/**
 * Adds one `--rate` to those before it: `W1=0.013` is a constant rate, `W1=0.013:1e3` one that decays as
 * η(t) = 0.013 / (1 + t/1000).
 */
export function parseRate(text: string, before: Record<string, Rate> = {}): Record<string, Rate> {
  const match = /^([^=:]+)=([^:]+)(?::(.+))?$/.exec(text);
  if (match === null)
    throw new InvalidArgumentError('SYNAPSES=RATE or SYNAPSES=RATE:T0 is expected, such as W1=0.01:1e3.');
  const [, synapses = '', eta0 = '', t0] = match;
  if (Object.hasOwn(before, synapses)) throw new InvalidArgumentError(`The rate of ${synapses} is given twice.`);
  const rate: Rate = t0 === undefined ? { eta0: parseNumber(eta0) } : { eta0: parseNumber(eta0), t0: parseNumber(t0) };
  return { ...before, [synapses]: rate };
}

/** Adds one `--initial` to those before it: `W1=normal:0.01` or `Q=identity:0.333`. */
export function parseInitial(text: string, before: Record<string, Initial> = {}): Record<string, Initial> {
  const match = /^([^=:]+)=(normal|identity):(.+)$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError(
      'SYNAPSES=normal:SD or SYNAPSES=identity:FACTOR is expected, such as W1=normal:0.01.',
    );
  }
  const [, synapses = '', kind, number = ''] = match;
  if (Object.hasOwn(before, synapses)) throw new InvalidArgumentError(`The start of ${synapses} is given twice.`);
  const value = parseNumber(number);
  return { ...before, [synapses]: kind === 'normal' ? { normal: value } : { identity: value } };
}

/** A parser of names out of `known`, separated by commas; `all` stands for every one. */
export function namesAmong<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) => {
    const names = new Set<Name>();
    for (const word of text.split(',').map((part) => part.trim())) {
      const name = known.find((candidate) => candidate === word);
      if (name !== undefined) names.add(name);
      else if (word === 'all') for (const each of known) names.add(each);
      else throw new InvalidArgumentError(`"${word}" is none of ${known.join(', ')}, all.`);
    }
    return [...names];
  };
}
