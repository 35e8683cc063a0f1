import type { CircuitDescription, DescribedSignal } from './describe.ts';

/** What a learning rule needs, and what of it a synapse in the brain would not have. */
export interface CircuitAudit {
  readonly rule: string;
  readonly synapses: readonly SynapseAudit[];
  /** What the symbols of the updates stand for, such as `n = Qᵀ z`. */
  readonly definitions: readonly string[];
  /** Ways back that have the weights of the way there. */
  readonly weightTransport: readonly ReversedWeights[];
  /** Ways that are assumed to have the weights of others, since both learn alike. */
  readonly assumedSymmetry: readonly ReversedWeights[];
  /** Differences of the label and what the network makes of the stimulus, computed at the label: `ε = y − W2 z`. */
  readonly explicitErrors: readonly string[];
  /** How many signals the same pathway has to carry for one sample, one after the other. One: there are no phases. */
  readonly phases: number;
  /** Whether every synapse learns locally. */
  readonly local: boolean;
}

/** The update of one set of synapses. */
export interface SynapseAudit {
  readonly synapses: string;
  /** In symbols: `ΔW2ᵀ = η2 (z yᵀ − W2ᵀ)`. */
  readonly update: string;
  readonly post: AuditedSignal;
  readonly pre: AuditedSignal;
  /** Whether both signals live at the synapses' own two ends, and got there without transported weights. */
  readonly local: boolean;
  /** The synapses whose weights were transported for it. */
  readonly transported: readonly string[];
  /** The synapses whose weights others are assumed to mirror for it. */
  readonly assumesMirrored: readonly string[];
}

/** A signal that changes synapses, and where it lives. */
export interface AuditedSignal {
  readonly expression: string;
  readonly population: string;
  readonly compartment?: string;
}

/** Weights that are used in reverse: the way from `from` to `to` has the transpose of those of `synapses`. */
export interface ReversedWeights {
  readonly synapses: string;
  readonly weights: string;
  readonly from: string;
  readonly to: string;
}

/** Says of every synapse what it learns from, and of the whole what is implausible in it. */
export function auditCircuit(description: CircuitDescription): CircuitAudit {
  const synapses = description.updates.map((update) => auditUpdate(description, update));
  const definitions = description.signals
    .flatMap(({ expression, definition }) => (definition === undefined ? [] : [`${expression} = ${definition}`]))
    .concat(activationDefinition(description));
  return {
    rule: description.rule,
    synapses,
    definitions,
    weightTransport: reversedWeights(description, 'transport'),
    assumedSymmetry: reversedWeights(description, 'symmetry'),
    explicitErrors: description.signals.filter((signal) => isExplicitError(signal, description)).map(equation),
    phases: countPhases(description),
    local: synapses.every(({ local }) => local),
  };
}

function auditUpdate(
  { signals, synapses }: CircuitDescription,
  { synapses: name, expression, post, pre }: CircuitDescription['updates'][number],
): SynapseAudit {
  const own = synapses.find((candidate) => candidate.name === name);
  const [postSignal, preSignal] = [signals[post], signals[pre]];
  if (!own || !postSignal || !preSignal) throw new TypeError(`the description has no synapses ${name} or no signals`);
  const transported = [...new Set([...postSignal.transported, ...preSignal.transported])];
  const atOwnEnds = postSignal.population === own.to && preSignal.population === own.from;
  return {
    synapses: name,
    update: `Δ${name} = ${expression}`,
    post: auditedSignal(postSignal),
    pre: auditedSignal(preSignal),
    local: atOwnEnds && transported.length === 0,
    transported,
    assumesMirrored: [...new Set([...postSignal.mirrored, ...preSignal.mirrored])],
  };
}

function auditedSignal({ expression, population, compartment }: DescribedSignal): AuditedSignal {
  return { expression, population, ...(compartment !== undefined && { compartment }) };
}

function reversedWeights({ pathways }: CircuitDescription, kind: 'transport' | 'symmetry'): readonly ReversedWeights[] {
  return pathways
    .filter(({ reversed }) => reversed === kind)
    .map(({ synapses, weights, from, to }) => ({ synapses, weights, from, to }));
}

/** A difference, at the label, of what comes from the label alone and what depends on the stimulus. */
function isExplicitError({ operation, population }: DescribedSignal, { signals }: CircuitDescription): boolean {
  if (operation?.kind !== 'minus' || population !== signals[1]?.population) return false;
  const sides = [signals[operation.left], signals[operation.right]];
  const dependsOnStimulus = sides.map((side) => side?.dependsOn.includes('stimulus') === true);
  const labelAlone = sides.some((side, i) => !dependsOnStimulus[i] && side?.dependsOn.includes('label'));
  return labelAlone && dependsOnStimulus.includes(true);
}

function equation({ expression, definition }: DescribedSignal): string {
  return definition === undefined ? expression : `${expression} = ${definition}`;
}

/** The largest number of different signals that one and the same pathway carries. */
function countPhases({ pathways }: CircuitDescription): number {
  const carried = new Map<string, Set<number>>();
  for (const { weights, from, input } of pathways) {
    const key = `${weights} from ${from}`;
    carried.set(key, (carried.get(key) ?? new Set()).add(input));
  }
  return Math.max(1, ...[...carried.values()].map((inputs) => inputs.size));
}

function activationDefinition({ activation, signals }: CircuitDescription): string[] {
  const { function: name, meanRate } = activation;
  if (name === 'linear') return [];
  const definitions = [name === 'relu' ? 'f(u) = max(u, 0)' : 'f(u) = tanh u'];
  if (meanRate === undefined) return definitions;
  const outputs = signals.filter(({ id, operation }) => operation?.kind === 'activate' && operation.output === id);
  const means = outputs.map(({ expression }) => `${expression}\u0304 = running mean of f(u), rate ${meanRate}`);
  return [...definitions, ...means];
}
