import type { Activation } from '../circuit/activation.ts';
import { Circuit } from '../circuit/circuit.ts';
import type { Synapses } from '../circuit/synapses.ts';
import type { Change, Operation, Reversal, Trace } from '../circuit/trace.ts';
import { architectureOf, checkSize } from '../rules/architecture.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { transposeName, writeSignals, writeUpdate } from './expression.ts';
import { followSignals } from './flow.ts';

/** Which circuit of a rule is described. */
export interface CircuitOptions {
  /** k; without it the hidden units are any number. */
  readonly hidden?: number;
  /** f of the hidden units; linear by default. */
  readonly activation?: Activation['function'];
  /** ε of the running mean that is subtracted from their activity. */
  readonly meanRate?: number;
  /** Whether interneurons have weights of their own, where the rule has interneurons. */
  readonly decoupled?: boolean;
}

/** A learning rule's circuit and what it does with one sample, as plain data. All of it comes from the rule's trace. */
export interface CircuitDescription {
  readonly rule: string;
  /** Where the rule is published. */
  readonly source: string;
  readonly activation: Activation;
  readonly decoupled: boolean;
  /** k, where it was given. */
  readonly hidden?: number;
  readonly populations: readonly DescribedPopulation[];
  readonly synapses: readonly DescribedSynapses[];
  /** In the order in which they are computed. */
  readonly signals: readonly DescribedSignal[];
  /** Which signal drives what while the circuit learns. */
  readonly pathways: readonly DescribedPathway[];
  /** Which signals change which synapses. */
  readonly updates: readonly DescribedUpdate[];
}

export interface DescribedPopulation {
  readonly name: string;
  /** How many cells, in symbols: m (inputs), n (labels), k (hidden units). */
  readonly size: string;
  readonly compartments: readonly string[];
}

/** Whether a current adds to what it meets, or is subtracted from it. */
export type Effect = 'excitatory' | 'inhibitory';

export interface DescribedSynapses {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The compartment of the postsynaptic cells where they end. */
  readonly compartment?: string;
  readonly effect: Effect;
  /** The name of their learning rate. */
  readonly rate: string;
}

/** A signal's way over synapses. */
export interface DescribedPathway {
  /** What the signal is multiplied by: the synapses' name, or that of their transpose. */
  readonly weights: string;
  /** The synapses whose weights these are. */
  readonly synapses: string;
  /** Why they are used in reverse, where they are. */
  readonly reversed?: Reversal;
  readonly from: string;
  readonly to: string;
  readonly compartment?: string;
  readonly effect: Effect;
  /** The signals at both ends, by their `id`. */
  readonly input: number;
  readonly output: number;
}

export interface DescribedSignal {
  readonly id: number;
  /** Its symbol, or what it is computed from: `n`, `a − Q n`. */
  readonly expression: string;
  /** What a signal with a symbol is computed from: `Qᵀ z`. */
  readonly definition?: string;
  readonly population: string;
  /** The compartment where it arises; absent for what the cells pass on. */
  readonly compartment?: string;
  /** How it is computed; absent for the input and the label. */
  readonly operation?: Operation;
  /** Which of the input and the label it depends on. */
  readonly dependsOn: readonly ('stimulus' | 'label')[];
  /** The synapses whose weights must have been transported for the signal to be where it is. */
  readonly transported: readonly string[];
  /** The synapses of which others are assumed to mirror the weights. */
  readonly mirrored: readonly string[];
}

export interface DescribedUpdate {
  readonly synapses: string;
  /** The change, in symbols: `ηq (z nᵀ − Q)`. */
  readonly expression: string;
  /** The signals, by their `id`. */
  readonly post: number;
  readonly pre: number;
  /** Whether the weights decay. */
  readonly decay: boolean;
}

/**
 * Describes the circuit of a learning rule by running it once on symbols.
 * @throws InputError for an unknown rule, and for a circuit that it cannot have
 */
export function describeCircuit(ruleName: string, options: CircuitOptions = {}): CircuitDescription {
  return describeRule(findRule(ruleName), options);
}

// Sizes that stand for m, n and k while the rule lays out its circuit; prime, so that none is a multiple of another.
const [m, n, k] = [1_000_003, 1_000_033, 1_009];

