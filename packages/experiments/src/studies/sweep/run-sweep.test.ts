import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { expect, onTestFinished, test } from 'vitest';
import { runFolders } from '../../runs/stored-run.ts';
import { verifyRun } from '../../runs/verify-run.ts';
import { countsOf, rungsOf } from '../counts.ts';
import { parseStudy } from '../parse-study.ts';
import type { StudyResults } from '../results.ts';
import { findRuns } from '../store/find-runs.ts';
import { runSweep, type SweepOptions, type SweepProgress } from './run-sweep.ts';
import { sweepStatus } from './status.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apical-sweep-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'study');
}

const base = `name: small
base: { samples: 300, evaluateAt: [10, 100] }
axes:
  rule: [bmvr, backprop]
  rates.W1.eta0: { log: [1e-3, 1e3], perDecade: 1 }
`;
const gridStudy = `${base}seeds: 2\n`;

function sweep(text: string, folder: string, options: SweepOptions = {}): Promise<StudyResults> {
  return runSweep(parseStudy(text, 'study.yaml'), text, folder, options);
}

/** All that does not depend on when and where it was done. */
function essence({ trials, isComplete, failures }: StudyResults) {
  return {
    isComplete,
    failures,
    trials: trials.map(({ trial, mean, sd, loss, diverged, runs }) => ({
      trial,
      mean,
      sd,
      loss,
      diverged,
      runs: runs.map(({ name, summary }) => [
        name,
        summary?.status === 'finished' ? summary.weightsSha256 : 'diverged',
      ]),
    })),
  };
}

/** Every run is there once, complete, and what its summary says; nobody works on any. */
function expectWhole(folder: string, results: StudyResults): void {
  const names = new Set(results.trials.flatMap(({ runs }) => runs.map(({ name }) => name)));
  const folders = runFolders(folder);
  expect(folders.map((path) => path.split('/').at(-1)).toSorted()).toEqual([...names].toSorted());
  expect(folders.flatMap(verifyRun)).toEqual([]);
  expect(readdirSync(join(folder, 'work'))).toEqual([]);
}

test.each([
  ['grid', gridStudy],
  ['tpe', `${base}search: { method: tpe, trials: 12, batch: 4, startup: 4 }\n`],
  ['asha', `${base}search: { method: asha, trials: 6, minSamples: 50, eta: 2, parallel: 3 }\n`],
])('%s: the same answers at any number of workers, and interrupted', async (_, text) => {
  const [one, two] = [temporaryFolder(), temporaryFolder()];
  const calm = await sweep(text, one, { workers: 1 });
  expect(calm.isComplete).toBe(true);
  expectWhole(one, calm);
  const controller = new AbortController();
  let changes = 0;
  const onProgress = () => {
    if (++changes === 2) controller.abort(new Error('enough'));
  };
  await sweep(text, two, { workers: 2, signal: controller.signal, onProgress }).catch((error: unknown) => {
    expect(error).toMatchObject({ message: 'enough' });
  });
  const resumed = await sweep(text, two, { workers: 2 });
  expect(essence(resumed)).toEqual(essence(calm));
  expectWhole(two, resumed);
});

test('two sweeps on one folder share the runs out; each is done once', async () => {
  const [folder, alone] = [temporaryFolder(), temporaryFolder()];
  const options = { workers: 1 };
  const [first, second, calm] = await Promise.all([
    sweep(gridStudy, folder, options),
    sweep(gridStudy, folder, options),
    sweep(gridStudy, alone, options),
  ]);
  expect(essence(first)).toEqual(essence(calm));
  expect(essence(second)).toEqual(essence(calm));
  expectWhole(folder, first);
  const index = join(folder, 'index');
  const lines = readdirSync(index).map((name) => readFileSync(join(index, name), 'utf8').trimEnd().split('\n').length);
  expect(lines).toHaveLength(2);
  expect(lines.reduce((sum, count) => sum + count)).toBe(28);
});

test('what is there is not done again; the index may be damaged, and deleted; the folders are the truth', async () => {
  const folder = temporaryFolder();
  const first = await sweep(gridStudy, folder);
  const index = join(folder, 'index');
  for (const name of readdirSync(index)) appendFileSync(join(index, name), '{"name":"cut sh');
  expect(findRuns(folder)).toHaveLength(28);
  rmSync(index, { recursive: true });
  mkdirSync(index);
  expect(findRuns(folder)).toHaveLength(28);
  const [gone = ''] = runFolders(folder);
  rmSync(gone, { recursive: true });
  expect(findRuns(folder)).toHaveLength(27);
  const changed = new Set<number>();
  const again = await sweep(gridStudy, folder, { onProgress: ({ running }) => changed.add(running) });
  expect(essence(again)).toEqual(essence(first));
  expect(Math.max(...changed)).toBeLessThanOrEqual(1);
});

