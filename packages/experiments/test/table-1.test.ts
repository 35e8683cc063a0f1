import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { dataDirectory } from '@apical/data';
import { describe, expect, test } from 'vitest';
import { reproduceTable1 } from '../src/index.ts';

const folder = join(dataDirectory(), 'mnist');
const trainImages = ['', '.gz'].some((end) => existsSync(join(folder, `train-images-idx3-ubyte${end}`)));
if (!trainImages) console.warn(`Skipped: runs of Table 1. They need MNIST's train images: apical data fetch mnist.`);

describe.skipIf(!trainImages)('one epoch of two runs at k = 64', () => {
  const options = { hidden: ['64'], seeds: 2, epochs: 1 };

  test('accuracies are in per cent, of each run and of the mean; few epochs do not reach the goals', async () => {
    const told: { label: string; samples: number }[] = [];
    const { results, firstLayers } = await reproduceTable1({ ...options, onStart: (runs) => told.push(...runs) });
    expect(told.map(({ label }) => label)).toEqual([
      'k = 64 bmvr seed 1',
      'k = 64 backprop seed 1',
      'k = 64 bmvr seed 2',
      'k = 64 backprop seed 2',
    ]);
    const column = results.widths['64'];
    for (const found of [column?.bmvr, column?.backprop]) {
      for (const on of ['train', 'test', 'test50k'] as const) {
        const { mean, sd, runs } = found?.[on] ?? { mean: null, sd: null, runs: [] };
        const [a = null, b = null] = runs;
        if (a === null || b === null || mean === null || sd === null) throw new Error('a run has no accuracy');
        expect(mean).toBeCloseTo((a + b) / 2, 10);
        expect(sd).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 10);
        for (const value of [a, b]) {
          expect(value).toBeGreaterThan(75);
          expect(value).toBeLessThan(97);
        }
      }
      // Of 60,000 and 50,000 images, whole numbers are right.
      for (const [on, count] of [
        ['train', 1e4],
        ['test', 6e4],
        ['test50k', 5e4],
      ] as const) {
        for (const value of found?.[on].runs ?? []) {
          const right = ((value ?? 0) * count) / 100;
          expect(Math.abs(right - Math.round(right))).toBeLessThan(1e-6);
        }
      }
      const confusion = found?.runs.confusion.test ?? [];
      expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(60_000);
      const diagonal = confusion.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
      expect(diagonal / 600).toBeCloseTo(found?.test.runs[0] ?? 0, 10);
    }
    expect(results.verdicts.map(({ reached }) => reached)).toEqual([false, false, false, false]);
    expect(results).toMatchObject({ quick: false, data: { learned: 10_000, heldOut: 60_000 } });
    expect(Object.keys(results.data.sha256)).toHaveLength(4);
    expect(firstLayers.map(({ W1 }) => [W1.rows, W1.cols])).toEqual([
      [64, 784],
      [64, 784],
    ]);
  });

  test('a quick look judges nothing', async () => {
    const { results } = await reproduceTable1({ hidden: ['64'], quick: true, epochs: 1 });
    expect(results).toMatchObject({ quick: true, verdicts: [] });
    expect(results.widths['64']?.bmvr?.runs.seeds).toEqual([1]);
  });

  test('aborted, it returns the runs that are finished', async () => {
    const controller = new AbortController();
    const ended = new Set<number>();
    const { results } = await reproduceTable1({
      ...options,
      seeds: 50,
      workers: 1,
      signal: controller.signal,
      onProgress: (run, samples) => {
        if (samples === 10_000 && ended.add(run).size === 4) controller.abort(new Error('enough'));
      },
    });
    const runs = Object.values(results.widths['64'] ?? {}).flatMap((method) => method.runs.seeds);
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.length).toBeLessThan(6);
  });
});

test('without the train images it says how to get them', async () => {
  await expect(reproduceTable1({ directory: '/no/such/folder' })).rejects.toThrow('run "apical data fetch mnist"');
});

test.each([
  [{ hidden: ['65'] }, 'Table 1 has no hidden width "65": choose among 64, 256'],
  [{ hidden: [] }, 'no hidden width was chosen; there are 64, 256'],
  [{ settings: ['bset'] }, 'Table 1 has no settings "bset" (did you mean "best"?)'],
  [{ seeds: 0 }, 'the number of seeds must be a whole number from 1, not 0'],
  [{ seed: -1 }, 'the seeds must be whole numbers from 0'],
  [{ epochs: 0.5 }, 'the number of epochs must be a whole number from 1, not 0.5'],
])('%j is refused', async (options, message) => {
  await expect(reproduceTable1(options)).rejects.toThrow(InputError);
  await expect(reproduceTable1(options)).rejects.toThrow(message);
});
