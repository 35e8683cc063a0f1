import { InputError } from '../errors.ts';
import type { NetworkSettings } from '../network/options.ts';
import { parseJson } from '../parse-json.ts';
import { checkPreprocessing, type ModelPreprocessing } from './preprocessing.ts';

/** What is known of the data that a network learned from. */
export interface ModelNotes {
  /** How bytes became what it learned. */
  readonly preprocessing?: ModelPreprocessing;
  /** The name of class i at place i: n names. */
  readonly classNames?: readonly string[];
}

/** All of a model but its weights. */
export interface ModelDescription extends ModelNotes {
  /** How it computes and learns. */
  readonly settings: NetworkSettings;
  /** t, how many samples it has learned. */
  readonly samplesSeen: number;
}

/** The description as one line of JSON. @throws InputError for notes that do not fit the network */
export function writeDescription({ settings, samplesSeen, ...notes }: ModelDescription): string {
  const { preprocessing, classNames } = notes;
  const flat = { ...settings, samplesSeen, ...checkedNotes(settings.labels, { preprocessing, classNames }) };
  checkTypes(flat);
  return JSON.stringify(flat);
}

/** @throws InputError for a text that `writeDescription` does not write; ranges of the settings are not judged */
export function readDescription(text: string): ModelDescription {
  const value = parseJson(text, 'its description');
  const { samplesSeen, preprocessing, classNames, ...settings } = checkTypes(value);
  return { settings, samplesSeen, ...checkedNotes(settings.labels, { preprocessing, classNames }) };
}

/** The notes that there are. @throws InputError where they do not fit a network of n labels */
function checkedNotes(n: number, { preprocessing, classNames }: Given<ModelNotes>): ModelNotes {
  if (preprocessing) checkPreprocessing(preprocessing);
  if (classNames && !(Array.isArray(classNames) && classNames.every(isText))) {
    throw new InputError('classNames must be texts, one a label');
  }
  if (classNames && classNames.length !== n) {
    throw new InputError(`classNames has ${classNames.length} names; ${n} are needed, one a label`);
  }
  return { ...(preprocessing && { preprocessing }), ...(classNames && { classNames }) };
}

/** With undefined for what is not there. */
type Given<T> = { readonly [K in keyof T]: T[K] | undefined };

/** A description as it lies in JSON. */
type Flat = NetworkSettings & Omit<ModelDescription, 'settings'>;

const types: Readonly<Record<keyof Flat, (value: unknown) => boolean>> = {
  rule: isText,
  inputs: isNumber,
  labels: isNumber,
  hidden: (value) => isNumber(value) || (Array.isArray(value) && value.every(isNumber)),
  activation: isText,
  meanRate: optional(isNumber),
  output: optional(isText),
  loss: optional(isText),
  biases: optional((value) => typeof value === 'boolean'),
  parameters: optional(isObject),
  decoupled: (value) => typeof value === 'boolean',
  batch: optional(isNumber),
  ridge: isNumber,
  fused: optional((value) => typeof value === 'boolean'),
  rates: (value) => isObject(value) && Object.values(value).every(isRate),
  optimiser: optional(isObject),
  optimisers: optional((value) => isObject(value) && Object.values(value).every(isObject)),
  seed: optional(isNumber),
  samplesSeen: isNumber,
  preprocessing: optional(isObject),
  classNames: optional((value) => Array.isArray(value) && value.every(isText)),
};

function optional(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => value === undefined || fits(value);
}

function checkTypes(value: unknown): Flat {
  if (!isObject(value)) throw new InputError('its description is not an object');
  for (const [name, fits] of Object.entries(types)) {
    if (!fits(value[name])) throw new InputError(`its description has ${name}: ${JSON.stringify(value[name])}`);
  }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(types, name));
  if (unknown !== undefined) throw new InputError(`its description has ${unknown}, which is not known`);
  return value as unknown as Flat;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function isRate(value: unknown): boolean {
  return isObject(value) && isNumber(value.eta0);
}
