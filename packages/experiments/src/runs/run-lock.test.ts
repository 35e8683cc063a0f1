import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Claims } from '../claims/claims.ts';
import { type Owner, thisProcess } from '../claims/owner.ts';
import { RunLock } from './run-lock.ts';

function runFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apical-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The claim of another process on the run in a folder, which gives signs of life until it is closed. */
function claimedBy(folder: string, owner: Owner): Claims {
  for (const name of ['work', 'alive']) mkdirSync(join(folder, '.lock', name), { recursive: true });
  const claims = new Claims(join(folder, '.lock'), { leaseSeconds: 0.6, owner });
  expect(claims.claim('run')).toBeDefined();
  onTestFinished(() => claims.close());
  return claims;
}

const elsewhere: Owner = { id: 'other', host: 'elsewhere', pid: 7, process: undefined };

test('of many that take a folder at once, one has it; when it gives it back, nothing is left, and the next can have it', async () => {
  const folder = runFolder();
  const taken = await Promise.allSettled(Array.from({ length: 5 }, () => RunLock.take(folder)));
  const locks = taken.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const refusals = taken.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(locks).toHaveLength(1);
  for (const refusal of refusals) expect(refusal).toBeInstanceOf(InputError);
  expect(refusals[0].message).toContain(`${folder}: process ${process.pid} on `);
  locks[0]!.check();
  await locks[0]!.release();
  expect(readdirSync(folder)).toEqual([]);
  await (await RunLock.take(folder)).release();
});

// Which process has a pid is known on Linux only.
test.skipIf(process.platform !== 'linux')(
  'that of a process that is gone is taken over at once, also where its pid is used again',
  async () => {
    const folder = runFolder();
    const here = thisProcess();
    // This process has the pid, and began at another time.
    claimedBy(folder, { ...here, id: 'dead', process: here.process?.replace(/\d+$/, '1') }).close();
    const notes: string[] = [];
    const lock = await RunLock.take(folder, { onNote: (text) => notes.push(text) });
    expect(notes).toEqual([]);
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a process of another machine is waited for: one that gives a sign of life has the run', async () => {
  const folder = runFolder();
  claimedBy(folder, elsewhere);
  await expect(RunLock.take(folder)).rejects.toThrow('process 7 on elsewhere is at work on this run');
  expect(existsSync(join(folder, '.lock', 'work', 'run.1'))).toBe(true);
});

test('one that gives none loses it after the lease, and writes no more when it wakes up', async () => {
  const folder = runFolder();
  for (const name of ['work', 'alive']) mkdirSync(join(folder, '.lock', name), { recursive: true });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const asleep = await RunLock.take(folder, { owner: elsewhere });
  asleep.check();
  const notes: string[] = [];
  const lock = await RunLock.take(folder, { leaseSeconds: 0.5, onNote: (text) => notes.push(text) });
  expect(() => asleep.check()).toThrow('another process took this run over');
  lock.check();
  await asleep.release();
  lock.check();
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the wait can be interrupted', async () => {
  const folder = runFolder();
  claimedBy(folder, elsewhere).close();
  const controller = new AbortController();
  const onNote = (text: string) => controller.abort(new Error(text));
  await expect(RunLock.take(folder, { signal: controller.signal, onNote })).rejects.toThrow(
    'waits up to 90 s for a sign of life of process 7 on elsewhere',
  );
});
