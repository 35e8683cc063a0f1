import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DivergenceError,
  InputError,
  loadModel,
  type Matrix,
  objective as objectiveOf,
  readSafetensors,
  type Samples,
  weightsDigest,
} from '@apical/core';
import { loadImages, preprocess } from '@apical/data';
import { expect, test } from 'vitest';
import { evaluationIn } from '../../test/support/interrupted-runs.ts';
import { shortRun as config, placeForRun } from '../../test/support/run-folder.ts';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
import { version } from '../provenance.ts';
import type { Confusion } from './result.ts';
import { readResumable } from './resume.ts';
import { runTraining } from './run-training.ts';

test('the same config gives the same weights and evaluations', async () => {
  const [first, second] = [await runTraining(config), await runTraining(config)];
  expect(first.evaluations.map(({ samples }) => samples)).toEqual(config.evaluateAt);
  expect({ ...first, seconds: 0 }).toEqual({ ...second, seconds: 0 });
  expect(first.weightsSha256).toBe(await weightsDigest(first.weights));
  expect((await runTraining({ ...config, seed: 2 })).weightsSha256).not.toBe(first.weightsSha256);
});

test('evaluating changes nothing that is learned, and the final objective is that at the last sample', async () => {
  const often = await runTraining({ ...config, evaluateAt: [1, 2, 3, 500, 2000] });
  const never = await runTraining({ ...config, evaluateAt: [] });
  expect(never.evaluations).toEqual([]);
  expect(never.weightsSha256).toBe(often.weightsSha256);
  expect(never.objective).toBe(often.evaluations.at(-1)?.objective);
});

test('a run starts from given weights', async () => {
  const { weights, objective } = await runTraining(config);
  const barely = Object.fromEntries(Object.keys(config.rates).map((synapses) => [synapses, { eta0: 1e-12 }]));
  const onward = await runTraining({ ...config, rates: barely, samples: 1, evaluateAt: [] }, { weights });
  expect(onward.objective).toBeCloseTo(objective, 6);
});

test('the folder of a run holds its config, evaluations, weights and summary', async () => {
  const { folder, read, names } = placeForRun();
  const told: number[] = [];
  const result = await runTraining(config, { folder, onEvaluation: ({ samples }) => told.push(samples) });
  expect(told).toEqual(config.evaluateAt);
  expect(names()).toEqual(['config.json', 'end.snapshot', 'metrics.jsonl', 'summary.json', 'weights.safetensors']);

  const kept = JSON.parse(read('config.json'));
  expect(parseRunConfig(kept, 'config.json')).toEqual(config);
  expect(kept.recorded.version).toBe(version);
  expect(Object.values(kept.recorded.dataSha256)).toEqual(
    Array.from({ length: 2 }, () => expect.stringMatching(/^[0-9a-f]{64}$/)),
  );

  const lines = read('metrics.jsonl').trimEnd().split('\n');
  expect(lines.map(evaluationIn)).toEqual(result.evaluations);

  const { tensors, metadata } = readSafetensors(await readFile(join(folder, 'weights.safetensors')), 'weights');
  expect(JSON.parse(metadata.config ?? '')).toEqual(kept);
  expect(tensors).toEqual(result.weights);
  const model = await loadModel(await readFile(join(folder, 'weights.safetensors')));
  const images = await loadImages(config.data);
  const measured = objectiveOf(model.network, preprocess(images, model.preprocessing!));
  expect(measured).toBeCloseTo(result.objective, 6);
  expect(model).toMatchObject({ network: { samplesSeen: 2000 }, classNames: images.classNames });

  const { objective, weightsSha256, seconds } = result;
  expect(JSON.parse(read('summary.json'))).toMatchObject({
    status: 'finished',
    samples: 2000,
    objective,
    weightsSha256,
    seconds,
  });
});

