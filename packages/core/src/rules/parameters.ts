import { InputError, written } from '../errors.ts';

/** A setting of a rule's own: a number in a range, a choice of names, or whether something is so. */
export type ParameterOf<Value> = {
  readonly default: Value;
  /** What it is, for help and tables: one line. */
  readonly says: string;
};

export interface NumberParameter extends ParameterOf<number> {
  /** The least that it can be. */
  readonly min?: number;
  /** What it has to be more than. */
  readonly above?: number;
  /** The most that it can be. */
  readonly max?: number;
  /** Whether it is a whole number. */
  readonly whole?: boolean;
}

export interface ChoiceParameter extends ParameterOf<string> {
  readonly choices: readonly string[];
}

export type FlagParameter = ParameterOf<boolean>;

export type Parameter = NumberParameter | ChoiceParameter | FlagParameter;

/** A rule's settings of its own, by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

export type ParameterValue = number | string | boolean;

/** Their values. */
export type ParameterValues<Own extends Parameters = Parameters> = {
  readonly [Name in keyof Own]: Own[Name] extends ChoiceParameter
    ? Own[Name]['choices'][number]
    : Own[Name] extends NumberParameter
      ? number
      : Own[Name] extends FlagParameter
        ? boolean
        : ParameterValue;
};

/**
 * The values with the defaults of what is not given.
 * @param owner whose they are, for messages
 * @throws InputError for names that there are not and values that are none of it
 */
export function parameterValues(
  owner: string,
  parameters: Parameters,
  given: Readonly<Record<string, unknown>> = {},
): ParameterValues {
  if (typeof given !== 'object' || given === null) {
    throw new InputError(`parameters must be values by name, not ${written(given)}`);
  }
  const names = Object.keys(parameters);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const known = names.length > 0 ? `only ${names.join(', ')}` : 'and none at all';
    throw new InputError(`parameters.${name}: ${owner} has no such parameter, ${known}`);
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => {
      const value = given[name] ?? parameter.default;
      if (!isValueOf(parameter, value)) {
        throw new InputError(`parameters.${name} must be ${expectationOf(parameter)}, not ${written(value)}`);
      }
      return [name, value];
    }),
  );
}

/** Whether the parameter can have this value. */
export function isValueOf(parameter: Parameter, value: unknown): value is ParameterValue {
  if ('choices' in parameter) return parameter.choices.includes(value as string);
  if (typeof parameter.default === 'boolean') return typeof value === 'boolean';
  const {
    min = Number.NEGATIVE_INFINITY,
    above = Number.NEGATIVE_INFINITY,
    max = Number.POSITIVE_INFINITY,
    whole = false,
  } = parameter as NumberParameter;
  return (
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= min &&
    value > above &&
    value <= max &&
    (!whole || Number.isSafeInteger(value))
  );
}

/** What values it can have, in words: `a number from 0 to 1`. */
export function expectationOf(parameter: Parameter): string {
  if ('choices' in parameter) return `one of ${parameter.choices.join(', ')}`;
  if (typeof parameter.default === 'boolean') return 'true or false';
  const { min, above, max, whole = false } = parameter as NumberParameter;
  const kind = whole ? 'a whole number' : 'a number';
  if (above !== undefined) return `${kind}, more than ${above}${max === undefined ? '' : ` and at most ${max}`}`;
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  if (min !== undefined) return `${kind}, ${min} or more`;
  return max === undefined ? kind : `${kind}, at most ${max}`;
}

/** The value that a text stands for, as command lines and addresses write it. @throws InputError where it is none */
export function parseParameter(name: string, parameter: Parameter, text: string): ParameterValue {
  const value =
    typeof parameter.default === 'boolean'
      ? text === 'true' || (text === 'false' ? false : text)
      : typeof parameter.default === 'number' && text.trim() !== ''
        ? Number(text)
        : text;
  if (isValueOf(parameter, value)) return value;
  throw new InputError(`the parameter ${name} must be ${expectationOf(parameter)}, not ${text}`);
}
