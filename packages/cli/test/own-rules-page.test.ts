import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apical } from './apical.ts';

// docs/own-rules.md: its files are saved, its program is run, and so are its commands.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'own-rules.md'), 'utf8');
const blocks = [...page.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({ language, text }));
const files = blocks.flatMap(({ text }) => {
  const name = /^\/\/ (\S+\.ts)\n/.exec(text)?.[1];
  return name === undefined ? [] : [{ name, text }];
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'apical-own-rules-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true }));

test('its program prints what it says', () => {
  const { text } = files.find(({ name }) => name === 'learn.ts')!;
  const expected = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, words]) => words);
  expect(expected).toHaveLength(2);
  const printed = execFileSync(process.execPath, ['learn.ts'], { cwd: folder, stdio: 'pipe' }).toString();
  expect(printed.trim().split('\n')).toEqual(expected);
});

const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ text }) => text.trim().split('\n'))
  .map((line) => line.replace(/^apical /, ''));

test('it has commands', () => {
  expect(commands.length).toBeGreaterThan(3);
});

test.each(commands)('apical %s', async (command) => {
  const inFolder = (word: string) => (/\.(ts|svg)$/.test(word) ? join(folder, word) : word);
  const { code, stderr } = await apical(...command.split(' ').map(inFolder));
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
});
