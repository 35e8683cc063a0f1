import { Circuit } from '../circuit/circuit.ts';
import { type Architecture, type ArchitectureOptions, architectureOf } from './architecture.ts';
import { type ParameterValue, type ParameterValues, parameterValues } from './parameters.ts';
import type { Behaviour, Rule } from './rule.ts';
import { predictsLabels } from './shape.ts';

/** What says the circuit of a rule, apart from the sizes of inputs and labels. */
export interface CircuitSettings extends ArchitectureOptions {
  /** The rule's own settings, by name. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** BMVR's parameter of that name, which can be given beside the others. */
  readonly decoupled?: boolean;
}

/** A rule's circuit at sizes and with parameters. */
export interface LaidOut {
  readonly rule: Rule;
  readonly architecture: Architecture;
  readonly parameters: ParameterValues;
  readonly circuit: Circuit;
  readonly behaviour: Behaviour;
}

/** Has the rule lay its populations and synapses. @throws InputError for a circuit that the rule cannot have */
export function layOut(
  rule: Rule,
  settings: CircuitSettings,
  { inputs, labels }: { readonly inputs: number; readonly labels: number } = { inputs: 1, labels: 1 },
): LaidOut {
  const architecture = architectureOf(rule, settings);
  const parameters = parameterValues(rule.name, rule.parameters, givenParameters(settings));
  const circuit = new Circuit(inputs, rule.shape.labels === 'none' ? 0 : labels);
  const behaviour = rule.build(circuit, architecture, parameters);
  if (predictsLabels(rule.shape) === (behaviour.predict === undefined)) {
    throw new TypeError(`${rule.name} must predict labels, or say by the labels of its shape that it does not`);
  }
  if (rule.time === undefined && !predictsLabels(rule.shape) && behaviour.objective === undefined) {
    throw new TypeError(`${rule.name} predicts no labels, and must say its objective: see Behaviour`);
  }
  return { rule, architecture, parameters, circuit, behaviour };
}

/** The rule's parameters as they are given. What is said to be off is nothing that a rule has to know of. */
export function givenParameters({
  parameters = {},
  decoupled,
}: Pick<CircuitSettings, 'parameters' | 'decoupled'>): Readonly<Record<string, ParameterValue>> {
  return decoupled ? { ...parameters, decoupled } : parameters;
}
