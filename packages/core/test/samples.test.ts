import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createMemory,
  createNetwork,
  createProbe,
  type Network,
  type NetworkOptions,
  objective,
  optimum,
  ruleNames,
  type Samples,
  samplesOf,
  shareNumbers,
  shareSamples,
} from '../src/index.ts';
import { labelAt } from '../src/samples.ts';
import { expand, normals, randomSamples, relativeError, smallOptions } from './fixtures.ts';
import { gaussianSamples } from './theory-fixtures.ts';

// Samples of every kind: bytes or float32 numbers, with classes, numbers or nothing for labels.

/** The same samples, their bytes as float32 numbers. */
const asFloats = (samples: Samples): Samples => ({ ...samples, raw: Float32Array.from(samples.raw) });

/** The same samples, each with its label itself in place of a class. */
function withNumbers({ classes, ...samples }: Samples): Samples {
  const { count, labels, targets } = samples;
  const rows = Array.from({ length: count }, (_, t) => {
    const at = labelAt({ labels, ...(classes && { classes }) }, t);
    return [...targets.subarray(at, at + labels)];
  });
  return { ...samples, targets: Float32Array.from(rows.flat()) };
}

const numbersOf = (samples: Samples) => Uint32Array.from({ length: samples.count }, (_, t) => t);
const digits = (network: Network) => Object.values(network.weights()).flatMap(({ data }) => [...data]);

async function learned(options: NetworkOptions, samples: Samples): Promise<Network> {
  return (await createNetwork(options)).partialFit(samples);
}

/** Networks whose synapses are represented in every way. */
const networks: readonly (readonly [string, Partial<NetworkOptions>])[] = [
  ['one linear unit', { hidden: 1 }],
  ['two linear units', { hidden: 2 }],
  ['a regression', { hidden: 4, labels: 16 }],
  ['nine linear units', { hidden: 9 }],
  ['rectified units with a running mean', { hidden: 6, ridge: 0, activation: 'relu', meanRate: 0.01 }],
  ['tanh units', { hidden: 3, ridge: 0, activation: 'tanh' }],
];

describe.each(ruleNames.flatMap((rule) => networks.map(([name, changes]) => [rule, name, changes] as const)))(
  '%s, %s',
  (rule, _, changes) => {
    const optionsFor = ({ inputs, labels }: Samples) => smallOptions(rule, { ...changes, inputs, labels, seed: 3 });
    const labels = changes.labels ?? 3;

    test.each([7, 32])(
      'float32 samples of %i numbers are learned as the same numbers in arrays, bit for bit',
      (inputs) =>
        fc.assert(
          fc.asyncProperty(fc.nat(1e6), fc.boolean(), async (seed, shared) => {
            const X = Float32Array.from(normals(seed, 40 * inputs), (value) => value / Math.sqrt(inputs));
            const Y = Float32Array.from(normals(seed + 1, 40 * labels));
            const samples = samplesOf({ X, inputs, Y });
            const memory = createMemory();
            const options = { ...optionsFor(samples), memory };
            const byRows = (await createNetwork(options)).partialFit(X, Y);
            const bySamples = await learned(options, shared ? await shareSamples(samples, memory) : samples);
            expect(bySamples.snapshot()).toEqual(byRows.snapshot());
            expect(bySamples.transform(samples)).toEqual(byRows.transform(X));
            expect(bySamples.predict(samples)).toEqual(byRows.predict(X));
            expect(bySamples.score(samples)).toBe(byRows.score(X, Y));
            const errors = byRows.predict(X).map((value, i) => (Y[i]! - value) ** 2);
            expect(objective(bySamples, samples)).toBeCloseTo(errors.reduce((a, b) => a + b) / 40, 4);
          }),
          { numRuns: 2 },
        ),
    );

    // Where bytes are not read by lists of their chunks: these are for inputs of whole sixteens, and few units that are not rectified.
    const same = [7, ...(changes.hidden === 9 || changes.activation === 'relu' ? [32] : [])];
    test.each(same)('%i bytes are learned as the floats of their value, bit for bit', async (inputs) => {
      for (const scaled of [false, true]) {
        const bytes = randomSamples(5, { count: 80, inputs, labels, scaled });
        for (const samples of [bytes, withNumbers(bytes)]) {
          const byBytes = await learned(optionsFor(samples), samples);
          const byFloats = await learned(optionsFor(samples), asFloats(samples));
          expect(byFloats.snapshot()).toEqual(byBytes.snapshot());
          expect(byFloats.totalLoss(asFloats(samples))).toBe(byBytes.totalLoss(samples));
          expect(byFloats.predict(asFloats(samples))).toEqual(byBytes.predict(samples));
        }
      }
    });

    test.each([0.05, 0.9])('32 bytes, %f of them zero, are learned as floats to rounding', async (zeros) => {
      const samples = randomSamples(6, { count: 80, inputs: 32, labels, zeros, scaled: true });
      const byBytes = await learned(optionsFor(samples), samples);
      const byFloats = await learned(optionsFor(samples), asFloats(samples));
      expect(relativeError(digits(byFloats), digits(byBytes))).toBeLessThan(1e-4);
    });

    test('scale and offset of floats are what they are multiplied by and what is added', async () => {
      const bytes = randomSamples(7, { count: 80, labels, scaled: true });
      const samples = asFloats(withNumbers(bytes));
      const { X } = expand(bytes);
      const byRows = (await createNetwork(optionsFor(samples))).partialFit(X.flat(), samples.targets);
      expect(relativeError(digits(await learned(optionsFor(samples), samples)), digits(byRows))).toBeLessThan(1e-4);
    });

    test('a class is its label: to rounding as the labels themselves, and bit for bit where they are not one-hot', async () => {
      const byClasses = randomSamples(8, { count: 80, labels });
      const [one, other] = await Promise.all(
        [byClasses, withNumbers(byClasses)].map((each) => learned(optionsFor(each), each)),
      );
      expect(relativeError(digits(one!), digits(other!))).toBeLessThan(1e-4);
      const targets = Float32Array.from(normals(9, labels * labels));
      const any = { ...byClasses, targets };
      const [first, second] = await Promise.all([any, withNumbers(any)].map((each) => learned(optionsFor(each), each)));
      expect(first!.snapshot()).toEqual(second!.snapshot());
    });
  },
);

