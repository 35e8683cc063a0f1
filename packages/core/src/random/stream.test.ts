import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import { RandomStream } from './stream.ts';

const seeds = fc.maxSafeNat();
const names = fc.string();
const positions = fc.maxSafeNat().map((n) => Math.floor(n / 2));

/** Φ, the standard normal distribution function: ½ + φ(x) (x + x³/3 + x⁵/(3·5) + …). */
function normalDistribution(x: number): number {
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** The Kolmogorov–Smirnov statistic √N sup |F_N − F|. */
function kolmogorovSmirnov(values: Float64Array, distribution: (x: number) => number): number {
  const count = values.length;
  const distances = values.toSorted().map((value, i) => {
    const expected = distribution(value);
    return Math.max(expected - i / count, (i + 1) / count - expected);
  });
  return Math.sqrt(count) * distances.reduce((a, b) => Math.max(a, b));
}

/** Kolmogorov's distribution has the mean √(π/2) ln 2 and the standard deviation 0.26. */
function expectDistribution(draw: (stream: RandomStream) => number, distribution: (x: number) => number): void {
  const streams = 20;
  let sum = 0;
  for (let seed = 0; seed < streams; seed++) {
    const stream = new RandomStream(seed, 'law');
    sum += kolmogorovSmirnov(
      Float64Array.from({ length: 10_000 }, () => draw(stream)),
      distribution,
    );
  }
  const error = sum / streams - Math.sqrt(Math.PI / 2) * Math.LN2;
  expect(Math.abs(error)).toBeLessThan((4 * 0.26) / Math.sqrt(streams));
}

/** How far the counts are from equal, in standard deviations of χ². */
function excessOfChiSquare(counts: Uint32Array): number {
  const total = counts.reduce((a, b) => a + b);
  const expected = total / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (chiSquare - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

describe('the words of a stream', () => {
  // From a separate statement of Philox4x32-10 and FNV-1a in Python, whose integers have no limit.
  test.each([
    { seed: 0, name: '', position: 0, word: 0x4ab98097 },
    { seed: 0, name: '', position: 1, word: 0x1aa722e1 },
    { seed: 1, name: 'W1', position: 0, word: 0xa288995d },
    { seed: 1, name: 'W1', position: 7, word: 0xd97f0a3e },
    { seed: 1, name: 'Q', position: 0, word: 0x471c7ea8 },
    { seed: 2 ** 53 - 1, name: 'Übung', position: 2 ** 34 + 3, word: 0xda983d3b },
    { seed: 20201210, name: 'order', position: 2 ** 40 + 2, word: 0x0d358a8b },
  ])('seed $seed, "$name", word $position', ({ seed, name, position, word }) => {
    const stream = new RandomStream(seed, name);
    stream.position = position;
    expect(stream.uint32()).toBe(word);
  });

  test('depend on seed, name and position alone', () => {
    fc.assert(
      fc.property(seeds, names, positions, fc.array(positions, { maxLength: 5 }), (seed, name, position, detours) => {
        const direct = new RandomStream(seed, name);
        direct.position = position;
        const wandering = new RandomStream(seed, name);
        for (const detour of detours) {
          wandering.position = detour;
          wandering.normal();
        }
        wandering.position = position;
        const expected = Array.from({ length: 9 }, () => direct.uint32());
        expect(Array.from({ length: 9 }, () => wandering.uint32())).toEqual(expected);
        expect(wandering.position).toBe(position + 9);
      }),
    );
  });

  test('differ between names and between seeds', () => {
    const first = (seed: number, name: string) => new RandomStream(seed, name).uint32();
    const words = ['', 'W1', 'W2', 'Q', 'order'].flatMap((name) =>
      [0, 1, 2, 2 ** 32, 2 ** 52].map((s) => first(s, name)),
    );
    expect(new Set(words).size).toBe(words.length);
  });

  test('refuse a seed or position that is not a non-negative safe integer', () => {
    for (const wrong of [-1, 0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(() => new RandomStream(wrong, 'W1')).toThrow(InputError);
      const stream = new RandomStream(0, 'W1');
      expect(() => {
        stream.position = wrong;
      }).toThrow(InputError);
    }
  });
});

describe('uniform', () => {
  test('is uniformly distributed', () => {
    expectDistribution(
      (stream) => stream.uniform(),
      (x) => x,
    );
  });

  test('is a multiple of 2^-53 in [0, 1)', () => {
    const stream = new RandomStream(1, 'uniform');
    const multiples = Array.from({ length: 1000 }, () => stream.uniform() * 2 ** 53);
    expect(multiples.every((multiple) => Number.isInteger(multiple) && multiple >= 0 && multiple < 2 ** 53)).toBe(true);
    expect(multiples.some((multiple) => multiple % 2 === 1)).toBe(true);
  });
});

describe('normal', () => {
  const stream = new RandomStream(1, 'normal');
  const values = Float64Array.from({ length: 100_000 }, () => stream.normal());

  test('has the standard normal distribution', () => {
    expectDistribution((stream) => stream.normal(), normalDistribution);
  });

  test('has the moments 0, 1, 0, 3', () => {
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    // Bounds of four standard errors: the variance of z^p is E z^2p − (E z^p)².
    const standardError = (variance: number) => Math.sqrt(variance / values.length);
    expect(Math.abs(moment(1))).toBeLessThan(4 * standardError(1));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * standardError(2));
    expect(Math.abs(moment(3))).toBeLessThan(4 * standardError(15));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * standardError(96));
  });

  test('has no correlation from one deviate to the next', () => {
    const products = values.subarray(1).reduce((sum, value, i) => sum + value * values[i]!, 0);
    expect(Math.abs(products / values.length)).toBeLessThan(4 / Math.sqrt(values.length));
  });

  test('has these very bits on every engine', () => {
    const bytes = new DataView(new ArrayBuffer(8 * values.length));
    values.forEach((value, i) => {
      bytes.setFloat64(8 * i, value);
    });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'f58d37d1de1ad62133f0b3fda2249451a02e1c3d06ee34d4d5bb42cef94908ca',
    );
  });
});

describe('integer', () => {
  test.each([1, 2, 3, 10, 1000])('%i choices are equally likely', (n) => {
    const stream = new RandomStream(7, 'integer');
    const counts = new Uint32Array(n);
    for (let i = 0; i < 100_000; i++) counts[stream.integer(n)]!++;
    if (n === 1) expect(counts[0]).toBe(100_000);
    else expect(Math.abs(excessOfChiSquare(counts))).toBeLessThan(4);
  });

  test('is unbiased where words do not divide evenly among the choices', () => {
    // Of 2^32 words, 3·2^30 choices get one or two each if none is refused: a third of them twice as often.
    const n = 3 * 2 ** 30;
    const stream = new RandomStream(7, 'integer');
    const counts = new Uint32Array(3);
    for (let i = 0; i < 100_000; i++) counts[stream.integer(n) % 3]!++;
    expect(Math.abs(excessOfChiSquare(counts))).toBeLessThan(4);
    expect(stream.position).toBeGreaterThan(120_000);
  });

  test('refuses what is not a number of choices', () => {
    for (const wrong of [0, -1, 1.5, Number.NaN, 2 ** 32]) {
      expect(() => new RandomStream(0, '').integer(wrong)).toThrow(InputError);
    }
  });
});

describe('permutation', () => {
  test('holds every number once', () => {
    fc.assert(
      fc.property(seeds, fc.nat(300), (seed, n) => {
        const order = new RandomStream(seed, 'order').permutation(n);
        expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
    );
  });

  test('takes each of the 24 orders of 4 equally often', () => {
    const stream = new RandomStream(3, 'order');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.permutation(4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(Math.abs(excessOfChiSquare(Uint32Array.from(counts.values())))).toBeLessThan(4);
  });

  test('refuses a length that is not a whole number', () => {
    for (const wrong of [-1, 1.5, Number.NaN, 2 ** 32]) {
      expect(() => new RandomStream(0, '').permutation(wrong)).toThrow(InputError);
    }
  });
});
