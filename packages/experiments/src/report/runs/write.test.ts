import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportOf, storedIn } from '../../../test/support/reported-runs.ts';
import { defaultRunConfig } from '../../config/default-config.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { runTraining } from '../../runs/run-training.ts';
import type { StoredRun } from '../../runs/stored-run.ts';
import { storedGroups } from './groups.ts';
import { writeRunsReport } from './write.ts';

const config: RunConfig = {
  ...defaultRunConfig('bmvr', 'mnist'),
  samples: 1000,
  evaluateAt: [10, 100, 1000],
  accuracy: { learned: { split: 'test', first: 500 } },
  probes: ['constraint', 'saturation', 'teaching-signal', 'objectives'],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apical-report-'));
  await runTraining(config, { folder: join(folder, 'runs', 'a') });
  await runTraining({ ...config, seed: 2 }, { folder: join(folder, 'runs', 'b') });
  const plain = { ...defaultRunConfig('backprop', 'mnist'), samples: 1000, evaluateAt: [1000] };
  await runTraining(plain, { folder: join(folder, 'runs', 'c') });
  const decoupled = { ...config, decoupled: true, probes: ['decoupling'], samples: 200, evaluateAt: [10, 200] };
  await runTraining(decoupled, { folder: join(folder, 'runs', 'd') });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const reported = (runs = storedIn(join(folder, 'runs'))) => reportOf(runs, join(folder, 'report.html'));

test('runs that differ in their seeds alone are one group, named by what differs in how they learn', () => {
  const groups = storedGroups(storedIn(join(folder, 'runs')));
  expect(groups.map(({ label, group }) => [label.split(',')[0], group.seeds])).toEqual([
    ['BMVR', [1, 2]],
    ['Backprop', [1]],
    ['BMVR', [1]],
  ]);
  for (const { label } of groups) expect(label).not.toMatch(/seed|probes|accuracy/);
  expect(groups[2]?.label).toContain('decoupled');
  expect(groups[0]?.W1?.cols).toBe(784);
});

test('of unlike runs each has a name that is short, and the page a heading', async () => {
  const [run] = storedIn(join(folder, 'runs', 'a'));
  const of = (rule: string, change: Partial<RunConfig>, seed = 1): StoredRun => ({
    ...{ ...run!, summary: { status: 'diverged', divergedAt: 7, files: {} } as const },
    config: { ...defaultRunConfig(rule, 'mnist'), ...change, seed },
  });
  const rates = (eta0: number) => ({ W1: { eta0 }, W2: { eta0: 2 * eta0 }, Q: { eta0 } });
  const runs = [
    of('bmvr', { samples: 500, rates: rates(0.1) }),
    of('bmvr', { samples: 700, rates: rates(0.2), ridge: 0.3 }),
    of('bmvr', { samples: 700, rates: rates(0.2), ridge: 0.4 }),
    of('bmvr', { samples: 700, rates: rates(0.2), ridge: 0.4 }, 2),
    of('deep-bmvr', { hidden: [9, 7], samples: 900 }),
    of('kolen-pollack', { hidden: 12, activation: 'tanh', batch: 4 }),
    of('feedback-alignment', { hidden: [8, 8], optimiser: { kind: 'adam' } }),
  ];
  expect(storedGroups(runs).map(({ label }) => label)).toEqual([
    'BMVR, k = 1, ridge = 0.1, rates.W1.eta0 = 0.1',
    'BMVR, k = 1, ridge = 0.3, rates.W1.eta0 = 0.2',
    'BMVR, k = 1, ridge = 0.4, rates.W1.eta0 = 0.2',
    'Deep BMVR, k = 9, 7',
    'Kolen–Pollack, k = 12',
    'Feedback alignment, k = 8, 8',
  ]);
  const document = await reported(runs);
  expect(document.querySelector('h1')?.textContent).toBe('BMVR, Deep BMVR, Kolen–Pollack, Feedback alignment');
});

test('a page has a chart a reading, each curve’s mean where the runs have theirs, and says what probes mean', async () => {
  const document = await reported();
  const charts = [...document.querySelectorAll('.panel svg')].map((svg) => svg.getAttribute('aria-label'));
  expect(charts).toContain('objective (1): mean of ‖y − ŷ‖² against samples seen');
  expect(charts).toContain('classified right: learned, % against samples seen');
  for (const reading of ['largest eigenvalue of E z zᵀ', 'cosine with W2ᵀ(y − ỹ)', 'upper bound (4)', '‖Qᵀ − R‖']) {
    expect(charts).toContain(`${reading} against samples seen`);
  }
  expect(document.querySelectorAll('table.confusion')).toHaveLength(2);
  expect(document.querySelectorAll('.weights img')).toHaveLength(3);
  expect(document.querySelector('main')?.textContent).toContain('All are 0 at the optimum only.');
});

test('an unfinished run is shown as far as it is', async () => {
  const runs = storedIn(join(folder, 'runs', 'a')).map(({ summary: _summary, ...rest }) => rest);
  const document = await reported(runs);
  expect(document.querySelectorAll('.panel').length).toBeGreaterThan(5);
  expect(document.querySelectorAll('table.confusion')).toHaveLength(0);
  const text = document.querySelector('main')?.textContent ?? '';
  expect(text).toContain('1 unfinished (1,000 of 1,000 samples learned)');
  expect(text).toContain('Unfinished: BMVR, k = 1, seed 1, 1,000 of 1,000 samples learned.');
  expect([...document.querySelectorAll('.hash')].map(({ textContent }) => textContent)).toContain('unfinished');
  expect(text).not.toMatch(/diverged/i);
});

test('a run that diverged, one that is finished and one that is not are told apart', async () => {
  const [run] = storedIn(join(folder, 'runs', 'a'));
  if (run === undefined) throw new Error('the run is missing');
  const { summary: _summary, ...open } = run;
  const seeded = (seed: number) => ({ ...run.config, seed });
  const text = (
    await reported([
      run,
      { ...open, config: seeded(2) },
      { ...run, config: seeded(3), summary: { status: 'diverged', divergedAt: 7, files: {} } },
    ])
  ).querySelector('main')?.textContent;
  expect(text).toContain('1 finished, 1 diverged, 1 unfinished (1,000 of 1,000 samples learned)');
  expect(text).toContain('Diverged: BMVR, k = 1, seed 3, at sample 7.');
  expect(text).toContain('Unfinished: BMVR, k = 1, seed 2');
});

test('no runs, and runs of several data sets, are refused', async () => {
  await expect(writeRunsReport([], join(folder, 'none.html'))).rejects.toThrow('there are no runs to report');
  const [run] = storedIn(join(folder, 'runs', 'a'));
  if (run === undefined) throw new Error('the run is missing');
  const other = { ...run, config: { ...run.config, data: { ...run.config.data, set: 'cifar-10' } } };
  await expect(writeRunsReport([run, other], join(folder, 'two.html'))).rejects.toThrow(
    'the runs learned mnist, cifar-10',
  );
});
