import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apical, runOnTerminal, start, temporaryFolder } from './apical.ts';

const short = ['train', '--data', 'mnist', '--samples', '2000', '--evaluate', '4'];

test('a training prints its evaluations and the digest of its weights, the same each time, in no colours', async () => {
  // In continuous integration libraries tend to colour pipes, too.
  const [first, second] = await Promise.all([apical(...short), start(short, { CI: '1', FORCE_COLOR: '1' }).end]);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^samples {2}objective\n( +[\d,]+ {2}0\.\d{6}\n){4}weights {2}SHA-256 [0-9a-f]{64}\n$/);
  expect(second.stdout).toBe(first.stdout);
  expect(first.stderr).toContain('bmvr on mnist (test), k = 1, 2,000 samples, seed 1');
});

test('--json prints one document, --quiet leaves standard error empty; an epoch is the whole data set', async () => {
  const settings = ['--hidden', '2', '--rate', 'W1=0.002', '--rate', 'Q=0.001:1e4', '--epochs', '1', '--evaluate', '3'];
  const { code, stdout, stderr } = await apical('train', ...settings, '--json', '--quiet');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { config, evaluations, objective, weightsSha256 } = JSON.parse(stdout);
  expect(config).toMatchObject({
    rule: 'bmvr',
    hidden: 2,
    samples: 10_000,
    rates: { W1: { eta0: 0.002 }, Q: { eta0: 0.001, t0: 10_000 } },
  });
  expect(evaluations.map(({ samples }: { samples: number }) => samples)).toEqual([2, 141, 10_000]);
  expect(objective).toBe(evaluations.at(-1).objective);
  expect(weightsSha256).toMatch(/^[0-9a-f]{64}$/);
});

test('accuracy is measured on the images that the config names, which are told', async () => {
  const folder = temporaryFolder();
  const { stdout: learned } = await apical(...short, '--hidden', '3', '--json');
  const path = join(folder, 'run.json');
  const accuracy = { all: { split: 'test' }, few: { split: 'test', first: 500 } };
  writeFileSync(path, JSON.stringify({ ...JSON.parse(learned).config, accuracy }));
  const { code, stdout, stderr } = await apical('train', '--config', path);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^samples {2}objective {7}all {7}few\n( +[\d,]+ {2}0\.\d{6} ( {2}[ \d]{3}\.\d\d %){2}\n){4}weights/,
  );
  expect(stderr).toContain('all: the images learned (mnist test, 10,000)\nfew: the images learned (mnist test, 500)\n');
  const { evaluations, confusion } = JSON.parse((await apical('train', '--config', path, '--json')).stdout);
  expect(evaluations.at(-1).accuracy.all).toBeGreaterThan(0.25);
  expect(confusion.few.flat().reduce((sum: number, count: number) => sum + count)).toBe(500);
});

test('--test measures accuracy on images held out', async () => {
  const { stderr } = await apical(...short, '--test', 'train');
  // They do not come with the package: it is said before anything is learned.
  expect(stderr).toContain('test: held out (mnist train, 60,000)\n');
  expect(stderr).toContain('run "apical data fetch mnist"');
});

test('a kept run can be repeated from its config, and gone on with from its weights', async () => {
  const folder = join(temporaryFolder(), 'runs', 'mnist');
  const kept = await apical(...short, '--out', folder, '--json');
  expect(kept.code).toBe(0);
  const { weightsSha256, folder: written } = JSON.parse(kept.stdout);
  expect(written).toBe(folder);
  expect(JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')).weightsSha256).toBe(weightsSha256);

  const config = join(folder, 'config.json');
  const repeated = await apical('train', '--config', config, '--json');
  expect(JSON.parse(repeated.stdout).weightsSha256).toBe(weightsSha256);

  const weights = join(folder, 'weights.safetensors');
  const further = await apical(
    'train',
    '--config',
    config,
    '--init',
    weights,
    '--seed',
    '2',
    '--samples',
    '1',
    '--json',
  );
  const { config: changed, objective } = JSON.parse(further.stdout);
  expect(changed).toMatchObject({ hidden: 1, seed: 2, samples: 1, evaluateAt: [1] });
  // One more sample, chosen by another seed, changes little of what 2,000 have taught: an untrained network has 0.9.
  expect(Math.abs(objective - JSON.parse(kept.stdout).objective)).toBeLessThan(0.03);
});

test('rates that are too large end it with one line that says so', async () => {
  const { code, stderr } = await apical('train', '--quiet', '--rate', 'W1=1e30', '--samples', '100');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^apical: bmvr diverged at sample \d+: .*smaller learning rates\n$/);
});

// util-linux's `script` runs a command on a terminal of its own.
test.skipIf(process.platform !== 'linux' || !existsSync('/usr/bin/script'))(
  'a terminal has colours and a progress bar, with NO_COLOR no colours',
  async () => {
    const dimmed = '\u001b[2msamples  objective\u001b[22m';
    const args = ['train', '--samples', '10', '--evaluate', '1'];
    const colourful = await runOnTerminal(args);
    expect(colourful).toContain(dimmed);
    expect(colourful).toMatch(/bmvr on mnist {2}─+ +0 %/);
    const plain = await runOnTerminal([...args, '--quiet'], { NO_COLOR: '1' });
    expect(plain).toContain('samples  objective');
    expect(plain).not.toContain('\u001b');
  },
);

