import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNpy } from '@apical/data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apical } from './apical.ts';
import { flowers, writeTable } from './own-data.ts';

// A table whose classes have names that a table has to quote, with semicolons between its cells.
const folder = mkdtempSync(join(tmpdir(), 'apical-named-'));
const at = (name: string) => join(folder, name);
const names = ['"le" one', 'a;b', 'c, d'];
const table = at('named.csv');

beforeAll(async () => {
  const kinds = ['setosa', 'versicolor', 'virginica'];
  const lines = flowers(60).map((line) => {
    const cells = line.split(',');
    const name = names[kinds.indexOf(cells[4]!)]!;
    return [...cells.slice(0, 4), `"${name.replaceAll('"', '""')}"`].join(';');
  });
  writeTable(folder, 'named.csv', ['a;b;c;d;kind', ...lines]);
  const learning = '--rule backprop --hidden 8 --activation tanh --samples 1500 --separator semicolon'.split(' ');
  const { code, stderr } = await apical('train', '--data', table, '--target', 'kind', ...learning, '--out', at('run'));
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('predictions are names where the model has them; files say the same, and evaluate takes them for classes', async () => {
  const { stdout } = await apical('predict', at('run'), '--data', table);
  const cells = stdout.trimEnd().split('\n');
  expect(cells).toHaveLength(61);
  expect(cells[0]).toBe('class');
  for (const cell of cells.slice(1)) expect(['"""le"" one"', '"a;b"', '"c, d"']).toContain(cell);
  const [csv, json, npy] = ['classes.csv', 'classes.json', 'classes.npy'].map(at) as [string, string, string];
  const written = await Promise.all(
    [csv, json, npy].map((out) => apical('predict', at('run'), '--data', table, '--out', out)),
  );
  expect(readFileSync(csv, 'utf8')).toBe(stdout);
  const document = JSON.parse(readFileSync(json, 'utf8'));
  expect(document.names).toEqual(document.values.map((place: number) => names[place]));
  expect(Array.from(readNpy(readFileSync(npy), npy).data)).toEqual(document.values);
  expect(written[2]!.stderr).toContain('classes.npy has classes by number: 0 "le" one, 1 a;b, 2 "c, d"');
  const numbers = await apical('predict', at('run'), '--data', table, '--what', 'class-numbers');
  expect(numbers.stdout.trim().split('\n').slice(1).map(Number)).toEqual(document.values);

  const inputs = readFileSync(table, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(';').slice(0, 4).join(','));
  writeTable(folder, 'inputs.csv', inputs);
  const { stdout: measured } = await apical(
    'evaluate',
    at('run'),
    '--input',
    at('inputs.csv'),
    '--labels',
    csv,
    '--json',
  );
  expect(JSON.parse(measured).accuracy).toBe(1);
});

test.each([
  ['predict --data named.csv --out run/config.json', 'config.json: that is a file of the run in'],
  ['predict --data named.csv --out run/summary.json', 'summary.json: that is a file of the run in'],
  ['runs export . --format json --out run/config.json', 'config.json: that is a file of the run in'],
  ['runs export . --format csv --out run/metrics.jsonl', 'metrics.jsonl: that is a file of the run in'],
  ['runs report . --out run/weights.safetensors', 'weights.safetensors: that is a file of the run in'],
  ['circuit bmvr --out run/summary.json', 'summary.json: that is a file of the run in'],
])('%s is refused, and changes nothing', async (line, message) => {
  const words = line.split(' ').map((word) => (/^(run\/|named|\.$)/.test(word) ? at(word) : word));
  const [command = '', ...options] = words;
  const out = words.at(-1)!;
  const before = readFileSync(out);
  const { code, stderr } = await apical(command, ...(command === 'predict' ? [at('run')] : []), ...options);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  expect(readFileSync(out)).toEqual(before);
});

test('a file of such a name elsewhere can be written', async () => {
  writeFileSync(at('summary.json'), 'mine');
  const { code } = await apical('circuit', 'bmvr', '--out', at('summary.json'));
  expect(code).toBe(0);
});
