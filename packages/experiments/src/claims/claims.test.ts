import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { inheritRun } from '../studies/store/inherit-run.ts';
import { askToStop, Claims } from './claims.ts';
import { type Owner, stateOf, thisProcess } from './owner.ts';

function study(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apical-claims-'));
  for (const name of ['work', 'alive']) mkdirSync(join(folder, name));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const elsewhere = (id: string): Owner => ({ id, host: `machine-of-${id}`, pid: 1, process: undefined });

function claims(folder: string, owner: Owner, leaseSeconds = 60): Claims {
  const made = new Claims(folder, { leaseSeconds, owner, inherit: inheritRun });
  onTestFinished(() => made.close());
  return made;
}

test('of many who claim a run, one has it; when it has ended, nothing is left', async () => {
  const folder = study();
  const all = Array.from({ length: 5 }, (_, i) => claims(folder, elsewhere(`p${i}`)));
  const claimed = all.map((each) => each.claim('run'));
  expect(claimed.filter((claim) => claim !== undefined)).toHaveLength(1);
  expect(all[0]!.claim('other')).toBeDefined();
  const [winner] = claimed;
  await all[0]!.clear(winner!);
  expect(readdirSync(join(folder, 'work'))).toEqual(['other.1']);
});

test('a process of this machine that does not run any more is taken over from at once, with the beginning of the run', async () => {
  const folder = study();
  const here = thisProcess();
  const dead = { ...here, id: 'dead', pid: 2 ** 22 + 1, process: here.process?.replace(/\d+ \d+$/, '4194305 1') };
  expect([here, dead, elsewhere('x')].map(stateOf)).toEqual(['runs', 'gone', 'unknown']);
  const before = claims(folder, dead).claim('run');
  mkdirSync(before!.work);
  writeFileSync(join(before!.work, 'config.json'), '{ "recorded": {} }');
  writeFileSync(join(before!.work, 'metrics.jsonl'), 'a line');
  writeFileSync(join(before!.work, '.config.json.1.tmp'), 'half');
  const mine = claims(folder, here);
  const claim = mine.claim('run');
  expect(claim?.held).toBe(join(folder, 'work', 'run.2'));
  expect(readdirSync(claim!.work).toSorted()).toEqual(['config.json', 'metrics.jsonl']);
  await mine.clear(claim!);
  expect(readdirSync(join(folder, 'work'))).toEqual([]);
});

test('signs of life of processes of this machine that were killed are cleared away; those of others stay', () => {
  const folder = study();
  const here = thisProcess();
  const mine = claims(folder, here);
  const dead = { ...here, id: 'dead', process: here.process?.replace(/\d+$/, '1') };
  for (const owner of [dead, elsewhere('other')]) claims(folder, owner);
  askToStop(folder, dead);
  mine.clearGone();
  expect(readdirSync(join(folder, 'alive')).toSorted()).toEqual([here.id, 'other'].toSorted());
});

test('what a process left that was killed while it cleared away is cleared away; what is going on stays', async () => {
  const folder = study();
  const here = thisProcess();
  const dead = { ...here, id: 'dead', process: here.process?.replace(/\d+$/, '1') };
  claims(folder, dead).claim('ended');
  claims(folder, dead).claim('going-on');
  claims(folder, { ...here, id: 'living' }).claim('ended-now');
  mkdirSync(join(folder, 'work', '.half-removed.1'));
  await claims(folder, here).clearEnded((run) => run.startsWith('ended'));
  expect(readdirSync(join(folder, 'work')).toSorted()).toEqual(['ended-now.1', 'going-on.1']);
});

test('a silent process of another machine is taken over from after the lease, by our own clock only', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const folder = study();
  const lives = claims(folder, elsewhere('lives'));
  const dies = claims(folder, elsewhere('dies'));
  lives.claim('a');
  dies.claim('b');
  dies.close();
  const mine = claims(folder, elsewhere('me'));
  expect([mine.claim('a'), mine.claim('b')]).toEqual([undefined, undefined]);
  // The time of day jumps by years, back and forth; the lease is measured by a monotonic clock.
  vi.setSystemTime(new Date('2040-01-01'));
  expect(mine.claim('b')).toBeUndefined();
  vi.setSystemTime(new Date('1999-01-01'));
  expect(mine.claim('b')).toBeUndefined();
  for (let second = 0; second < 61; second++) {
    vi.advanceTimersByTime(1000);
    mine.claim('a');
  }
  expect(mine.claim('a')).toBeUndefined();
  expect(mine.claim('b')?.held).toBe(join(folder, 'work', 'b.2'));
});

test('what was given back is free at once; a folder without an owner is, after the lease', () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const folder = study();
  const other = claims(folder, elsewhere('other'));
  const mine = claims(folder, elsewhere('me'));
  other.release(other.claim('run')!);
  expect(mine.claim('run')?.held).toBe(join(folder, 'work', 'run.2'));
  mkdirSync(join(folder, 'work', 'orphan.1'));
  expect(mine.claim('orphan')).toBeUndefined();
  vi.advanceTimersByTime(61_000);
  expect(mine.claim('orphan')).toBeDefined();
  expect(existsSync(join(folder, 'work', 'orphan.2'))).toBe(true);
});