test('an edited study is refused, with the difference; so is a folder of something else', async () => {
  const folder = temporaryFolder();
  await sweep(`${base}search: { method: random, trials: 1 }\n`, folder);
  const edited = `${base.replace('300', '400')}search: { method: random, trials: 2 }\n`;
  const refusal = await sweep(edited, folder).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InputError);
  // More trials is no matter.
  expect((refusal as InputError).message.split('\n').slice(1, -1)).toEqual(['  base.samples: 300 -> 400']);
  const other = temporaryFolder();
  mkdirSync(other);
  writeFileSync(join(other, 'letter.txt'), 'Dear');
  await expect(sweep(gridStudy, other)).rejects.toThrow('what it holds is no study');
});

test('a run for which there is no memory fails by itself; the others are done, and it is tried again', async () => {
  const folder = temporaryFolder();
  const text = 'name: large\nbase: { samples: 20, evaluateAt: [20] }\naxes:\n  hidden: [1, 32768, 2]\n';
  for (let attempt = 0; attempt < 2; attempt++) {
    const { trials, failures, isComplete } = await sweep(text, folder, { workers: 1 });
    expect(isComplete).toBe(false);
    expect(failures.map(({ config }) => config.hidden)).toEqual([32_768]);
    expect(failures[0]?.reason).toMatch(/memory/i);
    expect(trials.map((trial) => trial.isComplete)).toEqual([true, false, true]);
  }
});

test('shards do their parts of a study, and all of them the whole; a search that learns has none', async () => {
  const folders = [temporaryFolder(), temporaryFolder()];
  const parts = new Map<number, [done: number, planned: number]>();
  const shards = await Promise.all(
    folders.map((folder, i) => {
      const onProgress = ({ done, planned }: SweepProgress) => parts.set(i, [done, planned]);
      return sweep(gridStudy, folder, { workers: 1, shard: { index: i + 1, count: 2 }, onProgress });
    }),
  );
  expect([...parts.values()]).toEqual([
    [14, 14],
    [14, 14],
  ]);
  expect(shards.map(({ isComplete }) => isComplete)).toEqual([false, false]);
  const names = folders.flatMap((folder) => findRuns(folder).map(({ directory }) => directory.split('/').at(-1)));
  expect(new Set(names).size).toBe(28);
  expect(names).toHaveLength(28);
  const [one = '', two = ''] = folders;
  cpSync(join(two, 'runs'), join(one, 'runs'), { recursive: true });
  const running = new Set<number>();
  const together = await sweep(gridStudy, one, { onProgress: (progress) => running.add(progress.running) });
  expect([...running]).toEqual([0]);
  expect(essence(together)).toEqual(essence(await sweep(gridStudy, temporaryFolder())));
  const tpe = `${base}search: { method: tpe, trials: 4 }\n`;
  await expect(sweep(tpe, temporaryFolder(), { shard: { index: 1, count: 2 } })).rejects.toThrow(
    '--shard: tpe decides',
  );
});

test('equal trials are one, and counted once everywhere', async () => {
  const text = 'name: two\nbase: { samples: 50 }\naxes: { rates.W1.eta0: [0.01, 0.02] }\n';
  const folder = temporaryFolder();
  const results = await sweep(`${text}search: { method: random, trials: 10 }\n`, folder);
  expect(results.trials.map(({ trial }) => trial.settings['rates.W1.eta0']).toSorted()).toEqual([0.01, 0.02]);
  expect(countsOf(results)).toMatchObject({ settings: 2, ended: 2 });
  expect(await sweepStatus(folder)).toMatchObject({ done: 2, planned: 2 });
});

test('a promoted setting is one setting; the rungs say how many were on each', async () => {
  const text = `${base}search: { method: asha, trials: 9, minSamples: 30, eta: 3, parallel: 9 }\n`;
  const results = await sweep(text, temporaryFolder());
  const rungs = rungsOf(results);
  expect(rungs.map(({ samples }) => samples)).toEqual([30, 90, 270, 300]);
  const distinct = new Set(results.trials.map(({ trial }) => JSON.stringify(trial.settings))).size;
  expect(countsOf(results).settings).toBe(distinct);
  expect(rungs[0]?.settings).toBe(distinct);
  expect(rungs.reduce((sum, { settings }) => sum + settings, 0)).toBe(results.trials.length);
});

