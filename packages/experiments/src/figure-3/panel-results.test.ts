import { type ImageSet, loadImages, preprocess } from '@apical/data';
import { beforeAll, expect, test } from 'vitest';
import type { LoadedData } from '../runs/data-sets.ts';
import type { RunOutcome } from '../runs/result.ts';
import { panelResults } from './panel-results.ts';
import { paper } from './paper.ts';
import { figure3Config, type Method } from './protocol.ts';

let data: Pick<LoadedData, 'sha256' | 'samples'>;
beforeAll(async () => {
  const images: ImageSet = await loadImages({ set: 'mnist', split: 'test' });
  data = { sha256: images.sha256, samples: preprocess(images, { inputs: 'standardised', labels: 'one-hot-centred' }) };
});

/** A run that had these values at its evaluations; one that diverged where they are fewer than the evaluations. */
function runWith(method: Method, seed: number, values: readonly number[]): RunOutcome {
  const config = figure3Config('mnist', method, seed);
  const evaluations = values.map((objective, i) => ({ samples: config.evaluateAt[i] ?? 0, objective }));
  if (values.length < config.evaluateAt.length) return { config, evaluations, divergedAt: 5000 };
  return {
    config,
    evaluations,
    objective: 0.8,
    confusion: {},
    weights: {},
    weightsSha256: `sum of ${seed}`,
    seconds: 1,
  };
}

const { bmvr, backprop } = paper.mnist;

test("runs that are as the paper's agree wherever that says something: the untrained network has 0.9", () => {
  const outcomes = { bmvr: [runWith('bmvr', 1, bmvr.mean)], backprop: [runWith('backprop', 1, backprop.mean)] };
  const { verdicts, steps } = panelResults('mnist', outcomes, 0.81456, data);
  for (const method of ['bmvr', 'backprop'] as const) {
    verdicts[method].forEach((verdict, step) => {
      const [mean = 0, sd = 0] = [paper.mnist[method].mean[step], paper.mnist[method].sd[step]];
      const informative = Math.abs(0.9 - mean) > 3 * Math.hypot(sd, 0.00005);
      expect(verdict).toBe(informative ? 'agrees' : 'uninformative');
    });
    expect(verdicts[method]).toHaveLength(steps.length);
  }
  expect(verdicts.final).toEqual({ bmvr: true, backprop: true });
});

test('a run that diverged counts to where it did, and from there the method differs', () => {
  const outcomes = {
    bmvr: [runWith('bmvr', 1, bmvr.mean), runWith('bmvr', 2, bmvr.mean.slice(0, 8))],
    backprop: [runWith('backprop', 1, [])],
  };
  const panel = panelResults('mnist', outcomes, 0.81456, data);
  expect(panel.bmvr.runs[1]).toEqual([...bmvr.mean.slice(0, 8), null, null, null]);
  expect(panel.bmvr.mean).toEqual(bmvr.mean);
  expect(panel.bmvr.diverged).toEqual([{ seed: 2, sample: 5000 }]);
  expect(panel.bmvr.weightsSha256).toEqual(['sum of 1', null]);
  expect(panel.verdicts.bmvr[7]).toBe('agrees');
  expect(panel.verdicts.bmvr.slice(8)).toEqual(['differs', 'differs', 'differs']);
  expect(panel.backprop.mean).toEqual(panel.steps.map(() => Number.NaN));
  expect(panel.verdicts.final).toEqual({ bmvr: false, backprop: false });
});
