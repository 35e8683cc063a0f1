import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { expect, test } from 'vitest';
import { defaultRunConfig } from '../src/config/default-config.ts';
import type { RunConfig } from '../src/config/run-config.ts';
import { runTraining } from '../src/runs/run-training.ts';
import { fill, smallDisk } from './small-disk.ts';

const config: RunConfig = {
  ...defaultRunConfig('bmvr', 'mnist'),
  samples: 20_000,
  evaluateAt: [100, 5000, 10_000, 20_000],
};

test('a full disk ends a run with what to do; with room again it goes on, and ends as if nothing had been', async ({
  skip,
}) => {
  const disk = smallDisk();
  if (disk === undefined) return skip('no file system can be mounted here');
  const calm = await runTraining(config);
  const folder = join(disk, 'run');
  const filler = join(disk, 'filler');
  const onEvaluation = ({ samples }: { samples: number }) => {
    if (samples === 5000) fill(filler);
  };
  const full = await runTraining(config, { folder, checkpointSeconds: 0, onEvaluation }).catch(
    (error: unknown) => error,
  );
  expect(full).toBeInstanceOf(InputError);
  expect((full as InputError).message).toContain('the disk is full');
  rmSync(filler);
  const resumed = await runTraining(config, { folder });
  expect({ ...resumed, seconds: 0 }).toEqual({ ...calm, seconds: 0 });
});

test('a folder that cannot be written is told before anything is learned', async ({ skip }) => {
  const disk = smallDisk();
  if (disk === undefined) return skip('no file system can be mounted here');
  execFileSync('mount', ['-o', 'remount,ro', disk]);
  await expect(runTraining(config, { folder: join(disk, 'run') })).rejects.toThrow('the file system is read-only');
});
