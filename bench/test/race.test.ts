import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { measure } from '../src/measure.ts';
import { implementationNames } from '../src/race/implementations.ts';
import { race } from '../src/race/race.ts';
import { type Shape, shapeName } from '../src/race/shapes.ts';
import type { BenchReport } from '../src/report.ts';

const rates = {
  bmvr: { W1: 2 ** -8, W2: 2 ** -7, Q: 2 ** -7 },
  backprop: { W1: 2 ** -8, W2: 2 ** -7 },
};
const tiny = { m: 24, images: 'random', batch: 1000 } as const;
const shapes: Shape[] = (['bmvr', 'backprop'] as const).flatMap((rule) => [
  { rule, k: 3, activation: 'linear', rates: rates[rule], ...tiny },
  { rule, k: 5, activation: 'relu', rates: rates[rule], ratesBefore: rates[rule], ...tiny },
]);

describe('all implementations that are there', () => {
  let report: BenchReport;
  const kept: BenchReport[] = [];
  beforeAll(async () => {
    const quietly = { quick: true, whole: false, onProgress: () => {} };
    report = await measure({ shapes, parts: ['shapes'], ...quietly, onMeasured: async (now) => void kept.push(now) });
    for (const note of report.notes.filter((text) => text.includes('left out'))) console.warn(note);
  }, 300_000);

  test('are reported after each shape, with what was measured before', () => {
    for (const [i] of shapes.entries()) expect(kept[i]?.shapes).toEqual(report.shapes.slice(0, i + 1));
    expect(kept.at(-1)).toEqual(report);
  });

  test.each(shapes.map((shape, i) => [shapeName(shape), i] as const))('end at the weights of float64: %s', (_, i) => {
    const { rule, m, k, activation } = shapes[i]!;
    const result = report.shapes[i]!;
    expect(result).toMatchObject({ rule, m, k, activation, images: 'random', samples: 240 });
    const names = implementationNames.filter((name) => name in result.microseconds);
    expect(names).toEqual(expect.arrayContaining(['apical', 'js']));
    for (const key of ['microseconds', 'quartiles', 'relativeError'] as const) {
      expect(Object.keys(result[key]).toSorted(), key).toEqual(names.toSorted());
    }
    for (const name of names) {
      expect(result.microseconds[name]).toBeGreaterThan(0);
      expect(result.relativeError[name], name).toBeLessThan(1e-4);
    }
    expect(result.maxRelativeError).toBe(Math.max(...Object.values(result.relativeError)));
  });

  test('have versions, and are left out by name where they are missing', () => {
    const told = [...Object.keys(report.versions), ...report.notes].join();
    for (const name of ['Node.js', 'NumPy', 'PyTorch', /C\+\+|g\+\+/]) expect(told).toMatch(name);
  });
});

test('an implementation that fails is named, with what it says', async () => {
  const broken = { name: 'cpp', command: [process.execPath, '-e', 'console.error("no such thing")'] } as const;
  await expect(race(shapes[0]!, [broken], 1)).rejects.toThrow('cpp failed: no such thing');
  const missing = { name: 'cpp', command: ['/no/such/program'] } as const;
  await expect(race(shapes[0]!, [missing], 1)).rejects.toThrow('cpp');
});

test('a shape whose rates diverge, but not before its last sample, is measured', async () => {
  // in float64, too, at sample 46,228: half a second of warming up would be longer
  const shape: Shape = { ...shapes[0]!, rates: { W1: 2 ** -3, W2: 2 ** -3, Q: 2 ** -3 }, batch: 100 };
  const serve = fileURLToPath(new URL('../src/implementations/serve.ts', import.meta.url));
  const result = await race(shape, [{ name: 'apical', command: [process.execPath, serve, 'apical'] }], 1);
  expect(result.microseconds.apical).toBeGreaterThan(0);
  expect(result.maxRelativeError).toBeLessThan(1e-4);
});