test('a run that ends well without the metric has no value, and has not diverged', async () => {
  const text = `name: some
base: { samples: 50, probes: [objectives] }
axes:
  rule: [bmvr, backprop]
objective: { metric: probes.objectives.bound }
`;
  const { trials } = await sweep(text, temporaryFolder());
  expect(trials.map(({ diverged, unmeasured, loss }) => [diverged, unmeasured, loss < Infinity])).toEqual([
    [0, 0, true],
    [0, 1, false],
  ]);
});

test('of a search by TPE it is known from the start how many runs there will be; no more run than there are workers', async () => {
  const seen: SweepProgress[] = [];
  const text = `name: wide
base: { samples: 50 }
axes: { rates.W1.eta0: { log: [1e-3, 1e-1] } }
seeds: 2
search: { method: tpe, trials: 12, batch: 4, startup: 4 }
`;
  await sweep(text, temporaryFolder(), { workers: 1, onProgress: (progress) => seen.push(progress) });
  expect(new Set(seen.map(({ planned }) => planned))).toEqual(new Set([24]));
  expect(Math.max(...seen.map(({ running }) => running))).toBeLessThanOrEqual(1);
});

test.each([
  ['random', 'search: { method: random, trials: 3 }\n', 'search: { method: random, trials: 6 }\nseeds: 2\n'],
  [
    'tpe',
    'search: { method: tpe, trials: 6, startup: 4, batch: 2 }\n',
    'search: { method: tpe, trials: 9, startup: 4, batch: 2 }\n',
  ],
  ['grid', 'seeds: [3, 1]\n', 'seeds: [1, 2, 3]\n'],
])('%s: a study takes more trials and seeds, and gives what it would have given with them', async (_, few, more) => {
  const [grown, fresh] = [temporaryFolder(), temporaryFolder()];
  const first = await sweep(base + few, grown);
  const before = new Set(runFolders(grown));
  const results = await sweep(base + more, grown);
  expect(essence(results)).toEqual(essence(await sweep(base + more, fresh)));
  for (const folder of before) expect(runFolders(grown)).toContain(folder);
  expect(first.isComplete && results.isComplete).toBe(true);
  await expect(sweep(base + few, grown)).rejects.toThrow('the study has changed since it began');
  await expect(sweep(`${base}where: rates.W1.eta0<10\n${more}`, grown)).rejects.toThrow(
    /since it began:\n {2}where: nothing -> .*\nA study takes more trials/,
  );
});

test('links, pipes and files among the runs of a study, and damaged lines of its index, disturb nothing', async () => {
  const folder = temporaryFolder();
  const first = await sweep(gridStudy, folder);
  const group = join(folder, 'runs', readdirSync(join(folder, 'runs'))[0]!);
  symlinkSync('/dev', join(group, 'device'));
  writeFileSync(join(group, 'file'), '');
  execFileSync('mkfifo', [join(folder, 'index', 'pipe.jsonl')]);
  const [name = ''] = readdirSync(join(folder, 'index')).filter((each) => each !== 'pipe.jsonl');
  const path = join(folder, 'index', name);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/"objective":0\.\d/g, '"objective":0.1'));
  expect(findRuns(folder)).toHaveLength(28);
  expect(essence(await sweep(gridStudy, folder))).toEqual(essence(first));
});

test('what goes wrong by the theory of a rule is told, of the first few runs', async () => {
  const text = `name: warned
base: { rule: similarity-matching, data: { set: 'synthetic:spiked?samples=20' }, hidden: 2, samples: 20, evaluateAt: [20] }
axes: { rates.M.eta0: [0.01, 1.2, 1.4, 1.6, 1.8, 2.0] }
`;
  const notes: string[] = [];
  await sweep(text, temporaryFolder(), { workers: 1, onWarning: (note) => notes.push(note) });
  expect(notes).toHaveLength(4);
  for (const note of notes.slice(0, 3)) expect(note).toMatch(/^run [0-9a-f]+, after 0 samples: the rate of M is [12]/);
  expect(notes[3]).toBe('what else is to be said of runs is left out');
});
