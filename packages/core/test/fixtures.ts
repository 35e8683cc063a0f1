import { weightName } from '../src/circuit/synapses.ts';
import type { CircuitSettings, NetworkOptions, Rate, Rule, Samples } from '../src/index.ts';
import { activationNames, activationsOf, findRule, layOut, RandomStream } from '../src/index.ts';
import { labelAt, scaleOf } from '../src/samples.ts';

/** Samples of bytes whose labels are classes. */
export type ClassSamples = Samples & { readonly raw: Uint8Array; readonly classes: Uint8Array };

/** Rates for each of a rule's synapses that needs one, in a network of one hidden layer unless something else is said. */
export function rates(
  rule: string | Rule,
  rate: Rate,
  settings: CircuitSettings = { hidden: 1 },
): Record<string, Rate> {
  const { allSynapses } = layOut(findRule(rule), settings).circuit;
  const needed = allSynapses.filter(({ plastic, options }) => plastic && options.rateOf === undefined);
  return Object.fromEntries(needed.map(({ name }) => [weightName(name), rate]));
}

/** The rules whose networks of one linear layer can have a ridge. */
export const ridgeRules = ['bmvr', 'backprop'] as const;

/** Settings by which what goes on in time does so for a few steps. */
export function briefly(rule: string): Pick<NetworkOptions, 'parameters'> {
  return 'lag' in findRule(rule).parameters ? { parameters: { lag: 2, plastic: 4 } } : {};
}

/** Options of a small network, as far as the rule can have it. */
export function smallOptions(rule: string, changes: Partial<NetworkOptions> = {}): NetworkOptions {
  const ridge = ridgeRules.some((name) => name === rule) ? 0.1 : 0;
  const usual = { rule, inputs: 7, labels: 3, hidden: 2, ridge, rates: rates(rule, { eta0: 0.02, t0: 500 }) };
  return fitting(rule, { ...usual, ...briefly(rule), ...changes });
}

/** The settings, with the rule's usual units in place of those that it cannot have, and no running mean where it has none. */
export function fitting<Settings extends Pick<NetworkOptions, 'activation' | 'meanRate'>>(
  rule: string | Rule,
  settings: Settings,
): Settings {
  const { shape } = findRule(rule);
  const { activation, meanRate, ...others } = settings;
  const isOther = activationNames.includes(activation!) && !activationsOf(shape).includes(activation!);
  return {
    ...others,
    ...(activation !== undefined && !isOther && { activation }),
    ...(meanRate !== undefined && shape.runningMean !== false && { meanRate }),
  } as Settings;
}

/** Standard normal numbers. */
export function normals(seed: number, length: number): number[] {
  const stream = new RandomStream(seed, 'fixture');
  return Array.from({ length }, () => stream.normal());
}

/**
 * Random images, a share of whose pixels is zero, standardised; classes by the brightness of the first pixel;
 * labels one-hot minus their mean. `scaled`: each image has a scale of its own.
 */
export function randomSamples(
  seed: number,
  {
    count = 50,
    inputs = 7,
    labels = 3,
    zeros = 0.5,
    scaled = false,
  }: { count?: number; inputs?: number; labels?: number; zeros?: number; scaled?: boolean },
): ClassSamples {
  const stream = new RandomStream(seed, 'fixture');
  const pixels = Uint8Array.from({ length: count * inputs }, () =>
    stream.uniform() < zeros ? 0 : Math.floor(256 * stream.uniform()),
  );
  const classes = Uint8Array.from({ length: count }, (_, i) => Math.floor((labels * (pixels[i * inputs] ?? 0)) / 256));
  const targets = Float32Array.from(
    { length: labels * labels },
    (_, i) => (i % (labels + 1) === 0 ? 1 : 0) - 1 / labels,
  );
  const scale = scaled ? Float64Array.from({ length: count }, () => (0.2 + stream.uniform()) / 80) : 1 / 80;
  return { count, inputs, labels, raw: pixels, classes, targets, scale, offset: -0.8 };
}

/** The inputs and labels of samples as plain numbers. */
export function expand(samples: Samples): { X: number[][]; Y: number[][] } {
  const { count, inputs, labels, raw, targets, offset } = samples;
  const X = Array.from({ length: count }, (_, i) =>
    Array.from(raw.subarray(i * inputs, (i + 1) * inputs), (p) => scaleOf(samples, i) * p + offset),
  );
  const Y = Array.from({ length: count }, (_, i) => {
    const at = labelAt(samples, i);
    return Array.from(targets.subarray(at, at + labels));
  });
  return { X, Y };
}

/** The rows of a row-major array. */
export function toRows(data: ArrayLike<number>, columns: number): number[][] {
  const flat = Array.from(data);
  return Array.from({ length: flat.length / columns }, (_, i) => flat.slice(i * columns, (i + 1) * columns));
}

/** The largest difference of two lists, as a part of the largest entry of the second (if there is one that is not zero). */
export function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  const largest = Math.max(...expected.map(Math.abs)) || 1;
  return Math.max(...expected.map((value, i) => Math.abs((actual[i] ?? Number.NaN) - value))) / largest;
}
