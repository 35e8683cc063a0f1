import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, storedIn } from '../../../test/support/reported-runs.ts';
import { defaultRunConfig } from '../../config/default-config.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { loadModelData } from '../../models/model-data.ts';
import { readModelFile } from '../../models/model-file.ts';
import { readCheckpoints } from '../../runs/checkpoint.ts';
import { runTraining } from '../../runs/run-training.ts';
import { rowOf, type StoredRun } from '../../runs/stored-run.ts';

// What comes of runs in time: reports, rows of lists, models.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apical-in-time-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const reported = (runs: StoredRun[]) => reportOf(runs, join(folder, 'report.html'));

test('what runs in time recorded is drawn: a raster with as many marks as there are spikes, traces of one unit together, weights', async () => {
  const set = 'stream:poisson?cells=5&rate=0.05;gE=constant?value=9;gI=constant?value=18';
  const own: RunConfig = {
    ...defaultRunConfig('dendritic-prediction', set),
    ...{ samples: 2000, evaluateAt: [1000, 2000] },
    record: { signals: ['x', 'U', 'V*', 'gE'], cells: [0, 2, 4], spans: [[400, 1400]], weights: ['w'] },
  };
  const { recorded } = await runTraining(own, { folder: join(folder, 'time', 'a') });
  const document = await reported(storedIn(join(folder, 'time')));
  const spikes = Array.from(recorded!['signal.x']!.data).filter((n) => n === 1).length;
  expect(spikes).toBeGreaterThan(3);
  expect(document.querySelectorAll('svg .spikes line')).toHaveLength(spikes);
  const panels = [...document.querySelectorAll('svg[aria-label^="From 40 to 140 ms"]')];
  expect(panels.map((panel) => panel.getAttribute('aria-label'))).toEqual([
    'From 40 to 140 ms: x: cell against time, ms',
    'From 40 to 140 ms: mV against time, ms',
    'From 40 to 140 ms: gE, nS against time, ms',
  ]);
  expect(panels.map((panel) => panel.querySelectorAll('.mean path').length)).toEqual([0, 2, 1]);
  expect(document.querySelector('svg[aria-label^="teacher: root mean square, mV"]')).not.toBeNull();
  expect(document.querySelector('svg[aria-label^="objective of dendritic-prediction, mV²"]')).not.toBeNull();
  expect(document.querySelector('table.results')!.textContent).toContain('mean.teacher, mV');
  const settings = document.querySelector('table.settings')!.textContent;
  expect(settings).toContain('Step of time, dt0.1 ms');
  expect(settings).toContain('x, U, V*, gE; of cells 0, 2, 4; in the steps 400–1400; weights w');
  expect(settings).not.toMatch(/pixels|Labels|Activation/);
  expect(document.querySelectorAll('svg[aria-label^="Weights: w, pA"] .mean path')).toHaveLength(5 + 1);
});

test('of several cells each has its traces, whose signals look alike in all of them; of a run that was stopped, what it has', async () => {
  const set = 'stream:poisson?cells=5&rate=0.05;gE=constant?value=9;gI=constant?value=18';
  const own: RunConfig = {
    ...defaultRunConfig('dendritic-prediction', set),
    ...{ hidden: 3, samples: 4000, evaluateAt: [4000] },
    record: { signals: ['U', 'V*'], weights: ['w'] },
  };
  const stopping = new AbortController();
  const options = { folder: join(folder, 'stopped', 'a'), signal: stopping.signal, onProgress: () => stopping.abort() };
  await expect(runTraining(own, options)).rejects.toThrow('abort');
  const document = await reported(storedIn(join(folder, 'stopped')));
  const { samples } = readCheckpoints(options.folder).sound[0]!;
  expect(samples).toBeGreaterThan(0);
  const words = `1 unfinished (${samples.toLocaleString('en')} of 4,000 samples learned, not evaluated yet)`;
  for (const part of ['nothing yet', words]) {
    expect(document.querySelector('table.results')!.textContent).toContain(part);
  }
  const panels = [...document.querySelectorAll('svg[aria-label^="From 0 to 400 ms"]')];
  expect(panels.map((panel) => panel.getAttribute('aria-label'))).toEqual(
    [0, 1, 2].map((cell) => `From 0 to 400 ms: cell ${cell}: mV against time, ms`),
  );
  expect(panels.map((panel) => panel.querySelectorAll('.mean path').length)).toEqual([2, 2, 2]);
  expect([...document.querySelectorAll('.legend')].map((legend) => legend.textContent!.trim())).toContainEqual(
    expect.stringMatching(/^U\s*V\*$/),
  );
});

test('a rule in time that compares no signals has no objective', async () => {
  const own: RunConfig = {
    ...defaultRunConfig('burst-stdp', 'stream:events?cells=2'),
    samples: 100,
    evaluateAt: [100],
  };
  await runTraining(own, { folder: join(folder, 'none', 'a') });
  const [run] = storedIn(join(folder, 'none'));
  expect(rowOf(run!, folder)).not.toHaveProperty('objective');
  const document = await reported([run!]);
  expect(document.body.textContent).not.toContain('objective');
});

test("a run in time's model is read again, and is applied to no data set", async () => {
  const set = 'stream:poisson?cells=5&rate=0.05;gE=constant?value=9';
  const own: RunConfig = {
    ...defaultRunConfig('dendritic-prediction', set),
    hidden: 2,
    samples: 100,
    evaluateAt: [100],
  };
  const { weights } = await runTraining(own, { folder: join(folder, 'model', 'a') });
  const model = await readModelFile(join(folder, 'model', 'a'));
  expect(model.network.weights()).toEqual(weights);
  await expect(loadModelData(model, { set: 'mnist', split: 'test' })).rejects.toThrow(
    'a rule in time, which is shown streams',
  );
});
