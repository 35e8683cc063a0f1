import { activationNames, lossNames, orderNames, outputNames, type ParameterValue, probeNames } from '@apical/core';
import { dataSetNames, isStream, type Preprocessing, type Split, separatorNames } from '@apical/data';
import { z } from 'zod';
import {
  ascending,
  byName,
  field,
  flag,
  initial,
  isWhole,
  nonNegative,
  oneOf,
  optimiser,
  rate,
  strict,
  wholeNumber,
} from './fields.ts';
import { isNumberData } from './own-data.ts';
import type { ImagePart, OwnTable, RunConfig, TableSeparator } from './run-config.ts';

const splits: readonly Split[] = ['train', 'test'];
const inputs: readonly Preprocessing['inputs'][] = ['raw', 'unit', 'unit-length', 'standardised', 'columns', 'centred'];
const labelInputs = ['raw', 'standardised', 'columns', 'centred'] as const;
const labels: readonly RunConfig['data']['labels'][] = ['one-hot', 'one-hot-centred', 'numbers', 'none'];

const imagePart: z.ZodType<ImagePart> = strict({
  split: oneOf(splits),
  from: wholeNumber(0).exactOptional(),
  first: wholeNumber(1).exactOptional(),
});

const text = field<string>('a text', (value) => typeof value === 'string' && value !== '');

const digest = field<string>(
  '64 hexadecimal digits',
  (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
);

const texts = field<string[]>(
  'a list of texts',
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
);

const spans = field<[number, number][]>(
  'a list of spans of steps that ascend, such as [[0, 1000], [5000, 6000]]',
  (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((span) => Array.isArray(span) && span.length === 2 && span.every(isWhole)) &&
    value.flat().every((at, i, all) => at >= 0 && (i === 0 || (i % 2 === 1 ? at > all[i - 1] : at >= all[i - 1]))),
);

const ownTable: z.ZodType<OwnTable> = strict({
  target: text.exactOptional(),
  secondView: text.exactOptional(),
  test: text.exactOptional(),
  testTarget: text.exactOptional(),
  testSecondView: text.exactOptional(),
  holdOut: field<number>(
    'more than 0 and less than 1',
    (value) => typeof value === 'number' && value > 0 && value < 1,
  ).exactOptional(),
  seed: wholeNumber(0).exactOptional(),
  header: flag.exactOptional(),
  separator: oneOf(Object.keys(separatorNames) as TableSeparator[]).exactOptional(),
  found: strict({
    sha256: digest,
    testSha256: digest.exactOptional(),
    train: wholeNumber(1),
    test: wholeNumber(1).exactOptional(),
    inputs: wholeNumber(1),
    second: wholeNumber(1).exactOptional(),
    columns: texts.exactOptional(),
    image: strict({
      height: wholeNumber(1),
      width: wholeNumber(1),
      channels: field<1 | 3>('1 or 3', (value) => value === 1 || value === 3),
    }).exactOptional(),
    classes: texts.exactOptional(),
    labels: wholeNumber(2).exactOptional(),
    labelNames: texts.exactOptional(),
    targetColumns: texts.exactOptional(),
    spread: wholeNumber(1).exactOptional(),
    targetOffset: field<number>('1 or more', (value) => typeof value === 'number' && value >= 1).exactOptional(),
    targetSpread: wholeNumber(1).exactOptional(),
    constant: texts.exactOptional(),
  }).exactOptional(),
});

/** What a run config must look like, whatever its rule: what depends on several settings is checked apart. */
export const runConfigSchema = strict({
  rule: field<string>('the name of a rule', (value) => typeof value === 'string'),
  ruleModule: strict({
    path: field<string>('the path of a file', (value) => typeof value === 'string' && value !== ''),
    sha256: digest,
  }).exactOptional(),
  data: strict({
    set: oneOf<string>(dataSetNames, (name) => isNumberData(name) || isStream(name)),
    table: ownTable.exactOptional(),
    split: oneOf(splits),
    shuffle: wholeNumber(0).exactOptional(),
    first: wholeNumber(1).exactOptional(),
    inputs: oneOf(inputs),
    labels: oneOf(labels),
    labelInputs: oneOf(labelInputs).exactOptional(),
  }),
  hidden: field<number | number[]>('a whole number from 1, or a list of them, one a layer', isHidden),
  activation: oneOf(activationNames).default('linear'),
  meanRate: field<number>('more than zero and at most 1', isMeanRate).exactOptional(),
  output: oneOf(outputNames).exactOptional(),
  loss: oneOf(lossNames).exactOptional(),
  biases: flag.exactOptional(),
  parameters: byName<ParameterValue>(
    'an object of numbers, texts, true and false by name',
    field<ParameterValue>('a number, a text, or true or false', (value) =>
      ['number', 'string', 'boolean'].includes(typeof value),
    ),
  ).exactOptional(),
  decoupled: flag.default(false),
  batch: wholeNumber(1).exactOptional(),
  ridge: nonNegative,
  fused: flag.exactOptional(),
  rates: byName('an object of rates by synapses, such as { "W": { "eta0": 0.01 } }', rate),
  optimiser: optimiser.exactOptional(),
  optimisers: byName(
    'an object of optimisers by synapses, such as { "W": { "kind": "adam" } }',
    optimiser,
  ).exactOptional(),
  initial: byName('an object of starts by synapses, such as { "W": { "normal": 0.01 } }', initial).default({}),
  order: oneOf(orderNames),
  samples: wholeNumber(1),
  evaluateAt: ascending('samples'),
  accuracy: byName('an object of image parts by name, such as { "test": { "split": "train" } }', imagePart).default({}),
  running: flag.exactOptional(),
  probes: z.array(oneOf(probeNames)).default([]),
  learnFrom: wholeNumber(0).exactOptional(),
  record: strict({
    signals: texts.exactOptional(),
    cells: ascending('cells', 0).exactOptional(),
    spans: spans.exactOptional(),
    every: wholeNumber(1).exactOptional(),
    weights: texts.exactOptional(),
  }).exactOptional(),
  seed: wholeNumber(0),
});

function isHidden(value: unknown): boolean {
  return isUnits(value) || (Array.isArray(value) && value.length > 0 && value.every(isUnits));
}

function isUnits(value: unknown): boolean {
  return isWhole(value) && value >= 1;
}

function isMeanRate(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= 1;
}
