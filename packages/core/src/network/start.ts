import { isHollow, withoutAutapses } from '../circuit/autapses.ts';
import type { Channel } from '../circuit/start.ts';
import { type FixedSynapses, weightName } from '../circuit/synapses.ts';
import { InputError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import { initialWeights } from './initial-weights.ts';
import { checkNames, checkWeights, type NetworkOptions, type Shape } from './options.ts';
import { groupOf } from './plasticity.ts';

/** The shape of the synapses' weights as they are listed: transposed, where their name ends in ᵀ. */
export function listedShape({ name, pre, post }: FixedSynapses<string, string>): Shape {
  return name === weightName(name) ? { rows: post.size, cols: pre.size } : { rows: pre.size, cols: post.size };
}

/**
 * What a network's synapses start with, by the names of `Network.weights`: the weights that were given, and how the others start.
 *
 * @param lasting the shapes of running means and states that last, for which weights can be given, too
 * @throws InputError for weights of other names and shapes, and for weights of autapses that there are not
 */
export function startOf(
  synapses: readonly FixedSynapses<string, string>[],
  lasting: ReadonlyMap<string, Shape>,
  options: NetworkOptions,
): ReadonlyMap<string, Matrix> {
  const { seed = 0, initial = {}, weights = {} } = options;
  const shapes = new Map(synapses.map((each) => [weightName(each.name), listedShape(each)]));
  const groups = [...shapes.keys()].map(groupOf).filter((group) => Object.hasOwn(initial, group));
  checkNames('initial', options, [...shapes.keys(), ...groups.filter((group) => !shapes.has(group))]);
  for (const [name, shape] of lasting) shapes.set(name, shape);
  checkNames('weights', options, [...shapes.keys()]);
  checkWeights(weights, shapes);
  const starts = new Map<string, Matrix>();
  for (const each of synapses) {
    const name = weightName(each.name);
    const given = weights[name];
    if (given) {
      checkAutapses(each, given);
      starts.set(name, given);
      continue;
    }
    const shape = listedShape(each);
    const start = initial[name] ?? initial[groupOf(name)] ?? each.initial;
    const ends = { pre: each.pre.size, post: each.post.size };
    const own =
      'of' in start
        ? multipleOf(starts.get(start.of)!, start.times)
        : 'channel' in start
          ? channelOf(shape, start)
          : initialWeights(name, shape, start, seed, ends);
    starts.set(name, { ...own, data: withoutAutapses(each, own.data) });
  }
  return starts;
}

/** The cells of a channel, each to its own: see `Channel`. */
export function channelOf({ rows, cols }: Shape, { channel }: Channel): Matrix {
  const data = new Float32Array(rows * cols);
  for (let i = 0; i < rows; i++) data[i * cols + channel * rows + i] = 1;
  return { rows, cols, data };
}

function checkAutapses(synapses: FixedSynapses<string, string>, { cols, data }: Matrix): void {
  if (!isHollow(synapses)) return;
  for (let i = 0; i < cols; i++) {
    const own = data[i * (cols + 1)]!;
    if (own === 0) continue;
    throw new InputError(
      `weights.${weightName(synapses.name)} must have zeros on its diagonal, not ${own}: its cells have no synapses onto themselves`,
    );
  }
}

function multipleOf({ rows, cols, data }: Matrix, times: number): Matrix {
  return { rows, cols, data: Float32Array.from(data, (value) => times * value) };
}
