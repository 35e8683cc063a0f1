import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Asked } from '../config/asked.ts';
import { defaultRunConfig } from '../config/default-config.ts';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
import { version } from '../provenance.ts';
import { extendedConfig } from './extended.ts';
import type { Confusion } from './result.ts';
import { readResumable } from './resume.ts';
import { runTraining } from './run-training.ts';
import { summaryText } from './sealed.ts';
import { inspectRun } from './verify-run.ts';

const config: RunConfig = { ...defaultRunConfig('bmvr', 'mnist'), samples: 2000, evaluateAt: [10, 100, 1000] };

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'apical-run-'));
  folder = join(parent, 'runs', 'first');
});
afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

const read = async (name: string) => await readFile(join(folder, name), 'utf8');
const names = async () => (await readdir(folder)).toSorted();

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
  const told: number[] = [];
  const result = await runTraining(config, { folder, onEvaluation: ({ samples }) => told.push(samples) });
  expect(told).toEqual(config.evaluateAt);
  expect(await names()).toEqual([
    'config.json',
    'end.snapshot',
    'metrics.jsonl',
    'summary.json',
    'weights.safetensors',
  ]);

  const kept = JSON.parse(await read('config.json'));
  expect(parseRunConfig(kept, 'config.json')).toEqual(config);
  expect(kept.recorded.version).toBe(version);
  expect(Object.values(kept.recorded.dataSha256)).toEqual(
    Array.from({ length: 2 }, () => expect.stringMatching(/^[0-9a-f]{64}$/)),
  );

  const lines = (await read('metrics.jsonl')).trimEnd().split('\n');
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
  expect(JSON.parse(await read('summary.json'))).toMatchObject({
    status: 'finished',
    samples: 2000,
    objective,
    weightsSha256,
    seconds,
  });
});

test('accuracy is measured on the images named, and kept with its confusion matrices', async () => {
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

  const summary = JSON.parse(await read('summary.json'));
  expect(summary.confusion).toEqual(confusion);
  expect(summary.accuracy.learned).toBe(diagonal(confusion.learned) / 10_000);
  expect(summary.accuracy.some).toBe(diagonal(confusion.some) / 300);
  const measured = (await runTraining({ ...config, hidden: 5 })).weightsSha256;
  expect(result.weightsSha256).toBe(measured);
});

