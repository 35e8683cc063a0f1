import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type LayersShape, layersShapeName } from '../src/layers/shapes.ts';
import { measure } from '../src/measure.ts';
import { implementationNames, reference } from '../src/race/implementations.ts';
import { createProblem } from '../src/race/problem.ts';
import { race } from '../src/race/race.ts';
import { type Shape, shapeName } from '../src/race/shapes.ts';
import type { BenchReport } from '../src/report.ts';
import type { RepresentationShape } from '../src/representation/shapes.ts';

const rates = {
  bmvr: { W1: 2 ** -8, W2: 2 ** -7, Q: 2 ** -7 },
  backprop: { W1: 2 ** -8, W2: 2 ** -7 },
};
const tiny = { m: 24, images: 'random', batch: 250 } as const;
const shapes: Shape[] = (['bmvr', 'backprop'] as const).flatMap((rule) => [
  { rule, k: 3, activation: 'linear', rates: rates[rule], ...tiny },
  { rule, k: 5, activation: 'relu', rates: rates[rule], ratesBefore: rates[rule], ...tiny },
]);

const layers: LayersShape[] = [
  { rule: 'backprop', activation: 'sigmoid', output: 'sigmoid', batch: 1 },
  { rule: 'backprop', activation: 'relu', output: 'softmax', batch: 10 },
  { rule: 'feedback-alignment', activation: 'relu', output: 'linear', batch: 10 },
  { rule: 'deep-bmvr', activation: 'relu', output: 'linear', batch: 10 },
  { rule: 'predictive-coding', activation: 'relu', output: 'linear', batch: 10, steps: 5 },
].map((each) => {
  const rates = { W: 2 ** -6, ...(each.rule === 'deep-bmvr' && { V: 2 ** -7, Q: 2 ** -7 }) };
  return { ...(each as LayersShape), sizes: [24, 9, 7, 10], images: 'random', rates, timed: 1000 };
});

const small = { m: 12, k: 3, timed: 1000 };
const representations: readonly RepresentationShape[] = [
  { rule: 'similarity-matching', n: 0, rates: { W: 2 ** -8, M: 2 ** -8 }, ...small },
  { rule: 'adaptive-soft', n: 0, rates: { W: 1, M: 1 }, ...small },
  { rule: 'bio-cca', n: 9, rates: { Wx: 2 ** -10, Wy: 2 ** -10, M: 2 ** -8 }, ...small },
  { rule: 'reduced-rank-regression', n: 9, rates: { Wx: 2 ** -10, Wy: 2 ** -10, Q: 2 ** -10 }, ...small },
];

const pace = { rounds: 1, warmUpSeconds: 0.5, mostSeconds: 600, leftOut: () => {} };
const serve = fileURLToPath(new URL('../src/implementations/serve.ts', import.meta.url));
const apical = { name: 'apical', command: [process.execPath, serve, 'apical'] } as const;

describe('all implementations that are there', () => {
  let report: BenchReport;
  const kept: BenchReport[] = [];
  beforeAll(async () => {
    const quietly = { quick: true, whole: false, onProgress: () => {} };
    report = await measure({
      shapes,
      layers,
      representations,
      parts: ['shapes', 'layers', 'representation'],
      ...quietly,
      onMeasured: async (now) => void kept.push(now),
    });
    for (const note of report.notes.filter((text) => text.includes('left out'))) console.warn(note);
  }, 900_000);

  test('are reported after each shape, with what was measured before', () => {
    const told = kept.filter((each) => each.shapes.length > 0 && !each.layers);
    for (const [i] of shapes.entries()) expect(told[i]?.shapes).toEqual(report.shapes.slice(0, i + 1));
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

  test.each(layers.map((shape, i) => [layersShapeName(shape), i] as const))(
    'end at the weights of float64: %s',
    (_, i) => {
      // Without NumPy nothing says what they should learn: then a note says so.
      if (!('NumPy' in report.versions))
        return expect(report.notes.join()).toContain('Networks of layers are left out');
      const result = report.layers![i]!;
      expect(result).toMatchObject({ rule: layers[i]!.rule, sizes: [24, 9, 7, 10], samples: 240 });
      expect(Object.keys(result.microseconds)).toEqual(expect.arrayContaining(['apical', 'numpy']));
      for (const [name, error] of Object.entries(result.relativeError)) expect(error, name).toBeLessThan(2e-5);
    },
  );

  test.each(representations.map(({ rule }, i) => [rule, i] as const))('end at the weights of float64: %s', (_, i) => {
    if (!report.representation)
      return expect(report.notes.join()).toContain('Networks that predict nothing are left out');
    const result = report.representation[i]!;
    expect(result).toMatchObject({ rule: representations[i]!.rule, m: 12, k: 3, samples: 240 });
    expect(Object.keys(result.microseconds)).toEqual(expect.arrayContaining(['apical', 'numpy']));
    for (const [name, error] of Object.entries(result.relativeError)) expect(error, name).toBeLessThan(2e-4);
  });

  test('have versions, and are left out by name where they are missing', () => {
    const told = [...Object.keys(report.versions), ...report.notes].join();
    for (const name of ['Node.js', 'NumPy', 'PyTorch', /C\+\+|g\+\+/]) expect(told).toMatch(name);
  });
});

test('an implementation that fails is named, with what it says', async () => {
  const broken = { name: 'cpp', command: [process.execPath, '-e', 'console.error("no such thing")'] } as const;
  await expect(race(await createProblem(shapes[0]!), reference, [broken], pace)).rejects.toThrow(
    'cpp failed: no such thing',
  );
  const missing = { name: 'cpp', command: ['/no/such/program'] } as const;
  await expect(race(await createProblem(shapes[0]!), reference, [missing], pace)).rejects.toThrow('cpp');
});

test('a shape whose rates diverge, but not before its last sample, is measured', async () => {
  // in float64, too, at sample 46,228: half a second of warming up would be longer
  const shape: Shape = { ...shapes[0]!, rates: { W1: 2 ** -3, W2: 2 ** -3, Q: 2 ** -3 }, batch: 100 };
  const result = await race(await createProblem(shape), reference, [apical], pace);
  expect(result.microseconds.apical).toBeGreaterThan(0);
  expect(result.maxRelativeError).toBeLessThan(1e-4);
});

test('an implementation that would take too long by its first samples is left out, and told', async () => {
  const answers =
    'console.log("ready"); require("node:readline").createInterface(process.stdin).on("line", () => console.log(1000))';
  const slow = { name: 'cpp', command: [process.execPath, '-e', answers] } as const;
  const told: unknown[] = [];
  const leftOut = (...of: unknown[]) => void told.push(of);
  const result = await race(await createProblem({ ...shapes[0]!, batch: 50 }), reference, [slow, apical], {
    ...pace,
    leftOut,
  });
  // 1000 seconds for the first four samples of a run-up of ten, and for the next.
  expect(told).toEqual([['cpp', 2.5e8]]);
  expect(Object.keys(result.microseconds)).toEqual(['apical']);
});
