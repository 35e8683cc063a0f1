import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findImplementations, type Implementations } from '../src/race/implementations.ts';
import { race } from '../src/race/race.ts';
import type { Shape } from '../src/race/shapes.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'apical-bench-test-'));
let found: Implementations;

beforeAll(async () => {
  found = await findImplementations(folder);
  for (const note of found.notes) console.warn(`Skipped: ${note}.`);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const ratesOf = {
  bmvr: { W1: 2 ** -8, W2: 2 ** -7, Q: 2 ** -7 },
  backprop: { W1: 2 ** -8, W2: 2 ** -7 },
};
const tiny = { m: 24, images: 'random', batch: 100 } as const;

describe.each(['bmvr', 'backprop'] as const)('%s: all that are there end at the weights of float64', (rule) => {
  const rates = ratesOf[rule];
  test.each<[string, Pick<Shape, 'k' | 'activation' | 'ratesBefore'>]>([
    ['three linear units with ridge', { k: 3, activation: 'linear' }],
    ['mean-subtracted ReLU, from weights that have learned', { k: 5, activation: 'relu', ratesBefore: rates }],
  ])('%s', async (_, changes) => {
    const result = await race({ rule, rates, ...tiny, ...changes }, found.all, 2);
    const names = found.all.map(({ name }) => name).toSorted();
    expect(names).toEqual(expect.arrayContaining(['apical', 'js']));
    for (const key of ['microseconds', 'quartiles', 'relativeError'] as const) {
      expect(Object.keys(result[key]).toSorted(), key).toEqual(names);
    }
    expect(result.samples).toBe(300);
    for (const [name, error] of Object.entries(result.relativeError)) expect(error, name).toBeLessThan(1e-4);
    expect(result.maxRelativeError).toBe(Math.max(...Object.values(result.relativeError)));
  });
});

test('an implementation that fails is named, with what it says', async () => {
  const broken = { name: 'cpp', command: [process.execPath, '-e', 'console.error("no such thing")'] } as const;
  const shape: Shape = { rule: 'bmvr', k: 1, activation: 'linear', rates: ratesOf.bmvr, ...tiny };
  await expect(race(shape, [broken], 1)).rejects.toThrow('cpp failed: no such thing');
  const missing = { name: 'cpp', command: ['/no/such/program'] } as const;
  await expect(race(shape, [missing], 1)).rejects.toThrow('cpp');
});
