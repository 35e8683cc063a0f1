import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder, writeAtomically } from './atomic-write.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apical-write-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('text and bytes replace what was there, and nothing else is left', async () => {
  const path = join(folder, 'value');
  writeAtomically(path, 'first');
  writeAtomically(path, Uint8Array.of(1, 0, 255));
  expect([...(await readFile(path))]).toEqual([1, 0, 255]);
  expect(await readdir(folder)).toEqual(['value']);
});

test('what cannot be written leaves nothing behind', async () => {
  const path = join(folder, 'value');
  await mkdir(path);
  expect(() => writeAtomically(path, 'text')).toThrow(InputError);
  expect(() => writeAtomically(path, 'text')).toThrow(`${path}: cannot be written: a folder of this name`);
  expect(await readdir(folder)).toEqual(['value']);
});

test('a folder below a file cannot be made', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file', 'below'))).toThrow('a part of this path is a file');
});
