import { readdirSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel, weightsDigest } from '@apical/core';
import { loadImages, preprocess } from '@apical/data';
import { expect, onTestFinished, test, vi } from 'vitest';
import { evaluationIn, interruptAt } from '../../test/support/interrupted-runs.ts';
import { shortRun as config, placeForRun } from '../../test/support/run-folder.ts';
import type { Asked } from '../config/asked.ts';
import { defaultRunConfig } from '../config/default-config.ts';
import { readResumable } from './resume.ts';
import { runTraining } from './run-training.ts';

test('a run that was interrupted goes on where it was, and ends as one that was not, byte for byte', async () => {
  const { parent, folder, names } = placeForRun();
  const calm = join(parent, 'calm');
  const { weightsSha256 } = await runTraining(config, { folder: calm });
  const notes: string[] = [];
  await interruptAt(10, config, folder);
  expect(names()).toEqual(['checkpoint.snapshot', 'config.json', 'metrics.jsonl']);
  await interruptAt(100, config, folder);
  expect(names()).toEqual(['checkpoint.previous.snapshot', 'checkpoint.snapshot', 'config.json', 'metrics.jsonl']);
  const evaluated: number[] = [];
  const onEvaluation = ({ samples }: { samples: number }) => evaluated.push(samples);
  const resumed = await runTraining(config, { folder, onEvaluation, onNote: (text) => notes.push(text) });
  expect(notes).toEqual(['goes on from sample 100']);
  expect(evaluated).toEqual(config.evaluateAt);
  expect(resumed.weightsSha256).toBe(weightsSha256);
  for (const name of ['config.json', 'metrics.jsonl', 'weights.safetensors', 'end.snapshot']) {
    expect(await readFile(join(folder, name))).toEqual(await readFile(join(calm, name)));
  }
  expect(names()).toEqual(['config.json', 'end.snapshot', 'metrics.jsonl', 'summary.json', 'weights.safetensors']);
});

test('so does one of a deep network with noise that learns in batches, with all that its optimiser keeps', async () => {
  const { parent, folder } = placeForRun();
  const asked: Asked = {
    hidden: [12, 7],
    activation: 'relu',
    output: 'softmax',
    batch: 16,
    optimiser: { kind: 'adam' },
    parameters: { before: 3 },
    data: { first: 100 },
    samples: 500,
    evaluateAt: [96, 100, 264],
    accuracy: { all: { split: 'test' } },
    probes: ['alignment'],
  };
  const batches = { ...config, ...defaultRunConfig('weight-mirror', 'mnist', asked) };
  const calm = join(parent, 'calm');
  const { weightsSha256, weights } = await runTraining(batches, { folder: calm });
  for (const at of [96, 264]) await interruptAt(at, batches, folder);
  const notes: string[] = [];
  const resumed = await runTraining(batches, { folder, onNote: (text) => notes.push(text) });
  expect(notes).toEqual(['goes on from sample 264']);
  expect(resumed.weightsSha256).toBe(weightsSha256);
  for (const name of ['config.json', 'metrics.jsonl', 'weights.safetensors', 'end.snapshot']) {
    expect(await readFile(join(folder, name))).toEqual(await readFile(join(calm, name)));
  }
  const read = await runTraining(batches, { folder });
  expect(Object.entries(read.weights)).toEqual(Object.entries(weights));
  const model = await loadModel(await readFile(join(folder, 'weights.safetensors')));
  expect(model.network).toMatchObject({ layers: [12, 7], batch: 16, loss: 'cross-entropy', samplesSeen: 500 });
  const images = preprocess(await loadImages(batches.data), model.preprocessing!);
  expect(model.network.score(images)).toBeCloseTo(resumed.evaluations.at(-1)?.accuracy?.all ?? Number.NaN, 1);
});

