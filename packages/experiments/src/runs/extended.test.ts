import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { interruptAt } from '../../test/support/interrupted-runs.ts';
import { shortRun as config, placeForRun } from '../../test/support/run-folder.ts';
import { defaultRunConfig } from '../config/default-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { extendedConfig } from './extended.ts';
import { runTraining } from './run-training.ts';
import { summaryText } from './sealed.ts';
import { inspectRun } from './verify-run.ts';

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
  const { parent, folder } = placeForRun();
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

test('a run that went on is told from others by what differs, not by when it is evaluated', async () => {
  const { folder } = placeForRun();
  await runTraining(config, { folder });
  await runTraining(extendedConfig(config, 4000), { folder, extends: true });
  await expect(runTraining(config, { folder })).rejects.toThrow(
    'holds another run (samples: 4000 became 2000); choose',
  );
  await expect(runTraining({ ...config, samples: 4000 }, { folder })).rejects.toThrow(
    `holds the same run, evaluated after other samples; apical resume ${folder} shows it; choose`,
  );
});

test('a run without its last checkpoint learns all samples again to go on; one that has not finished cannot', async () => {
  const { parent, folder, read, names } = placeForRun();
  await runTraining(config, { folder });
  const long = extendedConfig(config, 4000);
  const { weightsSha256 } = await runTraining(long);
  await expect(runTraining(long, { folder })).rejects.toThrow('holds another run (samples: 2000 became 4000)');
  await writeFile(join(folder, 'end.snapshot'), 'nothing');
  await expect(runTraining(long, { folder, extends: true })).rejects.toThrow('end.snapshot: is not what the run wrote');
  expect(names()).toContain('summary.json');
  const other = { ...long, seed: 2 };
  await rm(folder, { recursive: true });
  await runTraining(config, { folder });
  await expect(runTraining(other, { folder, extends: true })).rejects.toThrow('holds another run (seed: 1 became 2)');
  expect((await runTraining(config, { folder })).config.samples).toBe(2000);

  const summary = JSON.parse(read('summary.json'));
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
