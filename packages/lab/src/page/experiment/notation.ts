import {
  checkOptimiser,
  type Fan,
  type Initial,
  InputError,
  layersOf,
  type Optimiser,
  type OptimiserKind,
  optimiserNames,
  type Rate,
} from '@apical/core';

// How the command line and the address of the page write settings that are not single words or numbers.

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

/** `0.01`, `0.01:1000` (η0 and t0), `0.1:linear:5000:0.2`, `0.1:cosine:5000`, `0.1:steps:100,200:0.5`. */
export function writeRate({ eta0, t0, linear, cosine, steps }: Rate): string {
  const fall = linear ?? cosine;
  if (t0 !== undefined) return `${eta0}:${t0}`;
  if (steps) return `${eta0}:steps:${steps.at.join(',')}:${steps.factor}`;
  if (!fall) return String(eta0);
  return [eta0, linear ? 'linear' : 'cosine', fall.over, ...(fall.to === undefined ? [] : [fall.to])].join(':');
}

/** @throws InputError for what is no rate */
export function readRate(text: string): Rate {
  const [first = '', form, ...numbers] = text.split(':');
  const eta0 = readNumber(first);
  if (form === undefined) return { eta0 };
  const [second = '', third] = numbers;
  if (form === 'linear' || form === 'cosine') {
    return { eta0, [form]: { over: readNumber(second), ...(third !== undefined && { to: readNumber(third) }) } };
  }
  if (form === 'steps') {
    return { eta0, steps: { at: second.split(',').map(readNumber), factor: readNumber(third ?? '') } };
  }
  return { eta0, t0: readNumber(form) };
}

/** `normal:0.01`, `normal:1:in`, `uniform:0.5`, `identity:0.25`, `constant:0`. */
export function writeInitial(initial: Initial): string {
  const { fan, ...start } = initial as { fan?: Fan };
  return [...Object.entries(start).flat(), ...(fan === undefined ? [] : [fan])].join(':');
}

/** @throws InputError for what is no start of weights */
export function readInitial(text: string): Initial {
  const [form = '', number = '', fan] = text.split(':');
  if (!['normal', 'uniform', 'identity', 'constant'].includes(form)) {
    throw new InputError(`weights start as "${text}", which is none of normal, uniform, identity and constant`);
  }
  return { [form]: readNumber(number), ...(fan !== undefined && { fan }) } as Initial;
}

/** `adam`, `momentum,momentum=0.95,decoupled`: the kind, numbers, and what is so. */
export function writeOptimiser(optimiser: Optimiser | undefined): string {
  const { kind, ...settings } = optimiser ?? { kind: 'plain' };
  const words = Object.entries(settings).flatMap(([name, value]) => {
    if (typeof value === 'number') return [`${name}=${value}`];
    return value === true ? [name] : [];
  });
  return [kind, ...words].join(',');
}

/** @returns undefined for plain steps @throws InputError for what is no optimiser */
export function readOptimiser(text: string): Optimiser | undefined {
  const [kind = '', ...words] = text.split(',');
  if (!optimiserNames.includes(kind as OptimiserKind)) {
    throw new InputError(`there is no optimiser "${kind}"; there are ${optimiserNames.join(', ')}`);
  }
  const settings = words.map((word) => {
    const [name = '', number] = word.split('=');
    return [name, number === undefined ? true : readNumber(number)] as const;
  });
  const optimiser = { kind, ...Object.fromEntries(settings) } as Optimiser;
  checkOptimiser('optimiser', optimiser);
  return kind === 'plain' && words.length === 0 ? undefined : optimiser;
}
