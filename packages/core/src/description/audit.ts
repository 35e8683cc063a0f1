import { signName } from './compose.ts';
import { definitions } from './definitions.ts';
import type { CircuitDescription, DescribedActivity } from './description.ts';
import { type CarriedErrors, carriedErrors, explicitErrors, type MixedError, mixedErrors } from './errors.ts';
import { auditUpdate, type SynapseAudit } from './locality.ts';
import {
  type AuditedPhase,
  countPhases,
  type Equilibrium,
  equation,
  equilibria,
  type KeptValue,
  keptValues,
  learnsAfterSettling,
  type NoiseSource,
  namedPhases,
  noiseSources,
  type RestingCondition,
  restingConditions,
  settlingSteps,
} from './timing.ts';

/** What a learning rule needs, and what of it a synapse in the brain would not have. */
export interface CircuitAudit {
  readonly rule: string;
  readonly synapses: readonly SynapseAudit[];
  /** The synapses that never learn. */
  readonly fixed: readonly string[];
  /** Synapses within a population by which no cell acts on itself directly. */
  readonly withoutAutapses: readonly string[];
  /** What the symbols of the updates stand for, such as `n = Qᵀ z`. */
  readonly definitions: readonly string[];
  /** Ways back that have the weights of the way there. */
  readonly weightTransport: readonly ReversedWeights[];
  /** Ways back that have the signs of the weights of the way there. */
  readonly signTransport: readonly ReversedWeights[];
  /** Ways that are assumed to have the weights of others, since both learn alike. */
  readonly assumedSymmetry: readonly ReversedWeights[];
  /** Synapses in both directions that learn by the same product of signals, and so come to agree: `W2`, `B1`. */
  readonly sharedProducts: readonly (readonly [string, string])[];
  /** Differences of the label and what the network makes of the stimulus, computed at the label or at as many other cells: `ε = y − W2 z`. */
  readonly explicitErrors: readonly string[];
  /** How these, and what is zero where they are, get to other cells; absent where they do not. */
  readonly errorCarried?: CarriedErrors;
  /** Where else they get, within what is there without them. */
  readonly errorMixed: readonly MixedError[];
  /** Cells that pass on signals of several kinds for a sample: `h2` up, `δ2` down. */
  readonly severalOutputs: readonly { readonly population: string; readonly signals: readonly string[] }[];
  /** Populations in which f′ of the activity gates what comes from the label. */
  readonly gatedBySlope: readonly string[];
  /** How many signals the same pathway has to carry for one sample, one after the other. One: there are no phases. */
  readonly phases: number;
  /** The phases that have names. */
  readonly namedPhases: readonly AuditedPhase[];
  /** For how many updates each of them is done alone, one after the other, where they take turns. */
  readonly turns?: number;
  /** How many steps the circuit settles for each sample, in all that it repeats. None: it does not. */
  readonly settling: number;
  /** When a sample settles in fewer steps; none where all samples take all of them. */
  readonly restingConditions: readonly RestingCondition[];
  /** Whether synapses wait until it has settled: none learns in what is repeated. */
  readonly learnsAfterSettling: boolean;
  /** Where fast dynamics are taken to have come to rest. */
  readonly equilibria: readonly Equilibrium[];
  readonly noise: readonly NoiseSource[];
  /** What cells and synapses keep besides weights. */
  readonly kept: readonly KeptValue[];
  /** Values at synapses other than their weights. */
  readonly synapseValues: readonly { readonly synapses: string; readonly expression: string }[];
  /** Sums over all cells of a population, or over all synapses. */
  readonly pooled: readonly { readonly at: string; readonly expression: string }[];
  /** Synapses whose weights are clipped each time that they change. */
  readonly bounded: readonly { readonly synapses: string; readonly min: number; readonly max: number }[];
  /** Synapses of which there is only a share. */
  readonly sparse: readonly { readonly synapses: string; readonly density: number }[];
  /** How often something is done before the first sample; absent where nothing is. */
  readonly before?: number;
  /** Whether every synapse learns locally. */
  readonly local: boolean;
}

/** Weights that are used in reverse: the way from `from` to `to` has the transpose of those of `synapses`, or its signs. */
export interface ReversedWeights {
  readonly synapses: string;
  readonly weights: string;
  readonly from: string;
  readonly to: string;
}

