import { InputError, type Parameters, type ParameterValues, parameterValues, RandomStream } from '@apical/core';
import type { Covariance, GeneratedLabels, Generator } from './generator.ts';
import type { NumberSet } from './number-set.ts';
import { generators } from './registry.ts';
import { settingsIn } from './settings-in.ts';

/** What the names of generated data sets begin with. */
const prefix = 'synthetic:';

/** A data set of more numbers is not made: 1 GiB as float32. */
const mostNumbers = 2 ** 28;

/** The names by which generated data are called, without settings. */
export const generatorNames: readonly string[] = generators.map(({ name }) => prefix + name);

/** Whether the name is that of a generated data set. */
export function isSynthetic(name: string): boolean {
  return name.startsWith(prefix);
}

/** What is known of a generated data set before it is made. */
export interface SyntheticSet {
  /** Its generator, without `synthetic:`. */
  readonly generator: string;
  /** What it is, with all settings, in a line. */
  readonly description: string;
  /** How many samples are to be learned, and how many others are held out. */
  readonly train: number;
  readonly test: number;
  /** m and n, the numbers in an input and in a label (one a class; 0 where there are none). */
  readonly inputs: number;
  readonly labels: number;
  /** What the labels are, and the names of classes. */
  readonly kind: GeneratedLabels;
  readonly classNames?: readonly string[];
}

/** A generator as it is listed. */
export interface ListedGenerator extends Pick<Generator, 'says' | 'source' | 'labels' | 'parameters'> {
  /** With `synthetic:`. */
  readonly name: string;
}

/** All generators, with all of their settings. */
export function listGenerators(): ListedGenerator[] {
  return generators.map((generator) => {
    const { name, says, source, labels } = generator;
    return { name: prefix + name, says, ...(source && { source }), labels, parameters: parametersOf(generator) };
  });
}

/**
 * What a name of generated data says: see `generate`.
 * @throws InputError as `generate` does
 */
export function syntheticSet(name: string): SyntheticSet {
  return parse(name).set;
}

/**
 * Generates a data set: `synthetic:linear-teacher?inputs=30&samples=2000&seed=1`, with the settings that its generator has, and
 * `samples` to learn, `test` others that are held out, and the `seed`; what is left out is as usual. The same name, the same bits.
 *
 * @throws InputError for a generator or setting that there is not, values that are out of range, and data of more than 1 GiB
 */
export function generate(name: string): NumberSet {
  const { generator, values, seed, set } = parse(name);
  const { train: count, test, inputs, labels, description, classNames } = set;
  const made = generator.generate(
    values,
    count + test,
    (stream) => new RandomStream(seed, `${generator.name} ${stream}`),
  );
  return { ...made, name, description, count, test, inputs, labels, ...(classNames && { classNames }) };
}

/**
 * The covariance of generated data, of which all samples are draws, where their generator knows it; undefined of others.
 * @throws InputError as `generate` does
 */
export function syntheticCovariance(name: string): Covariance | undefined {
  const { generator, values, seed } = parse(name);
  return generator.covariance?.(values, (stream) => new RandomStream(seed, `${generator.name} ${stream}`));
}

interface Parsed {
  readonly generator: Generator;
  /** Of the generator's own parameters. */
  readonly values: ParameterValues;
  readonly seed: number;
  readonly set: SyntheticSet;
}

function parse(name: string): Parsed {
  const [, own = '', query] = /^synthetic:([^?]*)(?:\?(.*))?$/s.exec(name) ?? [];
  const generator = generators.find((each) => each.name === own);
  if (!generator) throw new InputError(`${name}: there is no such generator; there are ${generatorNames.join(', ')}`);
  const parameters = parametersOf(generator);
  const { samples, test, seed, ...values } = parameterValues(
    own,
    parameters,
    settingsIn(name, query, parameters, prefix + own),
  );
  const problem = generator.problem?.(values);
  if (problem !== undefined) throw new InputError(`${name}: ${problem}`);
  const [train, held] = [Number(samples), Number(test)];
  const sizes = generator.sizes(values);
  const numbers = (train + held) * (sizes.inputs + (generator.labels === 'numbers' ? sizes.labels : 1));
  if (numbers > mostNumbers) {
    const [all, most] = [numbers, mostNumbers].map((each) => each.toLocaleString('en'));
    throw new InputError(`${name}: would be ${all} numbers, and ${most} is the most: ask for fewer samples`);
  }
  const settings = Object.entries({ ...values, samples, test, seed }).map(([key, value]) => `${key} ${value}`);
  const classNames =
    generator.labels === 'classes'
      ? (generator.classNames ?? Array.from({ length: sizes.labels }, (_, i) => String(i)))
      : undefined;
  const set = {
    generator: own,
    description: `${own}: ${generator.says} (${settings.join(', ')})`,
    train,
    test: held,
    ...sizes,
    kind: generator.labels,
    ...(classNames && { classNames }),
  };
  return { generator, values, seed: Number(seed), set };
}

/** The generator's own, and those that all have. */
function parametersOf({ parameters, samples }: Generator): Parameters {
  const most = 10_000_000;
  return {
    ...parameters,
    samples: { default: samples, min: 1, max: most, whole: true, says: 'how many are learned' },
    test: { default: 0, min: 0, max: most, whole: true, says: 'how many others are held out' },
    seed: { default: 0, min: 0, whole: true, says: 'determines everything' },
  };
}
