import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createMemory,
  createNetwork,
  InputError,
  type Network,
  type Samples,
  shareNumbers,
  shareSamples,
} from '../src/index.ts';
import { randomSamples, smallOptions } from './fixtures.ts';

// Networks that live in one memory share what is known of each image. Nothing of that may be seen.

const inputs = 32;
const sets = [1, 2].map((seed) => randomSamples(seed, { inputs, zeros: 0.9, scaled: seed === 2 }));

const options = (rule: string, seed: number) => smallOptions(rule, { inputs, seed });
const digits = (network: Network) => Object.values(network.weights()).map(({ data }) => [...data]);

/** What is done with one of three networks: it learns samples of a set, is measured on one, or is replaced by a new one. */
const steps = fc.array(
  fc.record({
    network: fc.nat({ max: 2 }),
    set: fc.nat({ max: 1 }),
    act: fc.constantFrom('learn', 'measure', 'replace'),
    numbers: fc.uint32Array({ max: 49, minLength: 1, maxLength: 9 }),
  }),
  { maxLength: 30 },
);

async function follow(
  rules: readonly string[],
  course: readonly { network: number; set: number; act: string; numbers: Uint32Array }[],
  memory: WebAssembly.Memory | undefined,
  samples: readonly Samples[],
) {
  const create = (i: number) => createNetwork({ ...options(rules[i]!, i), ...(memory && { memory }) });
  const networks = await Promise.all(rules.map((_, i) => create(i)));
  const measured: number[] = [];
  for (const { network: i, set, act, numbers } of course) {
    if (act === 'learn') networks[i]!.learnSamples(samples[set]!, numbers);
    else if (act === 'measure') measured.push(networks[i]!.totalLoss(samples[set]!));
    else {
      networks[i]!.dispose();
      networks[i] = await create(i);
    }
  }
  return { measured, weights: networks.map(digits) };
}

test('networks that share data sets in one memory have the same bits as those with a memory each', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (course) => {
      const rules = ['bmvr', 'backprop', 'bmvr'];
      const memory = createMemory();
      const shared = await Promise.all(sets.map((samples) => shareSamples(samples, memory)));
      expect(await follow(rules, course, memory, shared)).toEqual(await follow(rules, course, undefined, sets));
    }),
    { numRuns: 30 },
  );
});

test('networks one after the other, on data sets in turns, take no more memory', async () => {
  const memory = createMemory();
  const shared = await Promise.all(sets.map((samples) => shareSamples(samples, memory)));
  const sizes: number[] = [];
  for (let round = 0; round < 6; round++) {
    const network = await createNetwork({ ...options('bmvr', 1), memory });
    for (const samples of round % 2 === 0 ? shared : shared.toReversed()) network.totalLoss(samples);
    network.dispose();
    sizes.push(memory.buffer.byteLength);
  }
  expect(new Set(sizes.slice(2)).size).toBe(1);
});

test.each([
  ['as they were made', (samples: Samples) => samples],
  ['as a worker gets them', (samples: Samples) => structuredClone(samples)],
])('what a network takes of the memory does not grow with samples that are shared: %s', async (_, pass) => {
  const taken = async (count: number) => {
    const own = randomSamples(1, { count, inputs, zeros: 0.5, scaled: true });
    const samples = pass(await shareSamples(own, createMemory()));
    const memory = samples.memory!;
    const before = memory.buffer.byteLength;
    const network = await createNetwork({ ...options('bmvr', 1), memory });
    network.learnSamples(samples, Uint32Array.of(0, 1, 2));
    return memory.buffer.byteLength - before;
  };
  expect(await taken(50_000)).toBe(await taken(50));
});

test('samples that are shared already are not shared again', async () => {
  const memory = createMemory();
  const shared = await shareSamples(sets[0]!, memory);
  const before = memory.buffer.byteLength;
  expect(await shareSamples(shared, memory)).toEqual(shared);
  expect(memory.buffer.byteLength).toBe(before);
});

test.each([
  ['no memory', {}],
  ['not shared', new WebAssembly.Memory({ initial: 1, maximum: 1000 })],
])('a memory that is %s is refused', async (_, wrong) => {
  const memory = wrong as WebAssembly.Memory;
  const refusal = 'the memory must be one that createMemory has made';
  await expect(shareSamples(sets[0]!, memory)).rejects.toThrow(refusal);
  await expect(createNetwork({ ...options('bmvr', 1), memory })).rejects.toThrow(refusal);
  expect(() => shareNumbers(new Uint8Array(8), memory)).toThrow(refusal);
});

test.each([
  ['samples.raw has 1599 numbers; 50 samples need 1600', { raw: sets[0]!.raw.subarray(1) }],
  ['samples.classes has 49 numbers; 50 samples need 50', { classes: sets[0]!.classes.subarray(1) }],
  ['samples.scale has 1 numbers; 50 samples need 50', { scale: Float64Array.of(1) }],
  ['sample 3 is of class 77; samples.targets has the labels of 3 classes', { classes: sets[0]!.classes.with(3, 77) }],
])('samples that have less than they say are refused: %s', async (message, changes) => {
  const wrong = { ...sets[0]!, ...changes };
  const network = await createNetwork(options('bmvr', 1));
  expect(() => network.learnSamples(wrong, Uint32Array.of(0))).toThrow(InputError);
  expect(() => network.totalLoss(wrong)).toThrow(message);
  await expect(shareSamples(wrong, createMemory())).rejects.toThrow(message);
});

test('numbers of samples that there are not are refused before anything is learned', async () => {
  const network = await createNetwork(options('bmvr', 1));
  const before = network.snapshot();
  for (const number of [50, 4e9]) {
    const refusal = `there are 50 samples, from 0 on; number ${number} was asked for`;
    expect(() => network.learnSamples(sets[0]!, Uint32Array.of(1, number))).toThrow(new InputError(refusal));
  }
  expect(network.snapshot()).toEqual(before);
});

test.each([
  ['another offset', (samples: Samples) => ({ ...samples, offset: 0.25 })],
  ['another scale', (samples: Samples) => ({ ...samples, scale: 0.125 })],
  ['other inputs', (samples: Samples) => ({ ...samples, raw: samples.raw.subarray(inputs), count: 40 })],
])('a copy of shared samples with %s is learned as what it is', async (_, change) => {
  const learned = async (samples: Samples, memory?: WebAssembly.Memory) => {
    const network = await createNetwork({ ...options('bmvr', 1), ...(memory && { memory }) });
    network.learnSamples(
      samples,
      Uint32Array.from({ length: 40 }, (_, i) => i),
    );
    return digits(network);
  };
  const memory = createMemory();
  const changed = change(await shareSamples(sets[0]!, memory));
  const expected = await learned(change(sets[0]!));
  expect(await learned(changed, memory)).toEqual(expected);
  expect(await learned(changed), 'in a memory of its own').toEqual(expected);
  expect(expected).not.toEqual(await learned(sets[0]!));
});