test('labels that look like those of classes are numbers still', async () => {
  const X = Float32Array.from(normals(1, 21));
  const Y = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const [bySamples, byRows] = await Promise.all([0, 1].map(() => createNetwork(smallOptions('bmvr'))));
  expect(bySamples!.partialFit(samplesOf({ X, inputs: 7, Y })).snapshot()).toEqual(byRows!.partialFit(X, Y).snapshot());
});

describe('class numbers', () => {
  const kinds = [Uint8Array, Uint16Array, Uint32Array];

  test('are the same in 8, 16 and 32 bits, shared or not', async () => {
    const samples = randomSamples(10, { count: 60 });
    const memory = createMemory();
    const states = kinds.map(async (Kind) => {
      const own = { ...samples, classes: Kind.from(samples.classes) };
      const shared = await shareSamples(own, memory);
      const networks = [await learned(smallOptions('bmvr'), own)];
      networks.push(await learned({ ...smallOptions('bmvr'), memory }, shared));
      return networks.map((network) => [network.snapshot(), network.totalLoss(own), network.score(own)]);
    });
    const [first, ...others] = (await Promise.all(states)).flat();
    for (const other of others) expect(other).toEqual(first);
  });

  test.each([
    [300, Uint16Array],
    [70_000, Uint32Array],
  ] as const)('of %i classes are all told apart', async (classCount, Kind) => {
    // One sample of each of some classes, far from each other and beyond what a byte, or two, can say.
    const classes = Array.from({ length: 90 }, (_, t) => Math.floor(((t + 1) * classCount) / 90) - 1);
    const classLabels = normals(11, 2 * classCount);
    const samples = samplesOf({ X: normals(12, 7 * 90), inputs: 7, classes, labels: 2, classLabels });
    expect(samples.classes).toBeInstanceOf(Kind);
    const Y = classes.flatMap((c) => classLabels.slice(2 * c, 2 * c + 2));
    const options = smallOptions('bmvr', { labels: 2 });
    const network = await learned(options, samples);
    expect(network.snapshot()).toEqual((await createNetwork(options)).partialFit(samples.raw, Y).snapshot());
    const numbers = samplesOf({ X: samples.raw, inputs: 7, Y });
    expect(network.totalLoss(samples)).toBe(network.totalLoss(numbers));
  });

  test('of 300 classes are scored', async () => {
    const classes = Array.from({ length: 400 }, (_, t) => (37 * t) % 300);
    const samples = samplesOf({ X: normals(13, 7 * 400), inputs: 7, classes });
    expect(samples.labels).toBe(300);
    const network = await learned(smallOptions('bmvr', { labels: 300, hidden: 3 }), samples);
    const predicted = network.predictClass(samples);
    const found = classes.filter((c, t) => c === predicted[t]).length / 400;
    expect(found).toBeGreaterThan(0);
    expect(network.score(samples)).toBe(found);
    // All of them are taken for the class that they have now.
    expect(network.score({ ...samples, classes: Uint16Array.from(predicted) })).toBe(1);
  });
});

