import {
  type ActivationFunction,
  activationNames,
  type CircuitSettings,
  InputError,
  type Loss,
  lossNames,
  type OutputFunction,
  outputNames,
  type ParameterValue,
  parseParameter,
  type Rule,
} from '@apical/core';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseNumber } from './options.ts';

/** What says a network, apart from its rule. */
export interface NetworkOptions {
  hidden?: number | readonly number[];
  activation?: ActivationFunction;
  meanRate?: number;
  output?: OutputFunction;
  loss?: Loss;
  biases?: boolean;
  decoupled?: boolean;
  /** By name, as they were written. */
  parameter?: Readonly<Record<string, string>>;
}

/** Adds the options that say a network. @param hiddenDefault how many hidden units there are without `--hidden` */
export function addNetworkOptions(command: Command, hiddenDefault: string): Command {
  return command
    .option('--hidden <units>', `hidden units, one number a layer: 128,64 (default: ${hiddenDefault})`, parseHidden)
    .addOption(
      new Option(
        '--activation <name>',
        'of the hidden units (default: linear; of rules that have no such units, as "apical rules" says)',
      ).choices(activationNames),
    )
    .option('--mean-rate <rate>', "of the running mean that is subtracted from the hidden units' activity", parseNumber)
    .addOption(new Option('--output <name>', 'what the output units do (default: linear)').choices(outputNames))
    .addOption(
      new Option('--loss <name>', 'what learning makes small (default: squared for linear outputs)').choices(lossNames),
    )
    .option('--biases', 'give units biases (default: but for one hidden layer with linear outputs)')
    .option('--no-biases', 'give units no biases')
    .option('--decoupled', 'bmvr: interneurons have weights of their own')
    .option('--parameter <name=value>', "a parameter of the rule's own; repeatable", parseAssignment);
}

/** The options as the library has them. @throws InputError for parameters that the rule does not have */
export function networkSettings(rule: Rule, { parameter, ...options }: NetworkOptions): Partial<CircuitSettings> {
  if (parameter === undefined) return options;
  const parameters = Object.entries(parameter).map(([name, text]): [string, ParameterValue] => {
    const own = rule.parameters[name];
    if (own) return [name, parseParameter(name, own, text)];
    const known = Object.keys(rule.parameters);
    throw new InputError(
      `--parameter ${name}: ${rule.name} has ${known.length > 0 ? `only ${known.join(', ')}` : 'no parameters'}`,
    );
  });
  return { ...options, parameters: Object.fromEntries(parameters) };
}

/** One number, which is one layer, or several with commas between them. Their range is checked where they are used. */
function parseHidden(text: string): number | readonly number[] {
  const layers = text.split(',').map((part) => parseNumber(part.trim()));
  return layers.length === 1 ? (layers[0] ?? 0) : layers;
}

function parseAssignment(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError('NAME=VALUE is expected, such as decay=0.1.');
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`The parameter ${name} is given twice.`);
  return { ...before, [name]: value };
}