test('an interrupted training says how to go on, and ends as one that was not', async () => {
  const folder = join(temporaryFolder(), 'run');
  const args = ['train', '--samples', '4e6', '--out', folder];
  const { child, end } = start(args);
  child.stdout?.once('data', () => child.kill('SIGINT'));
  expect(await end).toMatchObject({ code: 130, stderr: expect.stringContaining(`apical resume ${folder}\n`) });
  expect(readdirSync(folder)).toContain('checkpoint.snapshot');
  expect(existsSync(join(folder, 'summary.json'))).toBe(false);

  const resumed = await apical('resume', folder);
  expect(resumed.code).toBe(0);
  expect(resumed.stderr).toContain('goes on from sample');
  const calm = await apical(...args.slice(0, -2));
  expect(resumed.stdout).toBe(`${calm.stdout}written  ${folder}\n`);
  const again = await apical(...args);
  expect(again.stdout).toBe(resumed.stdout);
  expect(again.stderr).toContain('was finished already');
});

test.skipIf(process.platform !== 'linux')(
  'a run that another process is at work on is refused; when that one is killed, it goes on at once',
  async () => {
    const folder = join(temporaryFolder(), 'run');
    const args = ['train', '--samples', '4e6', '--out', folder];
    const { child, end } = start(args);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    // Asleep, so that it does not end before the others have looked.
    child.kill('SIGSTOP');
    const refused = await Promise.all([apical(...args, '--quiet'), apical('resume', folder, '--quiet')]);
    child.kill('SIGKILL');
    await end;
    for (const { code, stdout, stderr } of refused) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^apical: .*run: process \d+ on .* is at work on this run; .*\n$/);
      expect(stderr).toContain(`process ${child.pid} on `);
    }
    const [resumed, calm] = await Promise.all([apical('resume', folder), apical(...args.slice(0, -2))]);
    expect(resumed.stdout).toBe(`${calm.stdout}written  ${folder}\n`);
    expect(resumed.stderr).not.toContain('waits up to');
    expect(readdirSync(folder)).not.toContain('.lock');
  },
);

test('a deep network learns in batches: its loss is named, its evaluations lie between batches', async () => {
  const network = ['--hidden', '24,12', '--activation', 'relu', '--output', 'softmax', '--optimiser', 'adam'];
  const words = [
    '--rule',
    'backprop',
    ...network,
    '--batch',
    '64',
    '--first',
    '1000',
    '--epochs',
    '3',
    '--evaluate',
    '5',
  ];
  const [shown, json] = await Promise.all([apical('train', ...words), apical('train', ...words, '--json')]);
  expect(shown.stdout).toMatch(
    /^samples {2}cross-entropy\n( +[\d,]+ {2}\d\.\d{6}\n)+weights {2}SHA-256 [0-9a-f]{64}\n$/,
  );
  expect(shown.stderr).toContain('backprop on mnist (test, the first 1,000), k = 24, 12, 3,000 samples, seed 1');
  const { config, evaluations } = JSON.parse(json.stdout);
  expect(config).toMatchObject({ hidden: [24, 12], batch: 64, samples: 3000, rates: { W: { eta0: 0.001 } } });
  for (const { samples } of evaluations) expect((samples % 1000) % 64).toBe(0);
});

test('the commands that its help shows are right', async () => {
  const { stdout } = await apical('train', '--help');
  const examples = [...stdout.matchAll(/^ {2}apical (train .*)$/gm)].map(([, words = '']) => words);
  const possible = examples.filter((words) => !/runs\/|my-rule|--split train|--test/.test(words));
  expect(possible.length).toBeGreaterThan(5);
  const ended = await Promise.all(
    possible.map((words) =>
      apical(
        ...words
          .replace(/--(samples|epochs) \S+/, '')
          .split(/\s+/)
          .filter(Boolean),
        '--samples',
        '128',
      ),
    ),
  );
  expect(ended.map(({ code }, i) => [possible[i], code])).toEqual(possible.map((words) => [words, 0]));
});

test('a loss that leaves the range of numbers ends the run with 1, and the sample', async () => {
  const words = [
    '--rule',
    'backprop',
    '--hidden',
    '16,16',
    '--activation',
    'relu',
    '--output',
    'softmax',
    '--batch',
    '16',
  ];
  const { code, stdout, stderr } = await apical('train', ...words, '--rate', 'W=1e30', '--quiet', '--json');
  expect(code).toBe(1);
  const [, sample] = /^apical: backprop diverged at sample (\d+): .*\n$/.exec(stderr) ?? [];
  expect(JSON.parse(stdout)).toMatchObject({
    config: { rule: 'backprop', batch: 16 },
    evaluations: expect.any(Array),
    status: 'diverged',
    divergedAt: Number(sample),
  });
});

test.each<[string, string, string]>([
  [
    'a key given twice',
    '{"rule": "bmvr",\n "seed": 1, "seed": 2}',
    'line 2, column 13: "seed" is given twice; which is meant?',
  ],
  ['endless nesting', `{"rates": ${'['.repeat(1e5)}`, 'values lie more than 500 deep in each other'],
  ['nothing', '', 'is not JSON: it is empty'],
])('a config with %s is refused in one line', async (_, text, message) => {
  const path = join(temporaryFolder(), 'refused.json');
  writeFileSync(path, text);
  const { code, stderr } = await apical('train', '--config', path, '--quiet');
  expect(code).toBe(2);
  expect(stderr).toMatch(/^apical: [^\n]*\n$/);
  expect(stderr).toContain(message);
});

test('a config may begin with a byte order mark, and be of UTF-16', async () => {
  const { config } = JSON.parse((await apical('train', '--samples', '10', '--json')).stdout);
  const path = join(temporaryFolder(), 'marked.json');
  const sums: string[] = [];
  for (const encoding of ['utf8', 'utf16le'] as const) {
    writeFileSync(path, Buffer.from(`\ufeff${JSON.stringify(config)}`, encoding));
    sums.push(JSON.parse((await apical('train', '--config', path, '--json')).stdout).weightsSha256);
  }
  expect(new Set(sums).size).toBe(1);
});
