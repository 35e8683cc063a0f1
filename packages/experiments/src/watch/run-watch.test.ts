import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { thisProcess } from '../claims/owner.ts';
import { defaultRunConfig } from '../config/default-config.ts';
import { runTraining } from '../runs/run-training.ts';
import { parseStudy } from '../studies/parse-study.ts';
import { findRuns } from '../studies/store/find-runs.ts';
import { runSweep } from '../studies/sweep/run-sweep.ts';
import { RunWatch } from './run-watch.ts';

let parent: string;
let root: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'apical-watch-'));
  root = join(parent, 'runs');
  mkdirSync(root);
});
afterEach(async () => {
  await rm(parent, { recursive: true, force: true });
});

const config = { ...defaultRunConfig('bmvr', 'mnist'), samples: 300, evaluateAt: [10, 100, 300] };

/** Writes the beginning of a run, as `RunFolder` does. */
function begin(name: string, seed = 1): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, seed, recorded: { version: '0' } }));
  return folder;
}

function measure(folder: string, samples: number, objective: number): void {
  appendFileSync(join(folder, 'metrics.jsonl'), `${JSON.stringify({ samples, objective })}\n`);
}

function end(folder: string, summary: object): void {
  writeFileSync(join(folder, '.summary.tmp'), JSON.stringify({ ...summary, files: {} }));
  renameSync(join(folder, '.summary.tmp'), join(folder, 'summary.json'));
}