test('more images than there are cannot be measured on', async () => {
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

/** Aborts a run once it has been evaluated at this many samples. */
async function interruptAt(samples: number, asked: RunConfig = config, into = folder): Promise<void> {
  const controller = new AbortController();
  const interrupted = runTraining(asked, {
    folder: into,
    signal: controller.signal,
    onEvaluation: (evaluation) => {
      if (evaluation.samples === samples) controller.abort(new Error('enough'));
    },
  });
  await expect(interrupted).rejects.toThrow('enough');
}

test('a run that was interrupted goes on where it was, and ends as one that was not, byte for byte', async () => {
  const calm = join(parent, 'calm');
  const { weightsSha256 } = await runTraining(config, { folder: calm });
  const notes: string[] = [];
  await interruptAt(10);
  expect(await names()).toEqual(['checkpoint.snapshot', 'config.json', 'metrics.jsonl']);
  await interruptAt(100);
  expect(await names()).toEqual([
    'checkpoint.previous.snapshot',
    'checkpoint.snapshot',
    'config.json',
    'metrics.jsonl',
  ]);
  const evaluated: number[] = [];
  const onEvaluation = ({ samples }: { samples: number }) => evaluated.push(samples);
  const resumed = await runTraining(config, { folder, onEvaluation, onNote: (text) => notes.push(text) });
  expect(notes).toEqual(['goes on from sample 100']);
  expect(evaluated).toEqual(config.evaluateAt);
  expect(resumed.weightsSha256).toBe(weightsSha256);
  for (const name of ['config.json', 'metrics.jsonl', 'weights.safetensors', 'end.snapshot']) {
    expect(await readFile(join(folder, name))).toEqual(await readFile(join(calm, name)));
  }
  expect(await names()).toEqual([
    'config.json',
    'end.snapshot',
    'metrics.jsonl',
    'summary.json',
    'weights.safetensors',
  ]);
});

test('so does one of a deep network with noise that learns in batches, with all that its optimiser keeps', async () => {
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
  for (const at of [96, 264]) await interruptAt(at, batches);
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
  const { weightsSha256 } = await runTraining(config);
  await interruptAt(10);
  await interruptAt(100);
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
  const calm = await runTraining(config);
  await interruptAt(100);
  const path = join(folder, 'metrics.jsonl');
  await writeFile(path, damage(await read('metrics.jsonl')));
  const resumed = await runTraining(config, { folder });
  expect(resumed.evaluations).toEqual(calm.evaluations);
  const lines = (await read('metrics.jsonl')).trimEnd().split('\n');
  expect(lines.map(evaluationIn)).toEqual(calm.evaluations);
});

test('a finished run is read, not repeated, and its folder left as it was', async () => {
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

test.each([
  ['BMVR', config],
  [
    'Adam, in batches, with noise',
    {
      ...defaultRunConfig('weight-mirror', 'mnist', { hidden: 8, activation: 'tanh', batch: 16 }),
      optimiser: { kind: 'adam' },
      running: true,
      accuracy: { test: { split: 'test', first: 50 } },
      samples: 1600,
      evaluateAt: [160, 1600],
    } as RunConfig,
  ],
])('a finished run goes on to more samples, byte for byte as one that was to learn them: %s', async (_, short) => {
  await runTraining(short, { folder });
  const long = extendedConfig(short, 4 * short.samples);
  expect(long.evaluateAt.slice(0, short.evaluateAt.length)).toEqual(short.evaluateAt);
  expect(long.evaluateAt.at(-1)).toBe(long.samples);
  const whole = join(parent, 'whole');
  const { weightsSha256 } = await runTraining(long, { folder: whole });
  const notes: string[] = [];
  const further = await runTraining(long, { folder, extends: true, onNote: (text) => notes.push(text) });
  expect(notes).toEqual([`goes on from sample ${short.samples.toLocaleString('en')}`]);
  expect(further.weightsSha256).toBe(weightsSha256);
  for (const name of ['config.json', 'metrics.jsonl', 'weights.safetensors', 'end.snapshot']) {
    expect(await readFile(join(folder, name)), name).toEqual(await readFile(join(whole, name)));
  }
  expect(inspectRun(folder)).toEqual({ problems: [], unchecked: [] });
});

test('a run without its last checkpoint learns all samples again to go on; one that has not finished cannot', async () => {
  await runTraining(config, { folder });
  const long = extendedConfig(config, 4000);
  const { weightsSha256 } = await runTraining(long);
  await expect(runTraining(long, { folder })).rejects.toThrow('holds another run (samples: 2000 became 4000');
  await writeFile(join(folder, 'end.snapshot'), 'nothing');
  await expect(runTraining(long, { folder, extends: true })).rejects.toThrow('end.snapshot: is not what the run wrote');
  expect(await names()).toContain('summary.json');
  const other = { ...long, seed: 2 };
  await rm(folder, { recursive: true });
  await runTraining(config, { folder });
  await expect(runTraining(other, { folder, extends: true })).rejects.toThrow('holds another run (seed: 1 became 2)');
  expect((await runTraining(config, { folder })).config.samples).toBe(2000);

  const summary = JSON.parse(await read('summary.json'));
  const {
    sha256: _,
    files: { 'end.snapshot': __, ...files },
    ...rest
  } = summary;
  await writeFile(join(folder, 'summary.json'), summaryText({ ...rest, files }));
  await rm(join(folder, 'end.snapshot'));
  const notes: string[] = [];
  const again = await runTraining(long, { folder, extends: true, onNote: (text) => notes.push(text) });
  expect(again.weightsSha256).toBe(weightsSha256);
  expect(notes).toEqual([expect.stringContaining('end.snapshot: is missing, so that all samples are learned again')]);

  expect(() => extendedConfig(long, 4000)).toThrow('samples: the run has learned 4000; to go on, it must be more');
  await interruptAt(10, { ...config, seed: 7 }, join(parent, 'begun'));
  const begun = { folder: join(parent, 'begun'), extends: true };
  await expect(runTraining({ ...long, seed: 7 }, begun)).rejects.toThrow('the run has not finished; resume it first');
});

test('a folder that holds another run or something else is refused, and left as it was', async () => {
  await runTraining(config, { folder });
  const summary = await read('summary.json');
  await expect(runTraining({ ...config, seed: 2 }, { folder })).rejects.toThrow(
    `${folder}: holds another run (seed: 1 became 2); choose another folder`,
  );
  expect(await read('summary.json')).toBe(summary);

  await writeFile(join(parent, 'letter.txt'), 'Dear');
  await expect(runTraining(config, { folder: parent })).rejects.toThrow('what it holds is no run');
  await expect(runTraining(config, { folder: join(parent, 'letter.txt', 'run') })).rejects.toThrow(InputError);
  expect((await readdir(parent)).toSorted()).toEqual(['letter.txt', 'runs']);
  await expect(readResumable(parent)).rejects.toThrow(`${parent}: holds no run`);
});

test('a run that diverges ends as diverged, at the same sample however often it is run', async () => {
  const wild = { ...config, rates: { ...config.rates, W1: { eta0: 1e3 } } };
  const divergence = await runTraining(wild, { folder }).catch((error: unknown) => error);
  expect(divergence).toBeInstanceOf(DivergenceError);
  const { sample } = divergence as DivergenceError;
  expect(await names()).toEqual(['config.json', 'metrics.jsonl', 'summary.json']);
  expect(JSON.parse(await read('summary.json'))).toMatchObject({ status: 'diverged', divergedAt: sample });
  await expect(runTraining(wild, { folder })).rejects.toMatchObject({ sample });
});

test('a data set that is not there is told with what to do', async () => {
  const elsewhere = { ...config, data: { ...config.data, set: 'cifar-10' } };
  await expect(runTraining(elsewhere, { directory: parent, folder })).rejects.toThrow('apical data fetch cifar-10');
  await expect(readdir(folder)).rejects.toThrow('ENOENT');
});

/** What a line of metrics.jsonl says, without its checksum. */
function evaluationIn(line: string): object {
  const { crc32c, ...evaluation } = JSON.parse(line);
  expect(crc32c).toMatch(/^[0-9a-f]{8}$/);
  return evaluation;
}
