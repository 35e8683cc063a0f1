import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { writeRunsReport } from '../report/runs/write.ts';
import { type RunTrainingOptions, runTraining } from './run-training.ts';
import { readStoredRun } from './stored-run.ts';
import { readSummary } from './summary-file.ts';

/** Settling in steps γ is stable where γ is below 2 over the largest curvature. */
const settling = (gamma: number): RunConfig => ({
  ...{ ...defaultRunConfig('predictive-coding', 'mnist'), hidden: 5, samples: 40, evaluateAt: [20, 40] },
  ...{ parameters: { gamma, steps: 2 }, ridge: 0, rates: { W: { eta0: 1e-9 } } },
});

async function warningsOf(config: RunConfig, options: RunTrainingOptions = {}): Promise<string[]> {
  const told: string[] = [];
  await runTraining(config, { ...options, onWarning: (text) => told.push(text) });
  return told;
}

test('that steps of settling are too large is said once, when a run begins, and kept with it', async () => {
  expect(await warningsOf(settling(0.1))).toEqual([]);
  const folder = await mkdtemp(join(tmpdir(), 'apical-warnings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [calm, interrupted] = [join(folder, 'calm'), join(folder, 'interrupted')];
  const told = await warningsOf(settling(3), { folder: calm });
  expect(told).toEqual([expect.stringMatching(/^after 0 samples: steps of settling are too large/)]);
  expect(readSummary(calm)?.warnings).toEqual({ settling: told[0] });

  // A run that goes on says so again, and keeps what was said at its beginning.
  const stop = new AbortController();
  const onEvaluation = () => stop.abort(new Error('enough'));
  await expect(runTraining(settling(3), { folder: interrupted, signal: stop.signal, onEvaluation })).rejects.toThrow(
    'enough',
  );
  expect(await warningsOf(settling(3), { folder: interrupted })).toEqual(told);
  expect(readSummary(interrupted)?.warnings).toEqual({ settling: told[0] });
  expect(await readFile(join(interrupted, 'end.snapshot'))).toEqual(await readFile(join(calm, 'end.snapshot')));
  // So does one that is finished.
  expect(await warningsOf(settling(3), { folder: calm })).toEqual(told);

  const page = join(folder, 'report.html');
  await writeRunsReport([readStoredRun(calm)!], page);
  expect(await readFile(page, 'utf8')).toContain(`k = 5, seed 1: ${told[0]!.slice(0, 50)}`);
});

test('what a run that diverged was warned of is kept, too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'apical-warnings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const wild = { ...settling(3), rates: { W: { eta0: 1e30 } } };
  await expect(runTraining(wild, { folder })).rejects.toThrow('diverged');
  expect(readSummary(folder)).toMatchObject({ status: 'diverged', warnings: { settling: expect.any(String) } });
});