/** Says of every synapse what it learns from, and of the whole what is implausible in it. */
export function auditCircuit(description: CircuitDescription): CircuitAudit {
  const { before, rule, turns } = description;
  // What is done before the first sample is judged by the same measure.
  const activities: readonly DescribedActivity[] = before ? [description, before] : [description];
  const all = <Found>(find: (activity: DescribedActivity) => readonly Found[]): readonly Found[] =>
    distinct(activities.flatMap(find));
  const synapses = activities.flatMap((activity) =>
    activity.updates.map((update) => auditUpdate(description, activity, update)),
  );
  const carried = carriedErrors(description);
  return {
    rule,
    synapses: distinct(synapses),
    fixed: description.synapses.filter(({ fixed }) => fixed).map(({ name }) => name),
    withoutAutapses: description.synapses
      .filter(({ from, to, autapses }) => from === to && !autapses)
      .map(({ name }) => name),
    definitions: definitions(description),
    weightTransport: all((activity) => reversedWeights(activity, 'transport')),
    signTransport: all(transportedSigns),
    assumedSymmetry: all((activity) => reversedWeights(activity, 'symmetry')),
    sharedProducts: sharedProducts(description),
    explicitErrors: all((activity) => explicitErrors(description, activity).map(equation)),
    ...(carried && { errorCarried: carried }),
    errorMixed: mixedErrors(description),
    severalOutputs: severalOutputs(description),
    gatedBySlope: all(gatedBySlope),
    phases: countPhases(description),
    namedPhases: namedPhases(description),
    ...(turns !== undefined && { turns }),
    settling: Math.max(...activities.map(settlingSteps)),
    restingConditions: all(restingConditions),
    learnsAfterSettling: learnsAfterSettling(description),
    equilibria: all(equilibria),
    noise: all(noiseSources),
    kept: all(keptValues),
    synapseValues: all(synapseValues),
    pooled: all(pooledSignals),
    bounded: description.synapses.flatMap(({ name, bounds }) => (bounds ? [{ synapses: name, ...bounds }] : [])),
    sparse: description.synapses.flatMap(({ name, density }) => (density ? [{ synapses: name, density }] : [])),
    ...(before && { before: before.times }),
    local: synapses.every(({ local }) => local),
  };
}

/** The first of those that are alike. */
function distinct<Found>(all: readonly Found[]): readonly Found[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each] as const)).values()];
}

function reversedWeights({ pathways }: DescribedActivity, kind: 'transport' | 'symmetry'): readonly ReversedWeights[] {
  return pathways
    .filter(({ reversed }) => reversed === kind)
    .map(({ synapses, weights, from, to }) => ({ synapses, weights, from, to }));
}

function transportedSigns({ pathways }: DescribedActivity): readonly ReversedWeights[] {
  return pathways.flatMap(({ signs, from, to }) =>
    signs.map((synapses) => ({ synapses, weights: signName(synapses), from, to })),
  );
}

/** Synapses of which one learns `a bᵀ` and the other, the other way round, `b aᵀ`. */
function sharedProducts({ updates }: CircuitDescription): readonly (readonly [string, string])[] {
  const products = updates.flatMap(({ synapses, terms }) =>
    terms.flatMap((term) => ('value' in term ? [] : [{ synapses, ...term }])),
  );
  return products.flatMap((first, i) =>
    products
      .slice(i + 1)
      .filter(({ synapses, post, pre }) => synapses !== first.synapses && post === first.pre && pre === first.post)
      .map(({ synapses }) => [first.synapses, synapses] as const),
  );
}

function severalOutputs({ pathways, signals }: CircuitDescription): CircuitAudit['severalOutputs'] {
  const byPopulation = Map.groupBy(
    pathways.filter(({ bias }) => !bias),
    ({ from }) => from,
  );
  return [...byPopulation]
    .map(([population, ways]) => ({
      population,
      signals: [...new Set(ways.map(({ input }) => signals[input]?.expression ?? ''))],
    }))
    .filter((each) => each.signals.length > 1);
}

function gatedBySlope({ signals }: DescribedActivity): readonly string[] {
  return signals.flatMap(({ operation, population }) =>
    operation?.kind === 'gate' && signals[operation.input]?.dependsOn.includes('label') ? [population] : [],
  );
}

/** What stands for weights, and what synapses learn that is no product of signals. */
function synapseValues({ signals, pathways, updates }: DescribedActivity): CircuitAudit['synapseValues'] {
  const standing = pathways.flatMap(({ synapses, by }) => (by === undefined ? [] : [{ synapses, id: by }]));
  const learned = updates.flatMap(({ synapses, terms }) =>
    terms.flatMap((term) => ('value' in term ? [{ synapses, id: term.value }] : [])),
  );
  return [...standing, ...learned].map(({ synapses, id }) => ({ synapses, expression: signals[id]?.expression ?? '' }));
}

function pooledSignals({ signals }: DescribedActivity): CircuitAudit['pooled'] {
  return signals
    .filter(({ operation }) => operation?.kind === 'pool' || operation?.kind === 'softmax')
    .map((signal) => ({ at: signal.population, expression: equation(signal) }));
}
