import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolders } from './make-folders.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apical-folders-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a folder and those above it are made, unless they are there', () => {
  const path = join(temporaryFolder(), 'a', 'b', 'c');
  makeFolders(path);
  makeFolders(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test('a file is no folder, and none is above another', () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolders(file)).toThrow('EEXIST');
  expect(() => makeFolders(join(file, 'a', 'b'))).toThrow('ENOTDIR');
});

test.runIf(existsSync('/proc/self'))('where the system makes none, it ends', () => {
  for (const path of ['/proc/none', '/proc/none/below/it']) expect(() => makeFolders(path)).toThrow('ENOENT');
});
