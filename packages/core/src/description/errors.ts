import { inputsOf } from '../circuit/trace.ts';
import type { DescribedActivity, DescribedSignal } from './description.ts';

/** How explicit errors, and what is computed from them, get to cells elsewhere. */
export interface CarriedErrors {
  /**
   * `one layer`: only one population gets them. `chain`: they go from population to population. `broadcast`: each gets them
   * directly from where they are computed. `chain and broadcast`: both.
   */
  readonly way: 'one layer' | 'chain' | 'broadcast' | 'chain and broadcast';
  /** The populations that get them. */
  readonly to: readonly string[];
}

/** Differences of the label and what the network makes of the stimulus, computed at the label. */
export function explicitErrors(activity: DescribedActivity): readonly DescribedSignal[] {
  return activity.signals.filter((signal) => isExplicitError(signal, activity));
}

/** A difference, at the label, of what comes from the label alone and what depends on the stimulus. */
function isExplicitError({ operation, population }: DescribedSignal, { signals }: DescribedActivity): boolean {
  if (population !== signals[1]?.population) return false;
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
export function carriedErrors(activity: DescribedActivity): CarriedErrors | undefined {
  const { pathways } = activity;
  const errors = explicitErrors(activity);
  const places = new Set(errors.map(({ population }) => population));
  const carrying = followOn(
    activity,
    errors.map(({ id }) => id),
  );
  const ways = pathways.filter(({ input, to }) => carrying.has(input) && !places.has(to));
  const to = [...new Set(ways.map((way) => way.to))];
  if (to.length === 0) return undefined;
  const direct = to.filter((name) => ways.some((way) => way.to === name && places.has(way.from)));
  const onward = ways.some(({ from, input }) => !places.has(from) && carrying.has(input));
  if (to.length === 1) return { way: 'one layer', to };
  if (!onward) return { way: 'broadcast', to };
  return { way: direct.length > 1 ? 'chain and broadcast' : 'chain', to };
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
