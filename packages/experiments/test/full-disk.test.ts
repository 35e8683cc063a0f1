import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { expect, onTestFinished, test } from 'vitest';
import { defaultRunConfig } from '../src/config/default-config.ts';
import type { RunConfig } from '../src/config/run-config.ts';
import { runTraining } from '../src/runs/run-training.ts';

const config: RunConfig = {
  ...defaultRunConfig('bmvr', 'mnist'),
  samples: 20_000,
  evaluateAt: [100, 5000, 10_000, 20_000],
};

/** A file system of half a megabyte; undefined where this process may not make one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'apical-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Writes until there is no room for another byte. */
function fill(path: string): void {
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
    try {
      for (;;) writeFileSync(path, 'x'.repeat(bytes), { flag: 'a' });
    } catch {
      // No room for so many: fewer may fit.
    }
  }
}

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
