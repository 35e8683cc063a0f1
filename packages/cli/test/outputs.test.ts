import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fill, smallDisk } from '../../experiments/test/small-disk.ts';
import { apical, temporaryFolder } from './apical.ts';

test('on a full disk, what a command is to write leaves what was there as it was', async ({ skip }) => {
  const disk = smallDisk();
  if (disk === undefined) return skip('no file system can be mounted here');
  const run = join(temporaryFolder(), 'run');
  expect(await apical('train', '--samples', '10', '--out', run)).toMatchObject({ code: 0 });
  const writers = [
    ['predictions.csv', 'predict', run, '--data', 'mnist'],
    ['outputs.npy', 'predict', run, '--data', 'mnist', '--what', 'outputs', '--json'],
    ['weights.npz', 'export', run],
    ['circuit.svg', 'circuit', 'bmvr'],
    ['runs.csv', 'runs', 'export', run],
    ['runs.parquet', 'runs', 'export', run],
    ['report.html', 'runs', 'report', run],
  ].map(([name = '', ...command]) => ({ path: join(disk, name), command }));
  const write = (path: string, command: readonly string[]) => apical(...command, '--out', path);
  const full = (path: string) => ({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining(`apical: ${path}: cannot be written: the disk is full; free some space, or `),
  });
  const filler = join(disk, 'filler');
  fill(filler);
  for (const { path, command } of writers) expect(await write(path, command)).toMatchObject(full(path));
  expect(readdirSync(disk)).toEqual(['filler']);
  rmSync(filler);
  for (const { path, command } of writers) {
    expect(await write(path, command)).toMatchObject({ code: 0 });
    const before = readFileSync(path);
    fill(filler);
    expect(await write(path, command)).toMatchObject(full(path));
    expect(readFileSync(path).equals(before)).toBe(true);
    rmSync(filler);
    rmSync(path);
  }
  expect(readdirSync(disk)).toEqual([]);
}, 60_000);

test('a folder that is not there is told with the file', async () => {
  const path = join(temporaryFolder(), 'nowhere', 'bmvr.svg');
  const message = `apical: ${path}: cannot be written: there is no folder `;
  expect(await apical('circuit', 'bmvr', '--out', path)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(message),
  });
});
