import {
  expectationOf,
  InputError,
  type Parameters,
  type ParameterValues,
  parameterValues,
  parseParameter,
  RandomStream,
} from '@apical/core';
import type { Generator } from './generator.ts';
import { linearTeacher } from './linear-teacher.ts';
import type { NumberSet } from './number-set.ts';
import { yinYang } from './yin-yang.ts';

/** All generators. A new one is a file and a line here. */
const generators: readonly Generator[] = [linearTeacher, yinYang];

/** What the names of generated data sets begin with. */
const prefix = 'synthetic:';

/** The seed is one of a data set's settings. */
const seedParameter: Parameters = {
  seed: { default: 0, min: 0, whole: true, says: 'determines everything' },
};

/** What can be generated: the names and settings of all generators. */
export const generatorNames: readonly string[] = generators.map(({ name }) => name);

/** Whether the name is that of a generated data set. */
export function isSynthetic(name: string): boolean {
  return name.startsWith(prefix);
}

/** A generator and its settings. */
interface Asked {
  readonly generator: Generator;
  readonly values: ParameterValues;
  readonly seed: number;
}

/** @throws InputError as `generate` does */
function parse(name: string): Asked {
  const [own = '', query = ''] = name.slice(prefix.length).split('?');
  const generator = generators.find((each) => each.name === own);
  if (!isSynthetic(name) || !generator) {
    throw new InputError(
      `${name}: there is no such generator; there are ${generatorNames.map((each) => prefix + each).join(', ')}`,
    );
  }
  const parameters = { ...generator.parameters, ...seedParameter };
  const given = Object.fromEntries(
    [...new URLSearchParams(query)].map(([key, text]) => {
      const parameter = parameters[key];
      if (!parameter) {
        const known = Object.entries(parameters).map(([each, of]) => `${each} (${expectationOf(of)})`);
        throw new InputError(`${name}: there is no setting ${key}; there are ${known.join(', ')}`);
      }
      return [key, parseParameter(`${key} of ${own}`, parameter, text)];
    }),
  );
  const { seed, ...values } = parameterValues(own, parameters, given);
  return { generator, values, seed: Number(seed) };
}

/** How many samples a generated data set has. @throws InputError as `generate` does */
export function countSynthetic(name: string): number {
  const { generator, values } = parse(name);
  return generator.count(values);
}

/** Whether the labels of a generated data set are classes. @throws InputError as `generate` does */
export function hasClasses(name: string): boolean {
  return parse(name).generator.labels === 'classes';
}

/**
 * Generates a data set: `synthetic:linear-teacher?inputs=30&samples=2000&seed=1`, with the settings that its generator has; what is left
 * out is as usual. The same name, the same bits.
 *
 * @throws InputError for a generator or setting that there is not, and values that are out of range
 */
export function generate(name: string): NumberSet {
  const { generator, values, seed } = parse(name);
  const made = generator.generate(values, (stream) => new RandomStream(seed, `${generator.name} ${stream}`));
  const settings = Object.entries({ ...values, seed }).map(([key, value]) => `${key} ${value}`);
  return { ...made, name, description: `${generator.name}: ${generator.says} (${settings.join(', ')})` };
}
