import { InputError } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { type MethodResults, type PanelResults, reproduceFigure3 } from '../src/index.ts';

function panelOf(panel: PanelResults | undefined): PanelResults {
  if (panel === undefined) throw new Error('the panel is missing');
  return panel;
}

const final = ({ mean }: MethodResults) => mean.at(-1);

describe('MNIST, two runs', async () => {
  const started: { label: string; samples: number }[] = [];
  const progress = new Map<number, number>();
  const results = await reproduceFigure3({
    panels: ['mnist'],
    runs: 2,
    onStart: (runs) => started.push(...runs),
    onProgress: (run, samples) => progress.set(run, samples),
  });
  const panel = panelOf(results.panels.mnist);

  test('the optimum is that of the paper', () => {
    expect(panel.optimum).toBeCloseTo(0.81456, 5);
    expect(panel.paper.optimum).toBe(0.81456);
  });

  test('both methods come as near to it as in the paper, and never below', () => {
    expect(final(panel.bmvr)).toBeLessThan(0.8175);
    expect(final(panel.backprop)).toBeLessThan(0.816);
    for (const value of [...panel.bmvr.runs, ...panel.backprop.runs].flat()) {
      expect(value).toBeGreaterThanOrEqual(panel.optimum);
    }
    expect(panel.verdicts.final).toEqual({ bmvr: true, backprop: true });
  });

  test('there is one value a run and step, and the mean is theirs', () => {
    expect(panel.steps).toEqual([1, 4, 16, 50, 150, 446, 1318, 3892, 11485, 33891, 99999]);
    for (const { runs, mean, seeds, weightsSha256, diverged } of [panel.bmvr, panel.backprop]) {
      expect(seeds).toEqual([1, 2]);
      expect(new Set(weightsSha256).size).toBe(2);
      expect(diverged).toEqual([]);
      expect(runs.map((run) => run.length)).toEqual([11, 11]);
      mean.forEach((value, step) => {
        expect(value).toBeCloseTo(((runs[0]?.[step] ?? 0) + (runs[1]?.[step] ?? 0)) / 2, 12);
      });
    }
  });

  test('the runs are named before, and followed to their ends', () => {
    expect(started).toEqual(
      ['bmvr seed 1', 'backprop seed 1', 'bmvr seed 2', 'backprop seed 2'].map((name) => ({
        label: `MNIST ${name}`,
        samples: 100_000,
      })),
    );
    expect([...progress.values()]).toEqual([100_000, 100_000, 100_000, 100_000]);
  });

  test('one worker computes the same, and the second seed alone is the second run', async () => {
    const again = await reproduceFigure3({ panels: ['mnist'], runs: 2, workers: 1 });
    expect(again.panels).toEqual(results.panels);
    const second = panelOf((await reproduceFigure3({ panels: ['mnist'], runs: 1, seed: 2 })).panels.mnist);
    expect(second.bmvr.weightsSha256[0]).toBe(panel.bmvr.weightsSha256[1]);
    expect(second.bmvr.sd).toEqual(second.steps.map(() => Number.NaN));
  });
});

test('Fashion-MNIST, two runs: as near to the optimum as in the paper, and never below', async () => {
  const panel = panelOf((await reproduceFigure3({ panels: ['fashion-mnist'], runs: 2 })).panels['fashion-mnist']);
  expect(panel.optimum).toBeCloseTo(0.72045, 5);
  expect(final(panel.bmvr)).toBeLessThan(0.722);
  expect(final(panel.backprop)).toBeLessThan(0.7216);
  for (const value of [...panel.bmvr.runs, ...panel.backprop.runs].flat()) {
    expect(value).toBeGreaterThanOrEqual(panel.optimum);
  }
});

test('aborted, it returns the panels that are far enough, with the runs that have ended', async () => {
  const controller = new AbortController();
  const ended = new Set<number>();
  const results = await reproduceFigure3({
    panels: ['mnist'],
    runs: 50,
    workers: 2,
    signal: controller.signal,
    onProgress: (run, samples) => {
      if (samples === 100_000 && ended.add(run).size === 6) controller.abort(new Error('enough'));
    },
  });
  const { bmvr, backprop } = panelOf(results.panels.mnist);
  for (const { seeds, runs } of [bmvr, backprop]) {
    expect(runs).toHaveLength(seeds.length);
    expect(seeds.length).toBeGreaterThan(0);
  }
  expect(bmvr.seeds.length + backprop.seeds.length).toBeLessThan(10);
});

test('aborted before anything is there, it throws the reason', async () => {
  const signal = AbortSignal.abort(new Error('never mind'));
  await expect(reproduceFigure3({ panels: ['mnist'], signal })).rejects.toThrow('never mind');
});

test.each([
  [{ panels: ['minst'] }, 'Figure 3 has no panel "minst" (did you mean "mnist"?)'],
  [{ panels: [] }, 'no panel was chosen'],
  [{ runs: 0 }, 'the number of runs must be a whole number from 1, not 0'],
  [{ seed: -1 }, 'the seeds must be whole numbers from 0'],
  [{ workers: 1.5 }, 'the number of workers must be a whole number from 1, not 1.5'],
])('%j is refused', async (options, message) => {
  const reproduced = reproduceFigure3(options as Parameters<typeof reproduceFigure3>[0]);
  await expect(reproduced).rejects.toThrow(InputError);
  await expect(reproduced).rejects.toThrow(message);
});
