import { activationNames, type Order, probeNames, ruleNames } from '@apical/core';
import { dataSetNames, type Preprocessing, type Split } from '@apical/data';
import { z } from 'zod';
import { byName, field, initial, isWhole, nonNegative, oneOf, rate, strict, wholeNumber } from './fields.ts';
import type { ImagePart } from './run-config.ts';

const splits: readonly Split[] = ['train', 'test'];
const inputs: readonly Preprocessing['inputs'][] = ['raw', 'unit', 'unit-length', 'standardised'];
const labels: readonly Preprocessing['labels'][] = ['one-hot', 'one-hot-centred'];
const orders: readonly Order[] = ['repeated', 'reshuffled'];

const imagePart: z.ZodType<ImagePart> = strict({ split: oneOf(splits), first: wholeNumber(1).exactOptional() });

export type RunConfigSchema = ReturnType<typeof runConfigSchema>;

/**
 * What a run config must look like.
 *
 * @param synapses the names that rates and initial weights must have; any where they are undefined
 * @param samples how far evaluation points may go
 */
export function runConfigSchema(synapses: readonly string[] | undefined, samples: number) {
  return strict({
    rule: oneOf(ruleNames),
    data: strict({ set: oneOf(dataSetNames), split: oneOf(splits), inputs: oneOf(inputs), labels: oneOf(labels) }),
    hidden: wholeNumber(1),
    activation: oneOf(activationNames).default('linear'),
    meanRate: field<number>('more than zero and at most 1', isMeanRate).exactOptional(),
    decoupled: field<boolean>('true or false', (value) => typeof value === 'boolean').default(false),
    ridge: nonNegative,
    rates: each(synapses, rate),
    initial: each(synapses, initial, synapses?.includes('Q') ? { R: initial.exactOptional() } : {}),
    order: oneOf(orders),
    samples: wholeNumber(1),
    evaluateAt: field<number[]>(
      `a list of ascending whole numbers from 1 to ${samples} (samples)`,
      (value) => Array.isArray(value) && ascendsWithin(value, samples),
    ),
    accuracy: byName('an object of image parts by name, such as { "test": { "split": "train" } }', imagePart).default(
      {},
    ),
    probes: z.array(oneOf(probeNames)).default([]),
    seed: wholeNumber(0),
  });
}

/** An object that has a value for each set of synapses, and may have others. */
function each<T>(
  synapses: readonly string[] | undefined,
  value: z.ZodType<T>,
  others: Record<string, z.ZodType<T>> = {},
): z.ZodType<Record<string, T>> {
  if (synapses === undefined) return z.record(z.string(), value);
  return strict({ ...Object.fromEntries(synapses.map((name) => [name, value])), ...others });
}

function isMeanRate(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= 1;
}

function ascendsWithin(points: readonly unknown[], samples: number): boolean {
  let last = 0;
  for (const point of points) {
    if (!isWhole(point) || point <= last || point > samples) return false;
    last = point;
  }
  return true;
}
