import { type Activation, activations } from '../circuit/activation.ts';
import { functions } from '../circuit/functions.ts';
import { inputsOf } from '../circuit/trace.ts';
import type { CircuitDescription, DescribedActivity, DescribedSignal } from './description.ts';

/** How explicit errors, and what is zero where they are, get to cells elsewhere. */
export interface CarriedErrors {
  /**
   * `one layer`: only one population gets them. `chain`: they go from population to population. `broadcast`: each gets them
   * directly from where they are computed. `chain and broadcast`: both.
   */
  readonly way: 'one layer' | 'chain' | 'broadcast' | 'chain and broadcast';
  /** The populations that get them. */
  readonly to: readonly string[];
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

/** Where explicit errors are carried as such: by what is zero where they are. Undefined where they are not. */
export function carriedErrors(description: CircuitDescription): CarriedErrors | undefined {
  const { pathways } = description;
  const { places, carrying } = followErrors(description);
  const ways = pathways.filter(({ input, to }) => carrying.has(input) && !places.has(to));
  const to = [...new Set([...reachedFrom(places, ways), ...ways.map((way) => way.to)])];
  if (to.length === 0) return undefined;
  const direct = to.filter((name) => ways.some((way) => way.to === name && places.has(way.from)));
  const onward = ways.some(({ from, input }) => !places.has(from) && carrying.has(input));
  if (to.length === 1) return { way: 'one layer', to };
  if (!onward) return { way: 'broadcast', to };
  return { way: direct.length > 1 ? 'chain and broadcast' : 'chain', to };
}

/** What is computed from explicit errors and is there without them, too, as targets and burst rates are. */
export interface MixedError {
  /** The population that gets it, and no error as such. */
  readonly to: string;
  /** The signals that carry it there. */
  readonly within: readonly string[];
}

/** Where explicit errors get only together with what is there without them. */
export function mixedErrors(description: CircuitDescription): readonly MixedError[] {
  const { places, carrying, dependent } = followErrors(description);
  const ways = description.pathways.filter(({ input, to }) => dependent.has(input) && !places.has(to));
  const asSuch = new Set(ways.filter(({ input }) => carrying.has(input)).map(({ to }) => to));
  const signal = (id: number) => description.signals[id]?.expression ?? '';
  return [...Map.groupBy(ways, ({ to }) => to)]
    .filter(([to]) => !asSuch.has(to))
    .map(([to, each]) => ({ to, within: [...new Set(each.map(({ input }) => signal(input)))] }));
}

/** Where explicit errors are computed; the signals that depend on them, and those of these that are zero where they are. */
function followErrors(description: CircuitDescription) {
  const errors = explicitErrors(description, description);
  const ids = errors.map(({ id }) => id);
  const dependent = followOn(description, ids);
  const places = new Set(errors.map(({ population }) => population));
  return { places, dependent, carrying: vanishing(description, ids, dependent) };
}

/** The signals that are zero where the errors are, of those that depend on them: the most of which each is so if the others are. */
function vanishing(
  { signals }: DescribedActivity,
  errors: readonly number[],
  dependent: ReadonlySet<number>,
): ReadonlySet<number> {
  const found = new Set(dependent);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const signal of signals) {
      if (!errors.includes(signal.id) && !vanishes(signal, found)) found.delete(signal.id);
    }
  }
  return found;
}

/** Whether the signal is zero where these are. */
function vanishes({ id, operation, next }: DescribedSignal, zero: ReadonlySet<number>): boolean {
  if (operation === undefined) return zero.has(id);
  switch (operation.kind) {
    case 'plus':
    case 'minus':
    case 'minimum':
    case 'maximum':
      return zero.has(operation.left) && zero.has(operation.right);
    case 'multiply':
      return zero.has(operation.left) || zero.has(operation.right);
    case 'outer':
      return zero.has(operation.post) || zero.has(operation.pre);
    case 'drive':
      return zero.has(operation.input) || (operation.by !== undefined && zero.has(operation.by));
    case 'gate':
    case 'scale':
    case 'pool':
      return zero.has(operation.input);
    case 'apply':
      return zero.has(operation.input) && functions[operation.function].value(0) === 0;
    case 'activate':
      return zero.has(operation.input) && id === operation.output && vanishesAtZero(operation.activation);
    case 'equilibrium':
      return zero.has(operation.residual);
    case 'state': {
      const { start } = operation;
      const starts = 'value' in start ? start.value === 0 : zero.has(start.signal);
      return starts && next !== undefined && zero.has(next);
    }
    default:
      return false;
  }
}

function vanishesAtZero({ function: name, meanRate }: Activation): boolean {
  return meanRate === undefined && functions[activations[name]].value(0) === 0;
}

/** The populations that ways lead to, one after the other, from those to begin with. */
function reachedFrom(places: ReadonlySet<string>, ways: DescribedActivity['pathways']): readonly string[] {
  const found = new Set(places);
  for (const place of found) for (const { from, to } of ways) if (from === place) found.add(to);
  return [...found].filter((place) => !places.has(place));
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