/** The same for a rule that need not be registered. */
export function describeRule(rule: Rule, options: CircuitOptions = {}): CircuitDescription {
  const { hidden } = options;
  if (hidden !== undefined) checkSize('hidden', hidden);
  const architecture = architectureOf(rule, { ...options, hidden: k });
  const circuit = new Circuit(m, n);
  const { learn, predict } = rule.build(circuit, architecture, { decoupled: options.decoupled ?? false } as never);
  const trace = circuit.trace((x, y) => {
    learn(x, y);
  });
  const effects = findEffects(circuit, [trace, circuit.trace(predict)]);
  return {
    rule: rule.name,
    source: rule.source,
    activation: architecture.activation,
    decoupled: architecture.decoupled,
    ...(hidden !== undefined && { hidden }),
    populations: circuit.allPopulations.map(({ name, size, compartments }) => {
      return { name, size: sizeSymbol(size), compartments };
    }),
    synapses: circuit.allSynapses.map((synapses) => describeSynapses(synapses, effects)),
    signals: describeSignals(trace),
    pathways: describePathways(trace, effects),
    updates: trace.changes.map((change) => describeUpdate(change, trace, circuit)),
  };
}

function sizeSymbol(size: number): string {
  if (size === m) return 'm';
  if (size === n) return 'n';
  if (size % k !== 0) return String(size);
  return size === k ? 'k' : `${size / k} k`;
}

/** Synapses are inhibitory if their current is subtracted wherever it arrives. */
function findEffects(circuit: Circuit, traces: readonly Trace[]): (synapses: string) => Effect {
  const inhibitory = circuit.allSynapses.filter(({ name }) => {
    const subtracted = traces.flatMap(({ operations, result }) =>
      operations
        .filter((drive) => drive.kind === 'drive' && drive.synapses === name && !drive.reversed)
        .map(({ output }) => output !== result && isOnlySubtracted(output, operations)),
    );
    return subtracted.length > 0 && subtracted.every(Boolean);
  });
  return (synapses) => (inhibitory.some(({ name }) => name === synapses) ? 'inhibitory' : 'excitatory');
}

function isOnlySubtracted(signal: number, operations: readonly Operation[]): boolean {
  const uses = operations.filter((operation) =>
    operation.kind === 'minus' ? [operation.left, operation.right].includes(signal) : operation.input === signal,
  );
  return uses.length > 0 && uses.every((use) => use.kind === 'minus' && use.right === signal && use.left !== signal);
}

function describeSynapses(
  { name, pre, post, compartment, rate }: Synapses<string, string>,
  effects: (synapses: string) => Effect,
): DescribedSynapses {
  const place = compartment === undefined ? {} : { compartment };
  return { name, from: pre.name, to: post.name, ...place, effect: effects(name), rate };
}

/** Every pathway once for each signal that it carries. */
function describePathways(trace: Trace, effects: (synapses: string) => Effect): DescribedPathway[] {
  const pathways = trace.operations.flatMap((operation) =>
    operation.kind === 'drive' ? [describePathway(operation, trace, effects)] : [],
  );
  const same = (a: DescribedPathway, b: DescribedPathway) =>
    a.weights === b.weights && a.from === b.from && a.input === b.input;
  return pathways.filter((pathway, i) => pathways.findIndex((other) => same(pathway, other)) === i);
}

function describePathway(
  { synapses, reversed, input, output }: Operation & { kind: 'drive' },
  { signals }: Trace,
  effects: (synapses: string) => Effect,
): DescribedPathway {
  const compartment = signals[output]?.compartment;
  return {
    weights: reversed ? transposeName(synapses) : synapses,
    synapses,
    ...(reversed && { reversed }),
    from: signals[input]?.population ?? '',
    to: signals[output]?.population ?? '',
    ...(compartment !== undefined && { compartment }),
    effect: reversed ? 'excitatory' : effects(synapses),
    input,
    output,
  };
}

function describeSignals(trace: Trace): DescribedSignal[] {
  const written = writeSignals(trace);
  const flows = followSignals(trace);
  return trace.signals.map(({ id, population }) => {
    const { operation, compartment, dependsOn, transported, mirrored } = flows[id] ?? {};
    const { expression = '', definition } = written[id] ?? {};
    return {
      id,
      expression,
      ...(definition !== undefined && { definition }),
      population,
      ...(compartment !== undefined && { compartment }),
      ...(operation && { operation }),
      dependsOn: dependsOn ?? [],
      transported: transported ?? [],
      mirrored: mirrored ?? [],
    };
  });
}

function describeUpdate(change: Change, trace: Trace, circuit: Circuit): DescribedUpdate {
  const { synapses, post, pre, decay } = change;
  const rate = circuit.allSynapses.find(({ name }) => name === synapses)?.rate ?? synapses;
  return { synapses, expression: writeUpdate(trace, change, rate), post, pre, decay: decay === 1 };
}
