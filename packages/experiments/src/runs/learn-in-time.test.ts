import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNetwork } from '@apical/core';
import { streamOf } from '@apical/data';
import { expect, onTestFinished, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import { parseRunConfig } from '../config/parse.ts';
import { runTraining } from './run-training.ts';
import { inspectRun } from './verify-run.ts';

const stream =
  'stream:poisson?cells=20&rate=0.02&frozen=50;gE=sine?mean=5.4&amplitude=4.8&period=20&from=100;gI=constant?value=18&from=100';
const config = { ...defaultRunConfig('dendritic-prediction', stream), samples: 6500, evaluateAt: [1000, 2500, 6000] };

async function newFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'apical-in-time-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, 'run');
}

test('what a run in time measures is what signals were over the steps since the evaluation before', async () => {
  const { evaluations, weights } = await runTraining(config);
  const made = streamOf(stream, { dt: 0.1, seed: 1, cells: 1, channels: ['gE', 'gI'] });
  const [X, Y] = [new Float32Array(6500 * 20), new Float32Array(6500 * 2)];
  made.fill(X, Y, 0, 6500);
  const network = await createNetwork({
    ...{ rule: 'dendritic-prediction', inputs: 20, hidden: 1, labels: 2, seed: 1, rates: { w: { eta0: 0.17 } } },
  });
  const { U, 'V*': V } = network.advance(X, Y, { record: ['U', 'V*'] });
  const between = (from: number, to: number) =>
    Math.sqrt(U!.subarray(from, to).reduce((sum, u, i) => sum + (u - V![from + i]!) ** 2, 0) / (to - from));
  expect(evaluations.map(({ samples }) => samples)).toEqual([1000, 2500, 6000]);
  for (const [i, [from, to]] of (
    [
      [0, 1000],
      [1000, 2500],
      [2500, 6000],
    ] as const
  ).entries()) {
    expect(evaluations[i]!.probes!['rms.soma']).toBeCloseTo(between(from, to), 6);
    expect(evaluations[i]!.objective).toBeCloseTo(evaluations[i]!.probes!['rms.teacher']! ** 2, 6);
  }
  expect(weights.w).toEqual(network.weights().w);
});

test('an interrupted run in time goes on, and ends as one that was not, bit for bit', async () => {
  const [whole, cut] = [await newFolder(), await newFolder()];
  const all = await runTraining(config, { folder: whole });
  for (const at of [1000, 4000]) {
    const controller = new AbortController();
    const options = {
      folder: cut,
      signal: controller.signal,
      onProgress: (steps: number) => steps >= at && controller.abort(new Error('enough')),
    };
    await expect(runTraining(config, options)).rejects.toThrow('enough');
  }
  const rest = await runTraining(config, { folder: cut });
  expect({ ...rest, seconds: 0 }).toEqual({ ...all, seconds: 0 });
  const [one, other] = await Promise.all([whole, cut].map((folder) => readFile(join(folder, 'metrics.jsonl'), 'utf8')));
  expect(other).toBe(one);
  expect(inspectRun(cut).problems).toEqual([]);
});

test.each([
  ['a rule that is not in time', { rule: 'bmvr' }, 'bmvr is not a rule in time'],
  ['data that are no stream', { data: { ...config.data, set: 'mnist' } }, 'must be a stream'],
  ['a dt that is too long', { parameters: { dt: 1 } }, 'must be at most 0.476 ms'],
  ['an order', { order: 'repeated' }, 'order: must be as-given'],
  [
    'a channel that there is not',
    { data: { ...config.data, set: 'stream:poisson?cells=2;gX=constant' } },
    'there is no channel "gX" of a teacher; there are gE, gI',
  ],
  [
    'a negative rate',
    { data: { ...config.data, set: 'stream:poisson?cells=2&rate=-1' } },
    'must be a number, 0 or more, not -1',
  ],
  [
    'a track of no length',
    { data: { ...config.data, set: 'stream:place-fields?cells=2&length=0' } },
    'must be a number, more than 0, not 0',
  ],
])('%s is refused in one line', (_, over, message) => {
  expect(() => parseRunConfig({ ...config, ...over }, 'run.json')).toThrow(message);
});