describe('shared samples', () => {
  const inputs = 16;
  const floats = (count: number) =>
    samplesOf({ X: Float32Array.from(normals(1, inputs * count)), inputs, Y: normals(2, 5 * count) });
  const options = smallOptions('bmvr', { inputs, labels: 5 });

  test('of floats and labels that are numbers are the same bits, also as a worker gets them', async () => {
    const samples = floats(50);
    const shared = await shareSamples(samples, createMemory());
    const own = await learned(options, samples);
    for (const there of [shared, structuredClone(shared)]) {
      const network = await learned({ ...options, memory: there.memory! }, there);
      expect(network.snapshot()).toEqual(own.snapshot());
      expect(network.totalLoss(there)).toBe(own.totalLoss(samples));
    }
  });

  test('of that kind are read in place: what a network takes of the memory does not grow with them', async () => {
    const taken = async (count: number) => {
      const samples = structuredClone(await shareSamples(floats(count), createMemory()));
      const memory = samples.memory!;
      const before = memory.buffer.byteLength;
      (await createNetwork({ ...options, memory })).learnSamples(samples, Uint32Array.of(0, 1, 2));
      return memory.buffer.byteLength - before;
    };
    expect(await taken(20_000)).toBe(await taken(20));
  });

  test('may have in common what shareNumbers has put there', async () => {
    const samples = floats(30);
    const memory = createMemory();
    const [raw, targets] = [shareNumbers(samples.raw, memory), shareNumbers(samples.targets, memory)];
    const first = await shareSamples({ ...samples, raw, targets, memory }, memory);
    const second = await shareSamples({ ...samples, raw, targets, memory, scale: 0.5 }, memory);
    expect([first.raw, second.raw, first.targets]).toEqual([raw, raw, targets]);
    expect([first.raw.buffer, second.raw.buffer]).toEqual([raw.buffer, raw.buffer]);
    const half = await learned({ ...options, memory }, second);
    expect(half.snapshot()).toEqual((await learned(options, { ...samples, scale: 0.5 })).snapshot());
    for (const Kind of [Uint8Array, Uint16Array, Uint32Array, Float32Array]) {
      const values = Kind.from([3, 1, 2]);
      const there = shareNumbers(values, memory);
      expect(there).toEqual(values);
      expect(there).toBeInstanceOf(Kind);
      expect(there.buffer).not.toBeInstanceOf(ArrayBuffer);
    }
  });
});

describe('theory', () => {
  test('is the same of bytes with classes and of floats with numbers, to rounding', async () => {
    const bytes = gaussianSamples(15);
    const floats = asFloats(withNumbers(bytes));
    const [one, other] = await Promise.all([bytes, floats].map((each) => optimum(each, { hidden: 2, ridge: 0.1 })));
    expect(other!.value).toBeCloseTo(one!.value, 11);
    expect(relativeError(other!.weights.W2.data, [...one!.weights.W2.data])).toBeLessThan(1e-5);
    const network = await createNetwork(smallOptions('bmvr', { labels: 4, weights: one!.weights }));
    for (const name of ['objectives', 'constraint', 'saturation', 'teaching-signal']) {
      const [ofBytes, ofFloats] = await Promise.all(
        [bytes, floats].map(async (each) => (await createProbe(name, network, each))()),
      );
      expect(Object.keys(ofFloats!)).toEqual(Object.keys(ofBytes!));
      expect(relativeError(Object.values(ofFloats!), Object.values(ofBytes!))).toBeLessThan(1e-9);
    }
  });

  test('of numbers finds the weights that learning cannot better', async () => {
    const inputs = 5;
    const X = normals(16, 200 * inputs);
    // Labels that follow from the inputs, but for a tenth of their variance.
    const noise = normals(17, 400);
    const Y = noise.map((value, at) => X[Math.floor(at / 2) * inputs + (at % 2)]! + value / 3);
    const samples = samplesOf({ X, inputs, Y });
    const best = await optimum(samples, { hidden: 2 });
    const options = smallOptions('backprop', { inputs, labels: 2, ridge: 0 });
    const there = await createNetwork({ ...options, weights: best.weights });
    expect(objective(there, samples)).toBeCloseTo(best.value, 5);
    const network = (await createNetwork(options)).fit(samples, { epochs: 100 });
    expect(objective(network, samples)).toBeGreaterThanOrEqual(best.value);
    expect(objective(network, samples) / best.value).toBeLessThan(1.05);
    expect(network.score(samples)).toBeGreaterThan(0.85);
  });
});

describe('samples without labels', () => {
  const labelled = randomSamples(14, {});
  const { raw: X, inputs, scale, offset, count } = labelled;
  const samples = samplesOf({ X, inputs, scale, offset });

  test('have activities and predictions', async () => {
    const network = await learned(smallOptions('bmvr'), labelled);
    expect(samples).toMatchObject({ count, labels: 0, targets: new Float32Array() });
    expect(network.transform(samples)).toEqual(network.transform(labelled));
    expect(network.predict(samples)).toEqual(network.predict(labelled));
    expect(network.predictClass(await shareSamples(samples, createMemory()))).toEqual(network.predictClass(labelled));
  });

  test('are refused where labels are needed, and nothing is forgotten', async () => {
    const network = await learned(smallOptions('bmvr'), labelled);
    const before = network.snapshot();
    network.transform(samples);
    const refusal = 'the samples have 7 inputs and no labels, the network 7 and 3';
    expect(() => network.learnSamples(samples, numbersOf(samples))).toThrow(refusal);
    expect(() => network.partialFit(samples)).toThrow(refusal);
    expect(() => network.fit(samples)).toThrow(refusal);
    expect(() => objective(network, samples)).toThrow(refusal);
    expect(() => network.score(samples)).toThrow('the score needs labels, and these samples have none');
    expect(network.snapshot()).toEqual(before);
  });
});
