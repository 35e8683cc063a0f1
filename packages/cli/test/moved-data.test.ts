import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy } from '@apical/data';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';
import { flowers, header, writeTable } from './own-data.ts';

const lines = flowers(60);
const given = ['--target', 'species', '--hold-out', '0.2', '--rule', 'backprop', '--hidden', '4'];

test('a table that was moved is found where it is said to be: a run goes on with it as if it had stayed', async () => {
  const folder = temporaryFolder();
  const names = ['stayed', 'moved'].map((name) => writeTable(folder, `${name}.csv`, [header, ...lines]));
  const runs = names.map((path) => `${path}-run`);
  for (const [i, path] of names.entries())
    await apical('train', '--data', path, ...given, '--samples', '60', '--out', runs[i]!);
  const [stayed, moved] = runs as [string, string];
  const hashOf = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { weightsSha256: string }).weightsSha256;
  const now = join(folder, 'elsewhere.csv');
  renameSync(names[1]!, now);

  for (const command of [
    ['resume', moved, '--samples', '90'],
    ['train', '--config', moved],
  ]) {
    expect(await apical(...command)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/moved\.csv: there is no such file; .* say with --data where it is\n$/),
    });
  }
  expect(
    await apical(
      'resume',
      moved,
      '--samples',
      '90',
      '--data',
      writeTable(folder, 'held.csv', [header, ...flowers(30, 60)]),
    ),
  ).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('held.csv: is not what the run learned'),
  });
  const resumed = await apical('resume', moved, '--samples', '90', '--data', now, '--json');
  expect(hashOf(resumed)).toBe(hashOf(await apical('resume', stayed, '--samples', '90', '--json')));
  const again = ['--samples', '90', '--json'] as const;
  const trained = await apical('train', '--config', moved, '--data', now, ...again);
  expect(trained.code).toBe(0);
  expect(hashOf(trained)).toBe(hashOf(resumed));
});

test('arrays that were moved are found with what is learned of them, in files of their own', async () => {
  const folder = temporaryFolder();
  const there = join(folder, 'there');
  mkdirSync(there);
  const numbers = Float64Array.from({ length: 60 }, (_, i) => Math.sin(1.7 * i));
  const files = {
    x: { shape: [30, 2], data: numbers },
    y: { shape: [30], data: Uint8Array.from({ length: 30 }, (_, i) => i % 2) },
    v: { shape: [30, 1], data: numbers.slice(0, 30) },
    x2: { shape: [10, 2], data: numbers.slice(40) },
    y2: { shape: [10], data: Uint8Array.from({ length: 10 }, (_, i) => i % 2) },
    v2: { shape: [10, 1], data: numbers.slice(20, 30) },
  };
  const at = (name: string) => join(folder, `${name}.npy`);
  const later = (name: string) => join(there, `${name}.npy`);
  const own = (path: (name: string) => string, view: string, option: string): readonly string[] => [
    '--data',
    path('x'),
    `--${option}`,
    path(view),
    '--test-data',
    path('x2'),
    `--test-${option}`,
    path(`${view}2`),
  ];
  const kinds = [
    ['backprop', 'y', 'target'],
    ['reduced-rank-regression', 'v', 'second-view'],
  ] as const;
  for (const [name, array] of Object.entries(files)) writeFileSync(at(name), writeNpy(array));
  const hashes: string[] = [];
  for (const [rule, view, option] of kinds) {
    const words = ['train', '--rule', rule, ...own(at, view, option), '--hidden', '1', '--json'];
    const trained = await apical(...words, '--samples', '50', '--out', join(folder, `moved-${rule}`));
    expect(trained.code).toBe(0);
    hashes.push(JSON.parse((await apical(...words, '--samples', '80')).stdout).weightsSha256);
  }
  for (const name of Object.keys(files)) renameSync(at(name), later(name));
  for (const [i, [rule, view, option]] of kinds.entries()) {
    const words = ['resume', join(folder, `moved-${rule}`), '--samples', '80', '--json'];
    const places = own(later, view, option);
    for (let said = 0; said < places.length; said += 2) {
      const { code, stderr } = await apical(...words, ...places.slice(0, said));
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringContaining(`say with ${places[said]} where it is`),
      });
    }
    expect(JSON.parse((await apical(...words, ...places)).stdout).weightsSha256).toBe(hashes[i]);
  }
  const refused = async (...words: string[]) => (await apical('resume', ...words)).stderr;
  expect(await refused(join(folder, 'moved-backprop'), '--second-view', later('v'))).toContain(
    '--second-view says where another file lies, and the run has none',
  );
  const run = join(folder, 'run');
  await apical(
    'train',
    '--data',
    writeTable(folder, 'flowers.csv', [header, ...lines]),
    ...given,
    '--samples',
    '60',
    '--out',
    run,
  );
  expect(await refused(run, '--target', later('y'))).toContain(
    '--target says where another file lies, and species is in none of its own: --data says where it lies',
  );
});
