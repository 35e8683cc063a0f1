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

test('networks of several layers, with outputs, losses, biases and parameters', async () => {
  const words = '--hidden 8,4 --activation softplus --output sigmoid --loss squared --no-biases';
  const { stdout } = await apical(
    'circuit',
    'sign-symmetry',
    ...words.split(' '),
    '--parameter',
    'magnitudes=redrawn',
    '--json',
  );
  const options = {
    hidden: [8, 4],
    activation: 'softplus',
    output: 'sigmoid',
    loss: 'squared',
    biases: false,
  } as const;
  const expected = describeCircuit('sign-symmetry', { ...options, parameters: { magnitudes: 'redrawn' } });
  expect(JSON.parse(stdout)).toEqual({ ...expected, audit: auditCircuit(expected) });
});

test('one number of hidden units is one layer', async () => {
  const { stdout } = await apical('circuit', 'direct-feedback-alignment', '--hidden', '3', '--audit', '--json');
  expect(JSON.parse(stdout)).toEqual(auditCircuit(describeCircuit('direct-feedback-alignment', { hidden: 3 })));
});

test.each([
  ['--parameter magnitudes=large', 'the parameter magnitudes must be one of uniform, fixed, redrawn, not large'],
  ['--parameter size=1', '--parameter size: sign-symmetry has only magnitudes'],
  ['--parameter magnitudes', 'NAME=VALUE is expected'],
  ['--hidden 8,', 'A finite number is expected'],
  ['--hidden 8,0', 'hidden[1] must be a positive integer, not 0'],
  ['--loss cross-entropy', 'cross-entropy needs outputs that are probabilities'],
])('%s is refused', async (words, message) => {
  const { code, stderr } = await apical('circuit', 'sign-symmetry', ...words.split(' '));
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
