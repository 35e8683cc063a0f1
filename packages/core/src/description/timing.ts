import { linearPart } from '../circuit/linear.ts';
import { allOperations } from '../circuit/trace.ts';
import { meanSymbol, transposeName } from './compose.ts';
import type { DescribedActivity, DescribedSignal } from './description.ts';

/** A phase of learning that has a name. */
export interface AuditedPhase {
  readonly name: string;
  /** The noise that drives cells in it. */
  readonly noise: readonly string[];
  /** Whether nothing in it depends on the stimulus: it is silenced. */
  readonly silent: boolean;
}

/** Something that a cell or a synapse keeps. */
export interface KeptValue {
  readonly name: string;
  /** Its population, or synapses. */
  readonly at: string;
  readonly lasts: 'sample' | 'ever';
}

/** Noise, anew at each sample and step. */
export interface NoiseSource {
  readonly name: string;
  readonly at: string;
  readonly distribution: 'normal' | 'uniform';
}

/** Where fast dynamics are taken to have come to rest. */
export interface Equilibrium {
  /** `z`, or what it is computed from. */
  readonly expression: string;
  readonly at: string;
  /** The ways by which they act on each other, over and over until they rest: what stands in the circuit for solving the equation. */
  readonly through: readonly string[];
}

/** When a sample has settled: where none of these signals is larger than the tolerance, in any cell. */
export interface RestingCondition {
  readonly expressions: readonly string[];
  readonly tolerance: number;
}

/** The largest number of different signals that one and the same pathway carries for a sample; a state is one, whatever it becomes. */
export function countPhases({ pathways, signals }: DescribedActivity): number {
  const carried = Map.groupBy(pathways, ({ weights, from }) => `${weights} from ${from}`);
  const different = (ways: typeof pathways) => new Set(ways.map(({ input }) => signals[input]?.expression)).size;
  return Math.max(1, ...[...carried.values()].map(different));
}

export function namedPhases({ phases, signals }: DescribedActivity): readonly AuditedPhase[] {
  return phases.map((name) => {
    const own = signals.filter(({ phase }) => phase === name);
    return {
      name,
      noise: own.filter(({ operation }) => operation?.kind === 'noise').map(({ expression }) => expression),
      silent: own.length > 0 && own.every(({ dependsOn }) => !dependsOn.includes('stimulus')),
    };
  });
}

/** How many steps are done for a sample, in all bodies that are repeated: 0 where nothing settles. */
export function settlingSteps({ repeats }: DescribedActivity): number {
  return repeats.reduce((total, steps) => total + steps, 0);
}

/** When what settles is at rest. */
export function restingConditions({ rests, signals }: DescribedActivity): readonly RestingCondition[] {
  return rests.map(({ drives, tolerance }) => ({
    expressions: drives.map((id) => signals[id]?.expression ?? ''),
    tolerance,
  }));
}

/** Whether something settles, and nothing is learned before it has. */
export function learnsAfterSettling(activity: DescribedActivity): boolean {
  return settlingSteps(activity) > 0 && activity.updates.every(({ steps }) => steps <= 1);
}

export function equilibria({ signals }: DescribedActivity): readonly Equilibrium[] {
  return signals.flatMap((signal) => {
    const { operation, population: at } = signal;
    if (operation?.kind !== 'equilibrium') return [];
    const ways = allOperations(linearPart(operation.body, operation.unknown)).flatMap((each) => {
      return each.kind === 'drive' ? [each.reversed ? transposeName(each.synapses) : each.synapses] : [];
    });
    return [{ expression: equation(signal), at, through: [...new Set(ways)] }];
  });
}

export function noiseSources({ signals }: DescribedActivity): readonly NoiseSource[] {
  return signals.flatMap(({ operation, expression, population }) =>
    operation?.kind === 'noise'
      ? [
          {
            name: expression,
            at: population,
            distribution: 'normal' in operation.distribution ? ('normal' as const) : ('uniform' as const),
          },
        ]
      : [],
  );
}

/** States, and running means of activity. */
export function keptValues({ signals }: DescribedActivity): readonly KeptValue[] {
  return signals.flatMap(({ id, operation, expression, population: at }): KeptValue[] => {
    if (operation?.kind === 'state') return [{ name: expression, at, lasts: operation.lasts }];
    if (operation?.kind !== 'activate' || operation.output !== id || operation.activation.meanRate === undefined)
      return [];
    return [{ name: meanSymbol(expression), at, lasts: 'ever' }];
  });
}

/** `n = Qᵀ z`; the expression alone where it has no other name. */
export function equation({ expression, definition }: DescribedSignal): string {
  return definition === undefined ? expression : `${expression} = ${definition}`;
}