test('checkpoints are taken by time, and cost no bit', async () => {
  const { folder } = placeForRun();
  const long = { ...config, samples: 60_000 };
  const { weightsSha256 } = await runTraining(long);
  const seen: string[][] = [];
  const onEvaluation = () => seen.push(readdirSync(folder).toSorted());
  const often = { ...long, evaluateAt: [10, 30_000, 60_000] };
  let now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000));
  onTestFinished(() => clock.mockRestore());
  const kept = await runTraining(often, { folder, checkpointSeconds: 1, onEvaluation });
  expect(seen.at(-1)).toContain('checkpoint.previous.snapshot');
  expect(kept.weightsSha256).toBe(weightsSha256);
});

test('a damaged checkpoint is left for the one before it; without any, the run starts anew; both are said', async () => {
  const { folder } = placeForRun();
  const { weightsSha256 } = await runTraining(config);
  await interruptAt(10, config, folder);
  await interruptAt(100, config, folder);
  const current = join(folder, 'checkpoint.snapshot');
  const bytes = await readFile(current);
  await writeFile(current, bytes.subarray(0, -1));
  const notes: string[] = [];
  const controller = new AbortController();
  const onNote = (text: string) => {
    notes.push(text);
    if (text.startsWith('goes on')) controller.abort(new Error('enough'));
  };
  await expect(runTraining(config, { folder, signal: controller.signal, onNote })).rejects.toThrow('enough');
  expect(notes).toEqual([`${current}: is damaged; the run goes on from sample 10`, 'goes on from sample 10']);

  await writeFile(current, 'nothing of use');
  await rm(join(folder, 'checkpoint.previous.snapshot'));
  notes.length = 0;
  const resumed = await runTraining(config, { folder, onNote });
  expect(notes).toEqual([`${current}: is damaged; the run starts anew`]);
  expect(resumed.weightsSha256).toBe(weightsSha256);
});

test.each([
  ['a line cut short', (text: string) => text.slice(0, -20)],
  ['a line that is none', (text: string) => `${text}{"samp\n`],
  ['lines beyond the checkpoint', (text: string) => `${text}{"samples":1000,"objective":7}\n`],
  ['no lines', () => ''],
])('metrics with %s are repaired', async (_, damage) => {
  const { folder, read } = placeForRun();
  const calm = await runTraining(config);
  await interruptAt(100, config, folder);
  const path = join(folder, 'metrics.jsonl');
  await writeFile(path, damage(read('metrics.jsonl')));
  const resumed = await runTraining(config, { folder });
  expect(resumed.evaluations).toEqual(calm.evaluations);
  const lines = read('metrics.jsonl').trimEnd().split('\n');
  expect(lines.map(evaluationIn)).toEqual(calm.evaluations);
});

test('a finished run is read, not repeated, and its folder left as it was', async () => {
  const { folder } = placeForRun();
  const first = await runTraining(config, { folder });
  const before = await stat(join(folder, 'summary.json'));
  const evaluated: number[] = [];
  const again = await runTraining(config, { folder, onEvaluation: ({ samples }) => evaluated.push(samples) });
  expect(again).toEqual(first);
  expect(await weightsDigest(again.weights)).toBe(again.weightsSha256);
  expect(evaluated).toEqual(config.evaluateAt);
  expect((await stat(join(folder, 'summary.json'))).ino).toBe(before.ino);
});

test('a run from given weights is gone on with from its folder alone', async () => {
  const { folder } = placeForRun();
  const { weights } = await runTraining(config);
  const expected = await runTraining({ ...config, seed: 2 }, { weights });
  const controller = new AbortController();
  const interrupted = runTraining(
    { ...config, seed: 2 },
    { weights, folder, signal: controller.signal, onEvaluation: () => controller.abort(new Error('enough')) },
  );
  await expect(interrupted).rejects.toThrow('enough');
  // As if it had been killed before the first checkpoint.
  await rm(join(folder, 'checkpoint.snapshot'));
  const { config: kept, options } = await readResumable(folder);
  expect((await runTraining(kept, options)).weightsSha256).toBe(expected.weightsSha256);
});
