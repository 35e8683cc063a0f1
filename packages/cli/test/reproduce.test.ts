import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apical, start, temporaryFolder } from './apical.ts';

const files = ['figure-3.csv', 'figure-3.svg', 'report.html', 'results.json'];

test('Figure 3 ends with the verdict, which is the exit code, after what was written where', async () => {
  const folder = join(temporaryFolder(), 'figure-3');
  const args = ['reproduce', 'figure-3', '--panel', 'mnist', '--runs', '1', '--out', folder];
  const { code, stdout, stderr } = await apical(...args);
  const results = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  const { bmvr, backprop } = results.panels.mnist.verdicts.final;
  expect(code).toBe(bmvr && backprop ? 0 : 1);
  expect(stdout).toContain('MNIST, k = 1');
  for (const file of files) expect(stdout).toContain(`written  ${join(folder, file)}\n`);
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(bmvr && backprop ? /^Reproduced/ : /^Not reproduced/);
  expect(stderr).toMatch(/^2 of 2 finished: /m);
});

test('Ctrl-C writes the runs that are finished, says what is missing, and exits with 130', async () => {
  const folder = temporaryFolder();
  const { child, end } = start([
    'reproduce',
    'figure-3',
    '--panel',
    'mnist',
    '--runs',
    '500',
    '--json',
    '--out',
    folder,
  ]);
  child.stderr?.on('data', (text) => {
    if (/^4 of 1000 /m.test(text)) child.kill('SIGINT');
  });
  const { code, stdout, stderr } = await end;
  expect(code).toBe(130);
  expect(stderr).toMatch(/^apical: missing: \d+ of the 500 bmvr runs of MNIST$/m);
  expect(readdirSync(folder).sort()).toEqual(files);
  const written = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8'));
  expect(written.panels.mnist.bmvr.runs.length).toBeGreaterThan(0);
  expect(written.panels.mnist.backprop.runs.length).toBeGreaterThan(0);
  const { missing, ...printed } = JSON.parse(stdout);
  expect(printed).toEqual(written);
  expect(missing).toHaveLength(2);
});

test('Ctrl-C before anything is finished writes nothing', async () => {
  const folder = temporaryFolder();
  const { child, end } = start(['reproduce', 'figure-3', '--runs', '500', '--out', join(folder, 'out')]);
  const waiting = setInterval(() => {
    if (readdirSync(folder).length === 0) return;
    clearInterval(waiting);
    child.kill('SIGINT');
  }, 5);
  onTestFinished(() => clearInterval(waiting));
  const { code, stdout, stderr } = await end;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(stderr).toContain('interrupted');
  expect(readdirSync(join(folder, 'out'))).toEqual([]);
});
