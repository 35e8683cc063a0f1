import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSafetensors } from '@apical/core';
import { expect, test } from 'vitest';
import { apical, start, temporaryFolder } from './apical.ts';

test('what a folder has of another kind is not replaced', async () => {
  const parent = temporaryFolder();
  const [thesis, run, compared] = ['thesis', 'run', 'compared'].map((name) => join(parent, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(thesis);
  writeFileSync(join(thesis, 'report.html'), 'precious');
  await apical('train', '--samples', '10', '--out', run);
  const compare = (out: string) =>
    apical('compare', 'bmvr', 'backprop', '--samples', '10', '--evaluate', '1', '--seeds', '1', '--out', out);
  for (const folder of [thesis, run]) {
    const refused = await compare(folder);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('that no comparison of apical wrote') });
  }
  const page = await apical('runs', 'report', run, '--out', join(thesis, 'report.html'));
  expect(page).toMatchObject({ code: 2, stderr: expect.stringContaining('no page of apical runs report') });
  expect(readFileSync(join(thesis, 'report.html'), 'utf8')).toBe('precious');
  expect(await compare(compared)).toMatchObject({ code: 0 });
  expect(await compare(compared)).toMatchObject({ code: 0 });
  // Of one seed there is no standard deviation.
  expect(JSON.parse(readFileSync(join(compared, 'results.json'), 'utf8')).contenders[0].final.objective.sd).toBeNull();
  const panel = await apical('reproduce', 'figure-3', '--panel', 'mnist', '--runs', '1', '--out', compared);
  expect(panel).toMatchObject({ code: 2, stderr: expect.stringContaining('that no figure-3 of apical wrote') });
  expect(await apical('runs', 'report', run)).toMatchObject({ code: 0 });
  expect(await apical('runs', 'report', run)).toMatchObject({ code: 0 });
}, 60_000);

test('the folder of a run is its model, its config and its weights', async () => {
  const parent = temporaryFolder();
  const run = join(parent, 'run');
  await apical('train', '--samples', '10', '--out', run);
  const both = (...args: string[]) =>
    Promise.all([run, join(run, 'weights.safetensors')].map((path) => apical(args[0]!, path, ...args.slice(1))));
  const [folder, file] = await both('evaluate', '--data', 'mnist');
  expect(folder).toMatchObject({ code: 0, stdout: file!.stdout });
  const train = (...args: string[]) => apical('train', '--samples', '20', ...args);
  const [config, weights, bare] = await Promise.all([
    train('--config', run, '--seed', '2'),
    train('--init', run),
    apical('evaluate', parent, '--data', 'mnist'),
  ]);
  expect(config.stdout).toBe((await train('--config', join(run, 'config.json'), '--seed', '2')).stdout);
  expect(weights.stdout).toBe((await train('--init', join(run, 'weights.safetensors'))).stdout);
  expect(bare).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no weights.safetensors in it') });
}, 60_000);

test('weights to start from have to be some, and what they have not is said', async () => {
  const folder = temporaryFolder();
  const [none, some] = [join(folder, 'none.safetensors'), join(folder, 'some.safetensors')];
  writeFileSync(none, writeSafetensors({}));
  writeFileSync(some, writeSafetensors({ W1: { rows: 1, cols: 784, data: new Float32Array(784).fill(0.01) } }));
  const train = (init: string) => apical('train', '--samples', '10', '--init', init);
  const [refused, told] = await Promise.all([train(none), train(some)]);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('none.safetensors: there are no weights in it'),
  });
  expect(told).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('has no W2, Q; they start as without --init'),
  });
});

test('a signal that comes twice at once is one wish: the run writes where it stands', async () => {
  const run = join(temporaryFolder(), 'run');
  const { child, end } = start(['train', '--samples', '1e9', '--evaluate', '1', '--out', run]);
  await expect.poll(() => existsSync(join(run, 'config.json')), { timeout: 60_000 }).toBe(true);
  child.kill('SIGTERM');
  await sleep(5);
  child.kill('SIGTERM');
  const { code, stderr } = await end;
  expect(code).toBe(143);
  expect(stderr).toContain(`apical resume ${run}`);
});

test('a finished run goes on to more samples, to the weights of one that was to learn them', async () => {
  const run = join(temporaryFolder(), 'run');
  await apical('train', '--samples', '300', '--out', run);
  const [further, whole] = await Promise.all([
    apical('resume', run, '--samples', '900'),
    apical('train', '--samples', '900'),
  ]);
  const sum = (text: string) => /SHA-256 (\w+)/.exec(text)?.[1];
  expect(further).toMatchObject({ code: 0, stderr: expect.stringContaining('goes on from sample 300') });
  expect(sum(further.stdout)).toBe(sum(whole.stdout));
  const fewer = await apical('resume', run, '--samples', '600');
  expect(fewer).toMatchObject({ code: 2, stderr: expect.stringContaining('the run has learned 900') });
});

test.runIf(existsSync('/proc/self'))(
  'where the system makes no folder, every command says so, and ends',
  async () => {
    const study = join(temporaryFolder(), 'study.json');
    writeFileSync(
      study,
      JSON.stringify({ name: 'x', base: { rule: 'bmvr', samples: 10 }, axes: { hidden: [1, 2] }, seeds: [1] }),
    );
    const commands = [
      ['train', '--samples', '10', '--out', '/proc/none/run'],
      ['compare', 'bmvr', 'backprop', '--samples', '10', '--seeds', '1', '--out', '/proc/none'],
      ['reproduce', 'figure-3', '--panel', 'mnist', '--runs', '1', '--out', '/proc/none'],
      ['sweep', study, '--out', '/proc/none/study'],
    ];
    // As processes: one that never ends would take the test with it.
    for (const command of commands) {
      const { child, end } = start(command);
      const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
      expect(await end).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^apical: \/proc\/none.*: cannot be written: /m),
      });
      clearTimeout(timer);
    }
  },
  120_000,
);
