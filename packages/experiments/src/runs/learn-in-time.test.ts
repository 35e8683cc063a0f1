import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNetwork } from '@apical/core';
import { streamOf } from '@apical/data';
import { expect, onTestFinished, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
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

const record = {
  signals: ['U', 'V*', 'n', 'x'],
  cells: [0, 3, 19],
  spans: [
    [500, 1500],
    [3000, 5000],
  ] as [number, number][],
  every: 3,
  weights: ['w'],
};

test('what is recorded is what signals were in those steps and cells, and weights at the start and at evaluations', async () => {
  const { recorded } = await runTraining({ ...config, record });
  const made = streamOf(stream, { dt: 0.1, seed: 1, cells: 1, channels: ['gE', 'gI'] });
  const [X, Y] = [new Float32Array(6500 * 20), new Float32Array(6500 * 2)];
  made.fill(X, Y, 0, 6500);
  const options = { rule: 'dendritic-prediction', inputs: 20, hidden: 1, labels: 2, seed: 1 };
  const network = await createNetwork({ ...options, rates: { w: { eta0: 0.17 } } });
  const weights = [...network.weights().w!.data];
  const all: Record<string, number[]> = { U: [], 'V*': [], n: [], x: [] };
  for (const [from, until] of [
    [0, 1000],
    [1000, 2500],
    [2500, 6000],
    [6000, 6500],
  ] as const) {
    const part = network.advance(X.subarray(20 * from, 20 * until), Y.subarray(2 * from, 2 * until), {
      record: ['U', 'V*', 'n'],
    });
    for (const [name, values] of Object.entries(part)) all[name]!.push(...values);
    if (until < 6500) weights.push(...network.weights().w!.data);
  }
  const steps = Array.from({ length: 6500 }, (_, i) => i + 1).filter(
    (step) => step % 3 === 0 && record.spans.some(([from, until]) => from < step && step <= until),
  );
  expect([...recorded!.step!.data]).toEqual(steps);
  expect([...recorded!.time!.data]).toEqual(steps.map((step) => step * 0.1));
  for (const name of ['U', 'V*', 'n']) {
    expect(recorded![`signal.${name}`]!.shape).toEqual([steps.length, 1]);
    expect([...recorded![`signal.${name}`]!.data]).toEqual(steps.map((step) => all[name]![step - 1]));
  }
  expect([...recorded!['cells.x']!.data]).toEqual([0, 3, 19]);
  expect([...recorded!['signal.x']!.data]).toEqual(
    steps.flatMap((step) => [0, 3, 19].map((cell) => X[20 * (step - 1) + cell])),
  );
  expect([...recorded!.evaluated!.data]).toEqual([0, 1000, 2500, 6000]);
  expect(recorded!['weights.w']!.shape).toEqual([4, 1, 20]);
  expect([...recorded!['weights.w']!.data]).toEqual(weights);
});

test('synapses learn from the step on that is said; all else goes on before', async () => {
  const { recorded } = await runTraining({ ...config, learnFrom: 2500, record: { signals: ['U'], weights: ['w'] } });
  const learned = await runTraining({ ...config, record: { signals: ['U'], weights: ['w'] } });
  const w = recorded!['weights.w']!.data;
  expect([...w.subarray(20, 60)]).toEqual([...w.subarray(0, 20), ...w.subarray(0, 20)]);
  expect([...w.subarray(60, 80)]).not.toEqual([...w.subarray(0, 20)]);
  expect(learned.recorded!['signal.U']!.data.subarray(0, 10)).toEqual(recorded!['signal.U']!.data.subarray(0, 10));
});

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
  const [wholeFolder, cut] = [await newFolder(), await newFolder()];
  const whole = { ...config, record };
  const all = await runTraining(whole, { folder: wholeFolder });
  for (const at of [1000, 4000]) {
    const controller = new AbortController();
    const options = {
      folder: cut,
      signal: controller.signal,
      onProgress: (steps: number) => steps >= at && controller.abort(new Error('enough')),
    };
    await expect(runTraining(whole, options)).rejects.toThrow('enough');
  }
  const rest = await runTraining(whole, { folder: cut });
  expect({ ...rest, seconds: 0 }).toEqual({ ...all, seconds: 0 });
  const [one, other] = await Promise.all(
    [wholeFolder, cut].map((folder) => readFile(join(folder, 'metrics.jsonl'), 'utf8')),
  );
  expect(other).toBe(one);
  const recordings = await Promise.all([wholeFolder, cut].map((folder) => readFile(join(folder, 'recorded.npz'))));
  expect(recordings[1]).toEqual(recordings[0]);
  expect(inspectRun(cut).problems).toEqual([]);
  // A run that has ended is read, with what it recorded; and one that is damaged is not.
  expect({ ...(await runTraining(whole, { folder: cut })), seconds: 0 }).toEqual({ ...all, seconds: 0 });
  const bytes = recordings[0]!;
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(join(cut, 'recorded.npz'), bytes);
  expect(inspectRun(cut).problems).toEqual([expect.stringContaining('recorded.npz: is not what the run wrote')]);
});

