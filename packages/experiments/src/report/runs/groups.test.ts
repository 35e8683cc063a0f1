import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, storedIn } from '../../../test/support/reported-runs.ts';
import { defaultRunConfig } from '../../config/default-config.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { extendedConfig } from '../../runs/extended.ts';
import { runTraining } from '../../runs/run-training.ts';
import { storedGroups } from './groups.ts';

// Runs of equal settings that were not evaluated after the same samples, as those that went on beyond their end.

const config: RunConfig = { ...defaultRunConfig('bmvr', 'mnist'), samples: 800, evaluateAt: [2, 20, 400, 800] };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apical-groups-'));
  await runTraining(config, { folder: join(folder, 'a') });
  await runTraining({ ...config, seed: 2 }, { folder: join(folder, 'b') });
  const short = { ...config, samples: 400, evaluateAt: [2, 30, 400], seed: 3 };
  await runTraining(short, { folder: join(folder, 'c') });
  await runTraining(extendedConfig(short, 800), { folder: join(folder, 'c'), extends: true });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const finals = () => storedIn(folder).map(({ summary }) => (summary as { objective: number }).objective);

test('runs that went on are averaged with those that did not, and called alike', () => {
  const [group, ...others] = storedGroups(storedIn(folder));
  expect(others).toEqual([]);
  expect(group!.label).toBe('BMVR, k = 1');
  const { seeds, samples, curves } = group!.group;
  expect([seeds, samples]).toEqual([
    [1, 2, 3],
    [2, 400, 800],
  ]);
  expect(curves.objective!.mean.at(-1)).toBeCloseTo(
    finals().reduce((sum, each) => sum + each / 3, 0),
    12,
  );
  expect(group!.parts!.map((part) => [part.seeds, part.samples.slice(0, 2)])).toEqual([
    [
      [1, 2],
      [2, 20],
    ],
    [[3], [2, 30]],
  ]);
});

test('the page has a curve of those that were evaluated alike, and says so', async () => {
  const document = await reportOf(storedIn(folder), join(folder, 'report.html'));
  const [row] = [...document.querySelectorAll('table.results tbody tr')].map((each) => each.textContent);
  const mean = finals().reduce((sum, each) => sum + each / 3, 0);
  expect(row).toContain(String(Number(mean.toPrecision(5))));
  const [chart] = document.querySelectorAll('.panel svg');
  expect(chart!.querySelectorAll('.mean path')).toHaveLength(2);
  const [legend] = document.querySelectorAll('.legend');
  expect(legend!.textContent).toContain('BMVR, k = 1: mean ± sd of 2 seeds (1, 2); seed 3');
  expect(document.querySelector('main')!.textContent).toContain('not all evaluated after the same samples');
  expect(document.querySelector('table.settings')!.textContent).toContain('2; 20; 400; 800, or 2; 30; 400');
});

test('a run that is there twice is counted once, and that is said', () => {
  const copies = mkdtempSync(join(tmpdir(), 'apical-groups-'));
  for (const name of ['a', 'b', 'again'])
    cpSync(join(folder, name === 'b' ? 'b' : 'a'), join(copies, name), { recursive: true });
  const [group] = storedGroups(storedIn(copies));
  rmSync(copies, { recursive: true });
  expect(group!.group.seeds).toEqual([1, 2]);
  expect(group!.notes).toEqual(['of seed 1 there are 2 runs with the same settings; one of them is counted']);
});

test('runs that were never evaluated after the same samples are not averaged, and that is said', () => {
  const runs = storedIn(folder).slice(0, 2);
  const [first, second] = [[100, 200], [300]].map((evaluateAt, i) => ({
    ...runs[i]!,
    config: { ...runs[i]!.config, evaluateAt },
  }));
  const groups = storedGroups([first!, second!]);
  expect(groups.map(({ label, notes }) => [label, notes!.join()])).toEqual(
    [100, 300].map((at) => [
      `BMVR, k = 1, first evaluated after ${at}`,
      'not averaged with others of the same settings: they were never evaluated after the same samples',
    ]),
  );
});
