import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena, createMemory } from '../kernels/memory.ts';
import { RandomStream } from '../random/stream.ts';
import { labelAt, type Samples, scaleOf } from '../samples.ts';
import { moments } from './covariance.ts';

function randomSamples(count: number, inputs: number, labels: number, seed: number, scaled = false): Samples {
  const stream = new RandomStream(seed, 'samples');
  return {
    count,
    inputs,
    labels,
    raw: Uint8Array.from({ length: count * inputs }, () => stream.integer(256)),
    scale: scaled ? Float64Array.from({ length: count }, () => 0.1 + stream.uniform()) : 0.1 + stream.uniform(),
    offset: stream.normal(),
    classes: Uint8Array.from({ length: count }, () => stream.integer(3)),
    targets: Float32Array.from({ length: 3 * labels }, () => stream.normal()),
  };
}

/** Samples of normal deviates, whose labels are numbers. */
function numberSamples(count: number, inputs: number, labels: number, seed: number, scaled = false): Samples {
  const { classes: _, ...samples } = randomSamples(count, inputs, labels, seed, scaled);
  const stream = new RandomStream(seed, 'numbers');
  const normals = (length: number) => Float32Array.from({ length }, () => stream.normal());
  return { ...samples, raw: normals(count * inputs), targets: normals(count * labels) };
}

async function computeMoments(samples: Samples, ridge: number) {
  const memory = createMemory();
  const { matrix, labelPower } = await moments(samples, ridge, await instantiateKernels(memory), new Arena(memory));
  return {
    cxx: (i: number, j: number) => matrix.data[i * matrix.stride + j]!,
    cyx: (label: number, i: number) => matrix.data[(matrix.order + label) * matrix.stride + i]!,
    labelPower,
  };
}

const sizes = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  inputs: fc.integer({ min: 1, max: 70 }),
  labels: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  scaled: fc.boolean(),
});

/** Every kind of inputs with every kind of labels. */
const kinds = fc.constantFrom(
  randomSamples,
  numberSamples,
  (...size: Parameters<typeof randomSamples>) => ({ ...numberSamples(...size), raw: randomSamples(...size).raw }),
  (...size: Parameters<typeof randomSamples>) => ({ ...randomSamples(...size), raw: numberSamples(...size).raw }),
);

test('are the sums over samples that they stand for', async () => {
  await fc.assert(
    fc.asyncProperty(kinds, sizes, fc.double({ min: 0, max: 10, noNaN: true }), async (make, size, ridge) => {
      const { count, inputs, labels, seed, scaled } = size;
      const samples = make(count, inputs, labels, seed, scaled);
      const { cxx, cyx, labelPower } = await computeMoments(samples, ridge);
      const x = (t: number, i: number) => scaleOf(samples, t) * samples.raw[t * inputs + i]! + samples.offset;
      const y = (t: number, label: number) => samples.targets[labelAt(samples, t) + label]!;
      const mean = (of: (t: number) => number) =>
        Array.from({ length: count }, (_, t) => of(t)).reduce((sum, value) => sum + value / count, 0);
      const expectClose = (actual: number, expected: number, size: number) =>
        expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * size);

      const power = Array.from({ length: inputs }, (_, i) => mean((t) => x(t, i) ** 2));
      const trueLabelPower = mean((t) =>
        Array.from({ length: labels }, (_, l) => y(t, l) ** 2).reduce((a, b) => a + b),
      );
      expectClose(labelPower, trueLabelPower, trueLabelPower);
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j <= i; j++) {
          const expected = mean((t) => x(t, i) * x(t, j)) + (i === j ? ridge : 0);
          expectClose(cxx(i, j), expected, power[i]! + power[j]! + ridge + 1);
        }
        for (let label = 0; label < labels; label++) {
          expectClose(
            cyx(label, i),
            mean((t) => y(t, label) * x(t, i)),
            power[i]! + trueLabelPower + 1,
          );
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('are so over several blocks of samples with scales of their own', async () => {
  const samples = randomSamples(500, 3, 1, 1, true);
  const { cxx } = await computeMoments({ ...samples, offset: 0 }, 0);
  let expected = 0;
  for (let t = 0; t < 500; t++) expected += scaleOf(samples, t) ** 2 * samples.raw[3 * t + 2]! * samples.raw[3 * t]!;
  expect(cxx(2, 0) / (expected / 500)).toBeCloseTo(1, 12);
});

test('are so over several blocks of labels that are numbers', async () => {
  const samples = numberSamples(500, 3, 2, 1, true);
  const { cyx, labelPower } = await computeMoments(samples, 0);
  let [expected, power] = [0, 0];
  for (let t = 0; t < 500; t++) {
    const y = samples.targets[2 * t + 1]!;
    expected += y * (scaleOf(samples, t) * samples.raw[3 * t + 2]! + samples.offset);
    power += y ** 2 + samples.targets[2 * t]! ** 2;
  }
  expect(cyx(1, 2)).toBeCloseTo(expected / 500, 12);
  expect(labelPower).toBeCloseTo(power / 500, 12);
});

describe('the sums of products of pixels', () => {
  async function expectExact(samples: Samples): Promise<void> {
    const { count, inputs, raw } = samples;
    const { cxx } = await computeMoments({ ...samples, scale: 1, offset: 0 }, 0);
    for (let i = 0; i < inputs; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let at = 0; at < count * inputs; at += inputs) sum += raw[at + i]! * raw[at + j]!;
        expect(cxx(i, j)).toBe(sum / count);
      }
    }
  }

  test('are exact at every size', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, ({ count, inputs, labels, seed }) =>
        expectExact(randomSamples(count, inputs, labels, seed)),
      ),
      { numRuns: 25 },
    );
  });

  test('are exact over several blocks of samples', () => expectExact(randomSamples(2500, 7, 1, 1)));

  test('are exact where 32 bits cannot hold them', async () => {
    const samples = randomSamples(40_000, 3, 1, 1);
    samples.raw.fill(255);
    await expectExact(samples);
  });

  test('are exact for the most and brightest samples that the kernel takes at once', async () => {
    const memory = createMemory();
    const { addGram } = await instantiateKernels(memory);
    const arena = new Arena(memory);
    const gram = arena.float64(16);
    const bytes = arena.bytes(2 * 4 * 33_000);
    new Int16Array(bytes.buffer, bytes.byteOffset, 4 * 33_000).fill(255);
    addGram(gram.byteOffset, 4, bytes.byteOffset, 4, 33_000);
    expect(gram[0]).toBe(33_000 * 255 ** 2);
    expect(gram[14]).toBe(33_000 * 255 ** 2);
  });
});
