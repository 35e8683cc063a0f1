import type { Fan, Initial } from '../circuit/start.ts';
import { InputError, written } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import { RandomStream } from '../random/stream.ts';
import type { Shape } from './options.ts';
import { randomOrthogonal } from './orthogonal.ts';

/**
 * The weights that synapses of this name start with: deviates, row by row, from the random stream of their name, a random
 * orthogonal matrix times a factor, a multiple of the identity, or one number. Rules that have synapses of the same name and shape start alike.
 * @param shape as the weights are listed
 * @param ends the numbers of presynaptic and of postsynaptic cells
 */
export function initialWeights(
  name: string,
  shape: Shape,
  initial: Initial,
  seed: number,
  ends: { readonly pre: number; readonly post: number } = { pre: shape.cols, post: shape.rows },
): Matrix {
  const data = new Float32Array(shape.rows * shape.cols);
  if ('normal' in initial) {
    const stream = new RandomStream(seed, `initial weights ${name}`);
    const sd = initial.normal / rootOf(initial.fan, ends);
    for (let i = 0; i < data.length; i++) data[i] = sd * stream.normal();
  } else if ('uniform' in initial) {
    const stream = new RandomStream(seed, `initial weights ${name}`);
    const bound = initial.uniform / rootOf(initial.fan, ends);
    for (let i = 0; i < data.length; i++) data[i] = bound * (2 * stream.uniform() - 1);
  } else if ('orthogonal' in initial) {
    const Q = randomOrthogonal(shape, new RandomStream(seed, `initial weights ${name}`));
    data.set(Q.map((value) => initial.orthogonal * value));
  } else if ('constant' in initial) {
    data.fill(initial.constant);
  } else {
    for (let i = 0; i < Math.min(shape.rows, shape.cols); i++) data[i * shape.cols + i] = initial.identity;
  }
  return { ...shape, data };
}

/** The square root of the number of cells that a start is divided by. */
function rootOf(fan: Fan | undefined, { pre, post }: { readonly pre: number; readonly post: number }): number {
  if (fan === undefined) return 1;
  return Math.sqrt({ in: pre, out: post, sum: pre + post }[fan]);
}

const forms = ['normal', 'uniform', 'orthogonal', 'identity', 'constant'] as const;

/** @param name what it is called in messages. @throws InputError for a start that makes no sense */
export function checkInitial(name: string, initial: Initial): void {
  const values = Object(initial) as Readonly<Record<string, unknown>>;
  const [form, ...others] = forms.filter((each) => values[each] !== undefined);
  if (form === undefined || others.length > 0) throw new InputError(`${name} must have one of ${forms.join(', ')}`);
  const value = values[form];
  const isSpread = form === 'normal' || form === 'uniform';
  if (!Number.isFinite(value) || (isSpread && (value as number) < 0)) {
    throw new InputError(
      `${name} must be a finite number (a standard deviation or bound: zero or more), not ${written(value)}`,
    );
  }
  const unknown = Object.keys(values).find((key) => key !== form && key !== 'fan');
  if (unknown) throw new InputError(`${name}.${unknown}: a start has no such setting, only ${form} and fan`);
  const { fan } = values;
  if (fan !== undefined && !(isSpread && ['in', 'out', 'sum'].includes(String(fan)))) {
    throw new InputError(`${name}.fan must be in, out or sum, and is for normal and uniform starts`);
  }
}