test.each([
  ['a rule that is not in time', { rule: 'bmvr' }, 'bmvr is not a rule in time'],
  ['data that are no stream', { data: { ...config.data, set: 'mnist' } }, 'must be a stream'],
  ['a dt that is too long', { parameters: { dt: 1 } }, 'must be at most 0.476 ms'],
  ['an order', { order: 'repeated' }, 'order: must be as-given'],
  ['a signal that there is not', { record: { signals: ['W'] } }, 'record.signals: there is no "W"'],
  ['weights that there are not', { record: { weights: ['Q'] } }, 'record.weights: there is no "Q"; there are w'],
  ['nothing to record', { record: { cells: [1] } }, 'record: has neither signals nor weights'],
  ['cells that no signal has', { record: { signals: ['U'], cells: [1] } }, 'record.cells: U has 1 cells'],
  ['a span beyond the end', { record: { signals: ['U'], spans: [[0, 7000]] } }, 'record.spans: must end by 6500'],
  [
    'spans that do not ascend',
    { record: { signals: ['U'], spans: [[5, 5]] } },
    'record.spans: must be a list of spans',
  ],
  [
    'more than can be kept',
    { samples: 1e7, record: { signals: ['x', 'U'] } },
    'record.signals: 21 cells in 10,000,000 steps are 210,000,000 numbers, more than 16,777,216',
  ],
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

test.each([
  [
    'behavioural-time-scale',
    'plateau=pulses?value=7&width=20',
    'plateau is 7 in step 1; to behavioural-time-scale it must be from 0 to 1',
  ],
  [
    'dendritic-prediction',
    'gE=constant?value=-5&from=1',
    'gE is -5 in step 11; to dendritic-prediction it must be 0 or more',
  ],
])('%s refuses %s', async (rule, taught, message) => {
  const own = {
    ...defaultRunConfig(rule, `stream:poisson?cells=2&rate=0.001;${taught}`),
    samples: 20,
    evaluateAt: [20],
  };
  await expect(runTraining(own)).rejects.toThrow(message);
});

test('spikes that are refused leave no folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'apical-refused-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'trains.csv');
  writeFileSync(file, 'time,cell\n5,0\n3,0\n');
  const own = {
    ...defaultRunConfig('dendritic-prediction', `stream:spikes?file=${file}`),
    samples: 100,
    evaluateAt: [100],
  };
  await expect(runTraining(own, { folder: join(folder, 'run') })).rejects.toThrow('comes at 3, before spike 1 at 5');
  expect(existsSync(join(folder, 'run'))).toBe(false);
});

test('events are recorded by their symbol, and averages by theirs; exact spikes are events as whole ones are', async () => {
  const recordedOf = async (exact: boolean) => {
    const train = `events?rate=5&dead=0.02&burst=0.3&after=0.005&spread=0.005&exact=${exact}`;
    const own: RunConfig = {
      ...defaultRunConfig('burst-stdp', `stream:${train}&cells=3;spikes=${train}`),
      ...{
        samples: 5000,
        evaluateAt: [5000],
        parameters: { order: 'network' },
        record: { signals: ['E', 'Ē', 'Epre'] },
      },
    };
    return (await runTraining(own)).recorded!;
  };
  const [whole, exact] = [await recordedOf(false), await recordedOf(true)];
  expect(new Set(whole['signal.E']!.data)).toEqual(new Set([0, 1]));
  expect(exact['signal.E']).toEqual(whole['signal.E']);
  expect(exact['signal.Epre']).toEqual(whole['signal.Epre']);
  expect(Math.min(...Array.from(whole['signal.Ē']!.data, Number))).toBeGreaterThan(3);
});
