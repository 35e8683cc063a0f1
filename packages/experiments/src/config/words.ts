import {
  type Fan,
  type Initial,
  InputError,
  type Optimiser,
  type OptimiserKind,
  optimiserNames,
  optimiserNumbers,
  type Rate,
} from '@apical/core';
import { suggestion } from './suggestion.ts';

// Settings as words of a command line. What is read from what is written is what was written.

/** `0.01`, `0.01:1e3` (t0), `0.01:linear:10000:0.02` (over, to), `0.01:cosine:10000`, `0.01:steps:1000,2000:0.1` (at, factor). */
export function parseRateWords(text: string): Rate {
  const [start = '', form, ...numbers] = text.split(':');
  const eta0 = parseDecimal(start);
  if (form === undefined) return { eta0 };
  if (form === 'linear' || form === 'cosine') {
    const [over, to] = atMost(numbers, 1, 2, `${form}:UPDATES or ${form}:UPDATES:PART`).map(parseDecimal);
    return { eta0, [form]: { over, ...(to !== undefined && { to }) } };
  }
  if (form === 'steps') {
    const [at = '', factor = ''] = atMost(numbers, 2, 2, 'steps:UPDATE,UPDATE:FACTOR');
    return { eta0, steps: { at: at.split(',').map(parseDecimal), factor: parseDecimal(factor) } };
  }
  if (numbers.length > 0 || Number.isNaN(Number(form))) {
    const forms = ['linear', 'cosine', 'steps'];
    throw new InputError(
      `T0, or one of ${forms.join(', ')} is expected after the rate, not "${form}"${suggestion(form, forms)}`,
    );
  }
  return { eta0, t0: parseDecimal(form) };
}

export function rateWords({ eta0, t0, linear, cosine, steps }: Rate): string {
  const fall = ({ over, to }: NonNullable<Rate['linear']>) => [over, ...(to === undefined ? [] : [to])];
  return [
    eta0,
    ...(t0 === undefined ? [] : [t0]),
    ...(linear ? ['linear', ...fall(linear)] : []),
    ...(cosine ? ['cosine', ...fall(cosine)] : []),
    ...(steps ? ['steps', steps.at.join(','), steps.factor] : []),
  ].join(':');
}

const fans: readonly Fan[] = ['in', 'out', 'sum'];

/** `normal:0.01`, `normal:1:fan-in`, `uniform:1:fan-sum`, `orthogonal:1`, `identity:0.333`, `constant:0`. */
export function parseStartWords(text: string): Initial {
  const [form = '', number, fanWord, ...others] = text.split(':');
  const forms = ['normal', 'uniform', 'orthogonal', 'identity', 'constant'];
  const fan = fans.find((each) => fanWord === `fan-${each}`);
  const isSpread = form === 'normal' || form === 'uniform';
  const isRight = forms.includes(form) && number !== undefined && others.length === 0;
  if (!isRight || (fanWord !== undefined && !(fan && isSpread))) {
    throw new InputError(
      `normal:SD, uniform:BOUND (each with or without :fan-in, :fan-out or :fan-sum), orthogonal:FACTOR, identity:FACTOR or constant:NUMBER is expected, not "${text}"`,
    );
  }
  return { [form]: parseDecimal(number), ...(fan && { fan }) } as unknown as Initial;
}

export function startWords(initial: Initial): string {
  if ('orthogonal' in initial) return `orthogonal:${initial.orthogonal}`;
  if ('identity' in initial) return `identity:${initial.identity}`;
  if ('constant' in initial) return `constant:${initial.constant}`;
  const [form, number] = 'normal' in initial ? ['normal', initial.normal] : ['uniform', initial.uniform];
  return [form, number, ...(initial.fan === undefined ? [] : [`fan-${initial.fan}`])].join(':');
}

/** What is not a number of an optimiser, by its word. */
const flags: Readonly<Record<string, string>> = {
  decoupled: 'decoupled',
  'epsilon-hat': 'epsilonHat',
  centred: 'centred',
  'epsilon-inside': 'epsilonInside',
};
const decayWord = 'weight-decay=';

/**
 * `adam`, `momentum:0.9`, `rmsprop:0.99:1e-8`, `adam:0.9:0.999:1e-8`: a kind and its numbers in their order, as many as are not as
 * usual; then `decoupled`, `epsilon-hat`, `centred` or `epsilon-inside`, and `weight-decay=1e-4`. Whether they fit the kind is checked where it is used.
 */
export function parseOptimiserWords(text: string): Optimiser {
  const [kind = '', ...words] = text.split(':');
  if (!optimiserNames.includes(kind as OptimiserKind)) {
    throw new InputError(
      `one of ${optimiserNames.join(', ')} is expected, not "${kind}"${suggestion(kind, optimiserNames)}`,
    );
  }
  const names = Object.keys(optimiserNumbers[kind as OptimiserKind]);
  const optimiser: Record<string, unknown> = { kind };
  let numbers = 0;
  for (const word of words) {
    const flag = flags[word];
    const name = names[numbers];
    if (flag !== undefined) optimiser[flag] = true;
    else if (word.startsWith(decayWord)) optimiser.weightDecay = parseDecimal(word.slice(decayWord.length));
    else if (name === undefined) {
      const known = names.length > 0 ? `${kind} has ${names.join(', ')}` : `${kind} has no numbers`;
      throw new InputError(`${known}; "${word}" is one too many`);
    } else {
      optimiser[name] = parseDecimal(word);
      numbers++;
    }
  }
  return optimiser as unknown as Optimiser;
}

/** @returns words that are read as the same optimiser, but for numbers before the last that are as usual, which are written, too */
export function optimiserWords(optimiser: Optimiser): string {
  const { kind, weightDecay, ...given } = optimiser as Optimiser &
    Readonly<Record<string, number | boolean | undefined>>;
  const usual: Readonly<Record<string, number>> = optimiserNumbers[kind];
  const names = Object.keys(usual);
  const last = names.findLastIndex((name) => given[name] !== undefined);
  return [
    kind,
    ...names.slice(0, last + 1).map((name) => given[name] ?? usual[name]),
    ...Object.entries(flags).flatMap(([word, name]) => (given[name] === true ? [word] : [])),
    ...(weightDecay === undefined ? [] : [`${decayWord}${weightDecay}`]),
  ].join(':');
}

/** The parts, if they are as many as there can be. */
function atMost(parts: readonly string[], fewest: number, most: number, expected: string): readonly string[] {
  if (parts.length >= fewest && parts.length <= most) return parts;
  throw new InputError(`${expected} is expected`);
}

/** A finite number written in decimal: 0.01, 1e-2. */
function parseDecimal(text: string): number {
  const value = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new InputError(`a finite number is expected, not "${text}"`);
  return value;
}