test('accuracy is measured on the images named, and kept with its confusion matrices', async () => {
  const { folder, read } = placeForRun();
  const accuracy: RunConfig['accuracy'] = { learned: { split: 'test' }, some: { split: 'test', first: 300 } };
  const result = await runTraining({ ...config, hidden: 5, accuracy }, { folder });
  const { evaluations, confusion, weights } = result;
  const images = await loadImages({ set: 'mnist', split: 'test' });
  const right = directCount(weights, preprocess(images, config.data));
  const sum = (flags: boolean[]) => flags.filter(Boolean).length;
  // Our count is float64, the network's float32: of 10,000 images, a few may lie between two classes.
  expect(Math.abs(diagonal(confusion.learned) - sum(right))).toBeLessThan(3);
  expect(Math.abs(diagonal(confusion.some) - sum(right.slice(0, 300)))).toBeLessThan(2);
  expect(confusion.some?.flat().reduce((a, b) => a + b)).toBe(300);
  for (const evaluation of evaluations) expect(Object.keys(evaluation.accuracy ?? {})).toEqual(['learned', 'some']);

  const summary = JSON.parse(read('summary.json'));
  expect(summary.confusion).toEqual(confusion);
  expect(summary.accuracy.learned).toBe(diagonal(confusion.learned) / 10_000);
  expect(summary.accuracy.some).toBe(diagonal(confusion.some) / 300);
  const measured = (await runTraining({ ...config, hidden: 5 })).weightsSha256;
  expect(result.weightsSha256).toBe(measured);
});

test('more images than there are cannot be measured on', async () => {
  const { folder } = placeForRun();
  const accuracy: RunConfig['accuracy'] = { all: { split: 'test', first: 10_001 } };
  await expect(runTraining({ ...config, accuracy }, { folder })).rejects.toThrow(
    'accuracy.all: mnist has 10,000 test images, not 10,001',
  );
});

/** Which images a linear network takes for what they are, by its equation in float64. */
function directCount(weights: Record<string, Matrix>, samples: Samples): boolean[] {
  const [W1, W2] = [weights.W1 as Matrix, weights.W2 as Matrix];
  const times = ({ rows, cols, data }: Matrix, x: readonly number[]) =>
    Array.from({ length: rows }, (_, i) => x.reduce((sum, value, j) => sum + data[i * cols + j]! * value, 0));
  return Array.from({ length: samples.count }, (_, t) => {
    const pixels = samples.raw.subarray(t * samples.inputs, (t + 1) * samples.inputs);
    const x = Array.from(pixels, (p) => (samples.scale as number) * p + samples.offset);
    const outputs = times(W2, times(W1, x));
    return outputs.indexOf(Math.max(...outputs)) === samples.classes?.[t];
  });
}

function diagonal(confusion: Confusion | undefined): number {
  return (confusion ?? []).reduce((sum, row, i) => sum + row[i]!, 0);
}

test('a folder that holds another run or something else is refused, and left as it was', async () => {
  const { parent, folder, read } = placeForRun();
  await runTraining(config, { folder });
  const summary = read('summary.json');
  await expect(runTraining({ ...config, seed: 2 }, { folder })).rejects.toThrow(
    `${folder}: holds another run (seed: 1 became 2); choose another folder`,
  );
  expect(read('summary.json')).toBe(summary);

  await writeFile(join(parent, 'letter.txt'), 'Dear');
  await expect(runTraining(config, { folder: parent })).rejects.toThrow('what it holds is no run');
  await expect(runTraining(config, { folder: join(parent, 'letter.txt', 'run') })).rejects.toThrow(InputError);
  expect((await readdir(parent)).toSorted()).toEqual(['letter.txt', 'runs']);
  await expect(readResumable(parent)).rejects.toThrow(`${parent}: holds no run`);
});

test('a run that diverges ends as diverged, at the same sample however often it is run', async () => {
  const { folder, read, names } = placeForRun();
  const wild = { ...config, rates: { ...config.rates, W1: { eta0: 1e3 } } };
  const divergence = await runTraining(wild, { folder }).catch((error: unknown) => error);
  expect(divergence).toBeInstanceOf(DivergenceError);
  const { sample } = divergence as DivergenceError;
  expect(names()).toEqual(['config.json', 'metrics.jsonl', 'summary.json']);
  expect(JSON.parse(read('summary.json'))).toMatchObject({ status: 'diverged', divergedAt: sample });
  await expect(runTraining(wild, { folder })).rejects.toMatchObject({ sample });
});

test('a data set that is not there is told with what to do', async () => {
  const { parent, folder } = placeForRun();
  const elsewhere = { ...config, data: { ...config.data, set: 'cifar-10' } };
  await expect(runTraining(elsewhere, { directory: parent, folder })).rejects.toThrow('apical data fetch cifar-10');
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});
