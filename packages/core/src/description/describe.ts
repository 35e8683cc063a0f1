import type { Activation } from '../circuit/activation.ts';
import { isHollow } from '../circuit/autapses.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { FixedSynapses } from '../circuit/synapses.ts';
import { architectureOf } from '../rules/architecture.ts';
import { type CircuitSettings, layOut } from '../rules/lay-out.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { describeActivity } from './activity.ts';
import type { CircuitDescription, DescribedActivity, DescribedSynapses, Effect } from './description.ts';
import { findEffects } from './effects.ts';
import type { Notation } from './expression.ts';
import { rateOf } from './rate.ts';
import { sizeSymbol, symbolicSizes } from './sizes.ts';

/** Which circuit of a rule is described. */
export interface CircuitOptions extends Omit<CircuitSettings, 'hidden'> {
  /** k, or the units of each hidden layer; without it there is one hidden layer of any number of units. */
  readonly hidden?: number | readonly number[];
}

/**
 * Describes the circuit of a learning rule by running it once on symbols.
 * @param named the rule, or the name of one that is registered
 * @throws InputError for an unknown rule, and for a circuit that it cannot have
 */
export function describeCircuit(named: string | Rule, options: CircuitOptions = {}): CircuitDescription {
  const rule = findRule(named);
  const { hidden } = options;
  const asked = architectureOf(rule, { ...options, hidden: hidden ?? 1 });
  const sizes = symbolicSizes(asked.hidden.length);
  const { circuit, architecture, parameters, behaviour } = layOut(rule, { ...options, hidden: sizes.hidden }, sizes);
  const { learn, predict, before, turns } = behaviour;
  const trace = circuit.trace((x, y) => {
    learn(x, y);
    return undefined;
  });
  const effects = findEffects(circuit, [trace, ...(predict ? [circuit.trace(predict)] : [])]);
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
    populations: circuit.allPopulations
      .filter(({ size }) => size > 0)
      .map(({ name, size, compartments }) => ({
        ...{ name, title: titleOf(name, rule), size: sizeSymbol(size, sizes), compartments },
      })),
    synapses: circuit.allSynapses.map((synapses) => {
      return { ...describeSynapses(synapses, effects), bias: isBias(synapses, activity) };
    }),
    ...activity,
    ...(turns !== undefined && { turns }),
    ...(before && {
      before: { times: before.times, ...describeActivity(circuit, traceOf(circuit, before), notation, effects) },
    }),
  };
}

function titleOf(population: string, { shape: { labels } }: Rule): string {
  return population === 'label' && (labels === 'teacher' || labels === 'second view') ? labels : population;
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

/** Whether synapses come from cells that always fire. */
function isBias({ name, options }: FixedSynapses<string, string>, { pathways }: DescribedActivity): boolean {
  return options.bias === true || pathways.some(({ synapses, bias }) => synapses === name && bias);
}

function describeSynapses(
  synapses: FixedSynapses<string, string>,
  effects: (synapses: string) => Effect,
): Omit<DescribedSynapses, 'bias'> {
  const { name, pre, post, compartment, plastic, options } = synapses;
  const place = compartment === undefined ? {} : { compartment };
  const ends = { name, from: pre.name, to: post.name, ...place, autapses: pre === post && !isHollow(synapses) };
  const { bounds, density } = options;
  return {
    ...ends,
    effect: effects(name),
    rate: rateOf(synapses),
    fixed: !plastic,
    ...(bounds && { bounds }),
    ...(density && { density }),
  };
}
