import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apical, runOnTerminal, start, temporaryFolder } from './apical.ts';

const study = `name: small
base: { samples: 100, evaluateAt: [10] }
axes:
  rates.W1.eta0: [0.001, 0.01, 1000]
`;

test('a sweep prints the best settings and writes a report; run again, it does nothing anew', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'study.yaml');
  const out = join(folder, 'out');
  writeFileSync(path, study);
  const first = await apical('sweep', path, '--out', out);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^rank +objective +rates\.W1\.eta0\n +1 +0\.\d{6} +0\.0/);
  expect(first.stdout).toContain('1 of 1 diverged');
  for (const name of ['trials.csv', 'report.html']) {
    expect(first.stdout).toContain(`written  ${join(out, name)}\n`);
    expect(existsSync(join(out, name))).toBe(true);
  }
  const [, config] = /^for its model: apical train --config (\S+) --out FOLDER\ntook [^\n]+\n$/.exec(first.stderr) ?? [
    '',
    '',
  ];
  const best = JSON.parse((await apical('train', '--config', config!, '--json')).stdout);
  expect(first.stdout).toContain(`   1  ${best.objective.toFixed(6)}`);
  expect(first.stdout).toContain(`\nbest     ${config}: seed 1, objective ${best.objective.toFixed(6)}\n`);
  const [again, edited, listed] = await Promise.all([
    apical('sweep', path, '--out', out, '--json', '--quiet'),
    (async () => {
      const other = join(folder, 'edited.yaml');
      writeFileSync(other, study.replace('100', '200'));
      return await apical('sweep', other, '--out', out);
    })(),
    apical('runs', 'list', out, '--where', 'status=diverged'),
  ]);
  const { isComplete, trials } = JSON.parse(again.stdout);
  expect({ isComplete, trials: trials.length, stderr: again.stderr }).toEqual({
    isComplete: true,
    trials: 3,
    stderr: '',
  });
  expect(edited).toMatchObject({ code: 2, stderr: expect.stringContaining('base.samples: 100 -> 200\n') });
  expect(listed.stdout.split('\n')).toHaveLength(3);
});

test('the best run is of one seed: which, where, and its value beside the mean, also with --quiet and in JSON', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'study.yaml');
  const out = join(folder, 'out');
  writeFileSync(path, `${study}seeds: 3\nkeepWeights: true\n`);
  const quiet = await apical('sweep', path, '--out', out, '--quiet');
  expect(quiet).toMatchObject({ code: 0, stderr: '' });
  const { best, trials } = JSON.parse((await apical('sweep', path, '--out', out, '--json')).stdout);
  const seeds: { seed: number; value: number }[] = trials.find(
    ({ settings }: { settings: object }) => JSON.stringify(settings) === JSON.stringify(best.settings),
  ).runs;
  const [least] = seeds.toSorted((a, b) => a.value - b.value);
  expect(best).toMatchObject({
    seed: least!.seed,
    value: least!.value,
    mean: expect.any(Number),
    sd: expect.any(Number),
  });
  const value = best.value.toFixed(6);
  expect(quiet.stdout).toContain(
    `best     ${best.folder}: seed ${best.seed}, objective ${value}, where the mean of 3 seeds is ${best.mean.toFixed(6)}\n`,
  );
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(`that of seed ${best.seed}: objective ${value}`);
  const model = JSON.parse((await apical('evaluate', best.folder, '--data', 'mnist', '--json')).stdout);
  expect(model.objective).toBeCloseTo(best.value, 5);
  // A study knows its runs by their settings: none goes on by itself.
  const { code, stderr } = await apical('resume', best.folder, '--samples', '200');
  expect(code).toBe(2);
  expect(stderr).toContain(`is a run of the study in ${out}`);
});

test('a bad study is an error of usage, with line and column', async () => {
  const path = join(temporaryFolder(), 'study.yaml');
  writeFileSync(path, study.replace('axes', 'axis'));
  const { code, stderr } = await apical('sweep', path);
  expect(code).toBe(2);
  expect(stderr).toContain(`apical: ${path}:3:1: axis: there is no such setting (did you mean "axes"?)`);
});

test('Ctrl-C writes checkpoints and says how to go on', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'study.yaml');
  const out = join(folder, 'out');
  writeFileSync(path, study.replace('100', '1000000000').replace(', 1000]', ']'));
  const { child, end } = start(['sweep', path, '--out', out, '--workers', '1']);
  const waiting = setInterval(() => {
    if (!existsSync(join(out, 'work')) || readdirSync(join(out, 'work')).length === 0) return;
    clearInterval(waiting);
    child.kill('SIGINT');
  }, 100);
  onTestFinished(() => clearInterval(waiting));
  const { code, stderr } = await end;
  expect(code).toBe(130);
  expect(stderr).toContain('0 of 2 runs done; to go on, run the same command again');
});

test('a folder in the place of a study, and a text that is none, are named', async () => {
  const folder = temporaryFolder();
  for (const args of [[folder], ['status', folder]]) {
    expect(await apical('sweep', ...args)).toMatchObject({
      code: 2,
      stderr: `apical: ${folder}: a folder stands where a file is needed (EISDIR)\n`,
    });
  }
  const path = join(folder, 'latin-1.yaml');
  writeFileSync(path, Buffer.from('name: caf\xe9', 'latin1'));
  expect(await apical('sweep', path)).toMatchObject({
    code: 2,
    stderr: `apical: ${path}: is not a text in UTF-8; if it is in Latin-1 (Windows-1252), save it in UTF-8\n`,
  });
});

test('a process that sweep stop ends says how to go on, with exit code 1; status says what it does', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'study.yaml');
  const out = join(folder, 'out');
  writeFileSync(path, study.replace('100', '1000000000').replace(', 1000]', ']'));
  const { child, end } = start(['sweep', path, '--out', out, '--workers', '1']);
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect
    .poll(() => apical('sweep', 'status', path, '--out', out), { timeout: 60_000 })
    .toMatchObject({
      stdout: expect.stringMatching(/^at work {2}process \d+ on \S+, 1 running$/m),
    });
  expect((await apical('sweep', 'status', out)).stdout).toMatch(/^runs {5}0 of 2/m);
  expect((await apical('sweep', 'stop', out)).stdout).toMatch(/^asked {2}process /);
  const { code, stderr } = await end;
  expect(code).toBe(1);
  expect(stderr).toContain('0 of 2 runs done; to go on, run the same command again');
});

// util-linux's `script` runs a command on a terminal of its own.
test.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/script'))(
  'on a terminal the view is drawn anew in its place, and is gone at the end; with --quiet there is none',
  async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'study.yaml');
    writeFileSync(path, study);
    const sweep = (...options: string[]) => runOnTerminal(['sweep', path, '--out', join(folder, 'out'), ...options]);
    const drawn = await sweep();
    const [before = '', ...views] = drawn.split('\u001b[2A\u001b[0J');
    expect(before).toMatch(/^ {2}small {2}[━─]+ +\d+ % {2}\d of 3 runs · \d running[^\n]*\r\n[^\n]*\r\n$/);
    expect(views.at(-2)).toMatch(
      /100 % {2}3 of 3 runs · 0 running · 1 diverged\r\n {2}best 0\.\d{6}: rates\.W1\.eta0 0/,
    );
    expect(views.at(-1)).toMatch(/^rank +objective/);
    expect(await sweep('--quiet')).not.toContain('\u001b[2A');
  },
);
