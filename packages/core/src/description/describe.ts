import type { Activation } from '../circuit/activation.ts';
import { Circuit } from '../circuit/circuit.ts';
import type { FixedSynapses } from '../circuit/synapses.ts';
import { type ArchitectureOptions, architectureOf, layersOf } from '../rules/architecture.ts';
import { type ParameterValue, type ParameterValues, parameterValues } from '../rules/parameters.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { describeActivity } from './activity.ts';
import type { CircuitDescription, DescribedActivity, DescribedSynapses, Effect } from './description.ts';
import { findEffects } from './effects.ts';
import type { Notation } from './expression.ts';
import { rateOf } from './rate.ts';
import { sizeSymbol, symbolicSizes } from './sizes.ts';

/** Which circuit of a rule is described. */
export interface CircuitOptions extends Partial<ArchitectureOptions> {
  /** k, or the units of each hidden layer; without it there is one hidden layer of any number of units. */
  readonly hidden?: number | readonly number[];
  /** The rule's own parameters, by name; what is not given has its default. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** BMVR's parameter of that name: whether interneurons have weights of their own. */
  readonly decoupled?: boolean;
}

/**
 * Describes the circuit of a learning rule by running it once on symbols.
 * @param named the rule, or the name of one that is registered
 * @throws InputError for an unknown rule, and for a circuit that it cannot have
 */
export function describeCircuit(named: string | Rule, options: CircuitOptions = {}): CircuitDescription {
  const rule = findRule(named);
  const { hidden } = options;
  const architecture = architectureOf(rule, { ...options, hidden: hidden ?? 1 });
  const parameters = circuitParameters(rule, options);
  const sizes = symbolicSizes(layersOf(architecture.hidden).length);
  const circuit = new Circuit(sizes.inputs, sizes.labels);
  const { learn, predict, before } = rule.build(circuit, { ...architecture, hidden: sizes.hidden }, parameters);
  const trace = circuit.trace((x, y) => {
    learn(x, y);
    return undefined;
  });
  const effects = findEffects(circuit, [trace, circuit.trace(predict)]);
  const notation = notationOf(circuit, architecture.activation);
  const activity = describeActivity(circuit, trace, notation, effects);
  return {
    rule: rule.name,
    title: rule.title,
    year: rule.year,
    source: rule.source,
    parameters,
    changed: Object.keys(parameters).filter((name) => parameters[name] !== rule.parameters[name]?.default),
    activation: architecture.activation,
    output: architecture.output,
    loss: architecture.loss,
    biases: architecture.biases,
    decoupled: parameters.decoupled === true,
    ...(hidden !== undefined && { hidden }),
    populations: circuit.allPopulations.map(({ name, size, compartments }) => {
      return { name, size: sizeSymbol(size, sizes), compartments };
    }),
    synapses: circuit.allSynapses.map((synapses) => {
      return { ...describeSynapses(synapses, effects), bias: isBias(synapses, activity) };
    }),
    ...activity,
    ...(before && {
      before: { times: before.times, ...describeActivity(circuit, traceOf(circuit, before), notation, effects) },
    }),
  };
}

function traceOf(circuit: Circuit, { run }: { run(): void }) {
  return circuit.trace(() => {
    run();
    return undefined;
  });
}

function notationOf(circuit: Circuit, activation: Activation): Notation {
  const single = new Set(circuit.allPopulations.filter(({ size }) => size === 1).map(({ name }) => name));
  return { activation, isSingle: (population) => single.has(population) };
}

/** The rule's parameters, with their defaults. @throws InputError for those that it does not have */
export function circuitParameters(rule: Rule, { parameters = {}, decoupled }: CircuitOptions): ParameterValues {
  const isOwn = decoupled === true || (decoupled === false && 'decoupled' in rule.parameters);
  return parameterValues(rule.name, rule.parameters, isOwn ? { ...parameters, decoupled } : parameters);
}

/** Whether synapses come from cells that always fire. */
function isBias({ name, options }: FixedSynapses<string, string>, { pathways }: DescribedActivity): boolean {
  return options.bias === true || pathways.some(({ synapses, bias }) => synapses === name && bias);
}

function describeSynapses(
  synapses: FixedSynapses<string, string>,
  effects: (synapses: string) => Effect,
): Omit<DescribedSynapses, 'bias'> {
  const { name, pre, post, compartment, plastic } = synapses;
  const place = compartment === undefined ? {} : { compartment };
  const ends = { name, from: pre.name, to: post.name, ...place };
  return { ...ends, effect: effects(name), rate: rateOf(synapses), fixed: !plastic };
}
