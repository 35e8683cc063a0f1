import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditCircuit, circuitMermaid, circuitSvg, describeCircuit } from '@apical/core';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

const settings = ['bmvr', '--decoupled', '--activation', 'relu', '--mean-rate', '1e-4', '--hidden', '4'];
const description = describeCircuit('bmvr', { decoupled: true, activation: 'relu', meanRate: 1e-4, hidden: 4 });

test.each([
  ['.svg', circuitSvg(description)],
  ['.mmd', circuitMermaid(description)],
])('a circuit is written as %s', async (extension, content) => {
  const out = join(temporaryFolder(), `circuit${extension}`);
  const { code, stdout, stderr } = await apical('circuit', ...settings, '--out', out);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: `written  ${out}\n` });
  expect(readFileSync(out, 'utf8')).toBe(content);
});

test('the same data goes to a .json file and, with --json, to standard output', async () => {
  const out = join(temporaryFolder(), 'circuit.json');
  const { stdout } = await apical('circuit', ...settings, '--out', out, '--json');
  const expected = { ...description, audit: auditCircuit(description) };
  expect(JSON.parse(stdout)).toEqual(expected);
  expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual(expected);
});

test('without --out the pathways are listed', async () => {
  const { stdout } = await apical('circuit', 'backprop');
  expect(stdout).toMatch(/^W2ᵀ +ε at label +W2ᵀ ε at hidden +excitatory +weight transport$/m);
});

test('an audit is a table, or with --json data', async () => {
  const [table, json] = await Promise.all([
    apical('circuit', 'backprop', '--audit'),
    apical('circuit', 'backprop', '--audit', '--json'),
  ]);
  expect(table.stdout).toMatch(/^ΔW1 = η1 W2ᵀ ε xᵀ .* no: transported W2$/m);
  expect(table.stdout).toMatch(/^explicit error +ε = y − W2 z$/m);
  expect(JSON.parse(json.stdout)).toEqual(auditCircuit(describeCircuit('backprop')));
});
