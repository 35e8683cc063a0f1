import { functions } from '../circuit/functions.ts';
import { inputsOf, type Operation } from '../circuit/trace.ts';
import type { CircuitDescription, DescribedActivity, DescribedSignal } from './description.ts';

/** How explicit errors, and what is computed from them, get to cells elsewhere. */
export interface CarriedErrors {
  /**
   * `one layer`: only one population gets them. `chain`: they go from population to population. `broadcast`: each gets them
   * directly from where they are computed. `chain and broadcast`: both.
   */
  readonly way: 'one layer' | 'chain' | 'broadcast' | 'chain and broadcast';
  /** The populations that get them. */
  readonly to: readonly string[];
  /** Where no way carries errors alone: the signals that carry them and are there without an error, too, such as burst rates. */
  readonly within?: readonly string[];
}

/** Differences of the label and what the network makes of the stimulus, computed at the label or at as many other cells. */
export function explicitErrors(
  { populations }: CircuitDescription,
  activity: DescribedActivity,
): readonly DescribedSignal[] {
  const label = populations.find(({ name }) => name === activity.signals[1]?.population);
  const places = new Set(populations.filter(({ size }) => size === label?.size).map(({ name }) => name));
  return activity.signals.filter((signal) => places.has(signal.population) && isError(signal, activity));
}

/** A difference of what comes from the label alone and what depends on the stimulus. */
function isError({ operation }: DescribedSignal, { signals }: DescribedActivity): boolean {
  if (operation?.kind !== 'minus' && operation?.kind !== 'plus') return false;
  const sides = [signals[operation.left], signals[operation.right]];
  if (operation.kind === 'plus' && !sides.some(isNegative)) return false;
  const dependsOnStimulus = sides.map((side) => side?.dependsOn.includes('stimulus') === true);
  const labelAlone = sides.some((side, i) => !dependsOnStimulus[i] && side?.dependsOn.includes('label'));
  return labelAlone && dependsOnStimulus.includes(true);
}

function isNegative(signal: DescribedSignal | undefined): boolean {
  return signal?.operation?.kind === 'scale' && signal.operation.factor < 0;
}

/** Where explicit errors are carried; undefined where they stay. */
export function carriedErrors(description: CircuitDescription): CarriedErrors | undefined {
  const { pathways, signals } = description;
  const errors = explicitErrors(description, description);
  const places = new Set(errors.map(({ population }) => population));
  const from = errors.map(({ id }) => id);
  const carrying = followOn(description, from);
  const ways = pathways.filter(({ input, to }) => carrying.has(input) && !places.has(to));
  const to = [...new Set(ways.map((way) => way.to))];
  if (to.length === 0) return undefined;
  const direct = to.filter((name) => ways.some((way) => way.to === name && places.has(way.from)));
  const onward = ways.some(({ from, input }) => !places.has(from) && carrying.has(input));
  const several = direct.length > 1 ? 'chain and broadcast' : 'chain';
  const alone = vanishing(description, from);
  const mixed = ways.some(({ input }) => alone.has(input))
    ? []
    : [...new Set(ways.map(({ input }) => signals[input]?.expression ?? ''))];
  return {
    way: to.length === 1 ? 'one layer' : onward ? several : 'broadcast',
    to,
    ...(mixed.length > 0 && { within: mixed }),
  };
}

/** The signals that are computed from these, and they themselves. */
function followOn({ signals }: DescribedActivity, from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { id, operation, next } of signals) {
      const sources = [...(operation ? inputsOf(operation) : []), ...(next === undefined ? [] : [next])];
      if (sources.some((source) => found.has(source))) found.add(id);
    }
  }
  return found;
}

/** The signals that are zero wherever these are, and they themselves: by the form of what computes them. */
function vanishing({ signals }: DescribedActivity, from: readonly number[]): ReadonlySet<number> {
  const found = new Set(from);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { id, operation } of signals) if (operation && vanishes(operation, found)) found.add(id);
  }
  return found;
}

function vanishes(operation: Operation, zero: ReadonlySet<number>): boolean {
  switch (operation.kind) {
    case 'plus':
    case 'minus':
      return zero.has(operation.left) && zero.has(operation.right);
    case 'multiply':
      return zero.has(operation.left) || zero.has(operation.right);
    case 'drive':
    case 'scale':
    case 'pool':
    case 'gate':
      return zero.has(operation.input);
    case 'apply':
      return zero.has(operation.input) && functions[operation.function].value(0) === 0;
    default:
      return false;
  }
}
