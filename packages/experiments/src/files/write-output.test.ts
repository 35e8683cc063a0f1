import { execFileSync, spawn } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FailureError, InputError } from '@apical/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeOutput } from './write-output.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apical-output-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a file is replaced, with its permissions, and nothing else is left', async () => {
  const path = join(folder, 'x.csv');
  writeFileSync(path, 'before', { mode: 0o640 });
  await writeOutput(path, 'after');
  expect(readFileSync(path, 'utf8')).toBe('after');
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder)).toEqual(['x.csv']);
});

test('a link leads on where it led, whether there is a file or is to be one', async () => {
  mkdirSync(join(folder, 'far'));
  const [file, link, other] = ['far/x.csv', 'link.csv', 'other.csv'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  symlinkSync('far/x.csv', link);
  symlinkSync('link.csv', other);
  for (const text of ['first', 'second']) {
    await writeOutput(other, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect([readlinkSync(link), readlinkSync(other)]).toEqual(['far/x.csv', 'link.csv']);
  }
});

test('a name may be as long as the system has it', async () => {
  const name = 'x'.repeat(255);
  await writeOutput(join(folder, name), 'text');
  expect(readdirSync(folder)).toEqual([name]);
});

test.runIf(process.platform === 'linux')('pipes and devices are written as they are', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = spawn('cat', [pipe]);
  const read = reader.stdout.toArray();
  await writeOutput(pipe, 'text');
  expect(Buffer.concat(await read).toString()).toBe('text');
  expect(lstatSync(pipe).isFIFO()).toBe(true);
  const full = join(folder, 'full.csv');
  symlinkSync('/dev/full', full);
  const error = await writeOutput(full, 'text').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FailureError);
  expect((error as Error).message).toContain(`${full}: cannot be written: the disk is full; free some space`);
  expect(readlinkSync(full)).toBe('/dev/full');
});

test.runIf(process.platform === 'linux')(
  'a file that is open as standard output is written from where it stands, not replaced',
  () => {
    const path = join(folder, 'x.csv');
    const module = new URL('write-output.ts', import.meta.url);
    const code = `const { writeOutput } = await import('${module}'); await writeOutput('/dev/stdout', 'text\\n'); console.log('more');`;
    execFileSync('sh', ['-c', `"$0" --input-type=module -e "$1" > ${path}`, process.execPath, code]);
    expect(readFileSync(path, 'utf8')).toBe('text\nmore\n');
  },
);

test('folders, and places without one, are refused', async () => {
  const below = join(folder, 'none', 'x.csv');
  for (const [path, message] of [
    [folder, `${folder}: cannot be written: a folder of this name is in the way`],
    [below, `${below}: cannot be written: there is no folder ${join(folder, 'none')}; make it`],
  ] as const) {
    const error = await writeOutput(path, 'text').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
  }
  expect(readdirSync(folder)).toEqual([]);
});