/** All runs, as those who follow from the beginning know them. */
function found(watch: RunWatch) {
  const { runs } = watch.runs.since(0, 1e6);
  const stands = runs.map(({ name, status, results }) => [name, [status, results.learned, results.objective]] as const);
  return Object.fromEntries(stands.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** A digest of every name and every byte below a folder. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).toSorted((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  )) {
    const path = join(entry.parentPath, entry.name);
    hash.update(`\0${path}\0`);
    if (entry.isFile()) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

test('a run appears, goes on, and ends; another diverges; one is removed', async () => {
  const watch = await RunWatch.open(root);
  await watch.look();
  expect(found(watch)).toEqual({});

  const first = begin('deep/down/first');
  await watch.look();
  expect(found(watch)).toEqual({ 'deep/down/first': ['unfinished', undefined, undefined] });

  measure(first, 10, 0.9);
  appendFileSync(join(first, 'metrics.jsonl'), '{"samples":100,"objec');
  await watch.look();
  expect(found(watch)).toEqual({ 'deep/down/first': ['unfinished', 10, 0.9] });
  appendFileSync(join(first, 'metrics.jsonl'), 'tive":0.8}\n');
  await watch.look();
  expect(found(watch)).toEqual({ 'deep/down/first': ['unfinished', 100, 0.8] });

  end(first, { status: 'finished', samples: 300, objective: 0.7, seconds: 2 });
  const second = begin('second', 2);
  end(second, { status: 'diverged', divergedAt: 17 });
  await watch.look();
  const both = { 'deep/down/first': ['finished', 300, 0.7], second: ['diverged', 17, undefined] };
  expect(found(watch)).toEqual(both);

  rmSync(second, { recursive: true });
  await watch.look();
  expect(found(watch)).toEqual({ 'deep/down/first': both['deep/down/first'] });
  expect(watch.runs.get('deep/down/first')?.settings).toMatchObject({ rule: 'bmvr', seed: 1, 'data.set': 'mnist' });
  expect(watch.problem).toBeUndefined();
});

test('what stays as it is makes no changes', async () => {
  measure(begin('going on'), 10, 0.9);
  end(begin('ended', 2), { status: 'finished', samples: 300, objective: 0.7, seconds: 2 });
  const watch = await RunWatch.open(root);
  await watch.look();
  const { version } = watch.runs;
  for (let looks = 0; looks < 70; looks++) await watch.look();
  expect(watch.runs.version).toBe(version);
});

test('a run that a process is at is running; the folder itself may be a run', async () => {
  const watch = await RunWatch.open(root);
  await watch.look();
  await runTraining(config, { folder: root });
  await watch.look();
  expect(watch.runs.get('.')).toMatchObject({ status: 'finished', results: { learned: 300 } });
  // A lock that is this process's.
  rmSync(join(root, 'summary.json'));
  mkdirSync(join(root, '.lock/work/run.1'), { recursive: true });
  const owner = join(root, '.lock/work/run.1/owner.json');
  writeFileSync(owner, JSON.stringify(thisProcess()));
  const other = await RunWatch.open(root);
  await other.look();
  expect(other.runs.get('.')?.status).toBe('running');
  writeFileSync(owner, JSON.stringify({ ...thisProcess(), released: true }));
  await other.look();
  expect(other.runs.get('.')?.status).toBe('unfinished');
});

test('the runs of a study are those that a list has, with its index and without; and nothing is written', async () => {
  const folder = join(root, 'study');
  const text =
    'name: small\nbase: { samples: 200, evaluateAt: [10, 100] }\naxes: { rule: [bmvr, backprop], rates.W1.eta0: [0.01, 1e3] }\nseeds: 2\n';
  await runSweep(parseStudy(text, 'study.yaml'), text, folder, { workers: 1 });
  const before = digestOf(root);
  const watch = await RunWatch.open(root);
  await watch.look();
  await watch.look();
  const listed = findRuns(root).map(({ directory, summary }) => [
    directory.slice(root.length + 1),
    [summary!.status, summary!.status === 'finished' ? 200 : summary!.divergedAt],
  ]);
  const watched = Object.entries(found(watch)).map(([name, stand]) => [name, stand.slice(0, 2)] as const);
  expect(watched).toEqual(listed.toSorted());
  expect(new Set(watched.map(([, [status]]) => status))).toEqual(new Set(['finished', 'diverged']));
  const [name] = Object.keys(found(watch));
  expect((await watch.curve(name!))?.points.length).toBeGreaterThanOrEqual(1);
  expect(digestOf(root)).toBe(before);

  rmSync(join(folder, 'index'), { recursive: true });
  const without = await RunWatch.open(root);
  await without.look();
  expect(found(without)).toEqual(found(watch));
});

test('a run that a study is at keeps its name when it has ended', async () => {
  const study = join(root, 'study');
  for (const name of ['runs', 'work', 'alive', 'index']) mkdirSync(join(study, name), { recursive: true });
  writeFileSync(join(study, 'study.json'), '{}');
  const run = '0123456789abcdef0123';
  const work = begin(`study/work/${run}.1/run`);
  measure(work, 10, 0.9);
  const watch = await RunWatch.open(root);
  await watch.look();
  const name = `study/runs/01/${run}`;
  expect(found(watch)).toEqual({ [name]: ['running', 10, 0.9] });

  // Another process takes it over.
  const next = begin(`study/work/${run}.2/run`);
  measure(next, 100, 0.8);
  await watch.look();
  expect(found(watch)).toEqual({ [name]: ['running', 100, 0.8] });
  expect((await watch.curve(name))?.points).toEqual([{ samples: 100, readings: { objective: 0.8 } }]);

  end(next, { status: 'finished', samples: 300, objective: 0.7, seconds: 2 });
  mkdirSync(join(study, 'runs', '01'));
  renameSync(next, join(study, 'runs', '01', run));
  rmSync(join(study, 'work'), { recursive: true });
  mkdirSync(join(study, 'work'));
  await watch.look();
  await watch.look();
  expect(found(watch)).toEqual({ [name]: ['finished', 300, 0.7] });
  expect((await watch.curve(name))?.points).toHaveLength(1);
});

test('no link is followed: not to a run elsewhere, not to its files, and not when one takes the place of a run', async () => {
  const outside = begin('../outside');
  measure(outside, 10, 0.9);
  symlinkSync(outside, join(root, 'link'));
  const inside = begin('inside', 2);
  symlinkSync(join(outside, 'metrics.jsonl'), join(inside, 'metrics.jsonl'));
  mkdirSync(join(root, 'half'));
  symlinkSync(join(outside, 'config.json'), join(root, 'half', 'config.json'));
  const swapped = begin('swapped', 3);
  const watch = await RunWatch.open(root);
  await watch.look();
  expect(found(watch)).toEqual({
    inside: ['unfinished', undefined, undefined],
    swapped: ['unfinished', undefined, undefined],
  });
  expect((await watch.curve('inside'))?.points).toEqual([]);

  rmSync(swapped, { recursive: true });
  symlinkSync(outside, swapped);
  expect(await watch.curve('swapped')).toMatchObject({ points: [], isStarted: false, isCut: false });
  await watch.look();
  expect(watch.runs.get('swapped')).toBeUndefined();
  for (const name of ['link', 'half', '../outside', join(root, 'inside'), 'inside/../inside', '', '\0']) {
    expect(await watch.curve(name), name).toBeUndefined();
  }
});

test('an owner that names a file elsewhere has nothing read from there', async () => {
  const folder = begin('run');
  writeFileSync(join(parent, 'elsewhere'), 'secret');
  mkdirSync(join(folder, '.lock/work/run.1'), { recursive: true });
  writeFileSync(join(folder, '.lock/work/run.1/owner.json'), JSON.stringify({ id: '../../../../elsewhere' }));
  const watch = await RunWatch.open(root);
  await watch.look();
  expect(watch.runs.get('run')?.status).toBe('running');
});

test('what is damaged is shown as such or left out; the rest is there', async () => {
  const config = begin('config');
  writeFileSync(join(config, 'config.json'), '{"rule": "bmv');
  const summary = begin('summary', 2);
  writeFileSync(join(summary, 'summary.json'), '{"status": "fini');
  const metrics = begin('metrics', 3);
  measure(metrics, 10, 0.9);
  appendFileSync(join(metrics, 'metrics.jsonl'), 'garbage\n[1]\nnull\n');
  const folder = begin('folder', 4);
  mkdirSync(join(folder, 'summary.json'));
  mkdirSync(join(root, 'in the way', 'config.json'), { recursive: true });
  end(begin('sound', 5), { status: 'finished', samples: 300, objective: 0.7, seconds: 2 });
  const watch = await RunWatch.open(root);
  await watch.look();
  expect(found(watch)).toEqual({
    config: ['damaged', undefined, undefined],
    folder: ['unfinished', undefined, undefined],
    'in the way': ['damaged', undefined, undefined],
    metrics: ['unfinished', 10, 0.9],
    sound: ['finished', 300, 0.7],
    summary: ['unfinished', undefined, undefined],
  });
  expect((await watch.curve('metrics'))?.points).toHaveLength(1);
  expect((await watch.curve('config'))?.config).toBeUndefined();
});

test('of very many evaluations, a curve has a part, with the first and the last', async () => {
  const folder = begin('long');
  const lines = Array.from(
    { length: 12_345 },
    (_, i) => `${JSON.stringify({ samples: i + 1, objective: 1 / (i + 1) })}\n`,
  );
  writeFileSync(join(folder, 'metrics.jsonl'), `${lines.join('')}{"samples":`);
  const watch = await RunWatch.open(root);
  await watch.look();
  const { points, isCut } = (await watch.curve('long'))!;
  expect(points.length).toBeLessThanOrEqual(2001);
  expect(points.length).toBeGreaterThan(1000);
  expect([points[0]!.samples, points.at(-1)!.samples, isCut]).toEqual([1, 12_345, false]);
  expect(points.every(({ samples, readings }) => readings.objective === 1 / samples)).toBe(true);
});

test('a folder that is none is refused', async () => {
  writeFileSync(join(root, 'file'), '');
  for (const path of ['nowhere', 'file']) {
    await expect(RunWatch.open(join(root, path))).rejects.toThrow(InputError);
    await expect(RunWatch.open(join(root, path))).rejects.toThrow('there is no such folder, or it may not be read');
  }
});

test('what of the files of a run cannot be read is said with its curve', async () => {
  const problems = async (name: string) => (await watch.curve(name))?.problems;
  const unread = 'metrics.jsonl has no evaluation that can be read';
  const [sound, garbage, later, broken] = ['sound', 'garbage', 'later', 'broken'].map((name) => begin(name));
  measure(sound!, 10, 0.9);
  writeFileSync(join(garbage!, 'metrics.jsonl'), 'xx\n');
  measure(later!, 10, 0.9);
  appendFileSync(join(later!, 'metrics.jsonl'), 'xx\n');
  writeFileSync(join(broken!, 'config.json'), '{"rule');
  // A folder in the place of the file.
  mkdirSync(join(root, 'folder', 'config.json'), { recursive: true });
  const watch = await RunWatch.open(root);
  await watch.look();
  expect(await problems('sound')).toEqual([]);
  expect(await problems('garbage')).toEqual([unread]);
  expect(await problems('later')).toEqual(['metrics.jsonl: line 2 is no evaluation; it and what follows are not read']);
  for (const name of ['broken', 'folder']) {
    expect(watch.runs.get(name)?.status, name).toBe('damaged');
    expect(await problems(name), name).toEqual(['config.json: is damaged: it is no file with a JSON object']);
  }
});
