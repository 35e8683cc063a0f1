import { isHollow } from './autapses.ts';
import { type FixedSynapses, weightName } from './synapses.ts';

/**
 * Refuses synapses that cannot be laid beside others.
 *
 * @param laid those that are there already
 * @throws TypeError for a name that is taken, a start as a multiple of what is not laid yet or has another shape, no autapses between
 *   different populations, a density that is no share, and bounds between which nothing is
 */
export function checkSynapses(
  synapses: FixedSynapses<string, string>,
  laid: readonly FixedSynapses<string, string>[],
): void {
  const { name, pre, post } = synapses;
  const taken = laid.some((other) => weightName(other.name) === weightName(name));
  if (taken) throw new TypeError(`the circuit has two sets of synapses called ${weightName(name)}`);
  checkStart(synapses, laid);
  if (isHollow(synapses) && pre.name !== post.name) {
    throw new TypeError(`${name} have no autapses anyway: they run from ${pre.name} to ${post.name}`);
  }
  const { bounds, density = 1 } = synapses.options;
  if (!(density > 0 && density <= 1)) throw new TypeError(`the density of ${name} must be a share, not ${density}`);
  if (bounds && !(bounds.min < bounds.max)) {
    throw new TypeError(`the weights of ${name} cannot stay between ${bounds.min} and ${bounds.max}`);
  }
}

/** Refuses a start as a multiple of what is not laid yet, or has another shape. */
function checkStart(
  { name, pre, post, initial }: FixedSynapses<string, string>,
  laid: readonly FixedSynapses<string, string>[],
): void {
  if (!('of' in initial)) return;
  const other = laid.find((each) => each.name === initial.of);
  if (!other) throw new TypeError(`${name} starts as a multiple of ${initial.of}, which must be laid before it`);
  if (other.pre.size === pre.size && other.post.size === post.size) return;
  throw new TypeError(`${name} starts as a multiple of ${initial.of}, which has another shape`);
}
