import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleResults } from '../../../test/support/figure-3-results.ts';
import { figureCsv } from './figure-csv.ts';
import { figurePage } from './figure-page.ts';
import { figureSvg } from './figure-svg.ts';
import { writeFigure3Report } from './write-report.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apical-report-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const names = ['figure-3.csv', 'figure-3.svg', 'report.html', 'results.json'];

async function refusal(directory: string): Promise<string> {
  const error: unknown = await writeFigure3Report(exampleResults(), directory).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error instanceof InputError ? error.message : '';
}

test('it makes the folder and writes four files, whose paths it returns', async () => {
  const results = exampleResults();
  const directory = join(folder, 'new', 'figure-3');
  const files = await writeFigure3Report(results, directory);
  expect(Object.values(files).sort()).toEqual(names.map((name) => join(directory, name)));
  expect((await readdir(directory)).sort()).toEqual(names);
  expect(JSON.parse(await readFile(files.json, 'utf8'))).toEqual(results);
  expect(await readFile(files.csv, 'utf8')).toBe(figureCsv(results));
  expect(await readFile(files.svg, 'utf8')).toBe(figureSvg(results));
  expect(await readFile(files.report, 'utf8')).toBe(figurePage(results));
});

test('writing again replaces the files', async () => {
  await writeFigure3Report(exampleResults(), folder);
  const results = { ...exampleResults(), version: '9.9.9' };
  const { json } = await writeFigure3Report(results, folder);
  expect(JSON.parse(await readFile(json, 'utf8'))).toEqual(results);
  expect((await readdir(folder)).sort()).toEqual(names);
});

test('a file in place of the folder is refused and left as it is', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'mine');
  expect(await refusal(path)).toBe(
    `${path}: cannot be written: a file of this name is in the way of the folder; choose another folder, or move that file away`,
  );
  expect(await refusal(join(path, 'deeper'))).toContain('a part of this path is a file');
  expect(await readFile(path, 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['file']);
});

test('a folder in place of a file is refused, and no temporary file stays', async () => {
  await mkdir(join(folder, 'results.json'));
  expect(await refusal(folder)).toContain(`${join(folder, 'results.json')}: cannot be written: a folder`);
  expect(await readdir(folder)).toEqual(['results.json']);
});

test.runIf(process.platform === 'linux')('a file system that takes no files is refused', async () => {
  expect(await refusal('/proc/self')).toMatch(/^\/proc\/self\/results\.json: cannot be written: .+; choose/);
});

test('results without a panel are refused before anything is written', async () => {
  const directory = join(folder, 'none');
  await expect(writeFigure3Report({ ...exampleResults(), panels: {} }, directory)).rejects.toThrow('no panel was run');
  expect(await readdir(folder)).toEqual([]);
});
