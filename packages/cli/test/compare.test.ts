import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison } from '@apical/experiments';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

const short = ['--samples', '300', '--evaluate', '2', '--seeds', '2'];

test('rules and configs are compared, and the report written', async () => {
  const folder = temporaryFolder();
  const config = join(folder, 'mine.json');
  const kept = await apical('train', '--samples', '10', '--hidden', '2', '--json');
  writeFileSync(config, JSON.stringify(JSON.parse(kept.stdout).config));
  const out = join(folder, 'out');
  const probe = ['--probe', 'saturation,constraint'];
  const { code, stdout } = await apical(
    'compare',
    'backprop',
    config,
    '--hidden',
    '2',
    ...short,
    ...probe,
    '--out',
    out,
  );
  expect(code).toBe(0);
  expect(stdout).toMatch(/^mine − backprop +objective +-?\d\S* +\S+ … \S+ +2$/m);
  expect(readdirSync(out).sort()).toEqual(['report.html', 'results.json']);
  const written = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  expect(written.contenders.map(({ label }: { label: string }) => label)).toEqual(['backprop', 'mine']);
  // A probe is read of those that it fits.
  const read = (name: string) => written.contenders.map(({ final }: { final: object }) => Object.hasOwn(final, name));
  expect(read('saturation.constraint')).toEqual([false, true]);
  expect(read('constraint.largest')).toEqual([true, true]);
  const printed = await apical(
    ...['compare', 'backprop', config, '--hidden', '2', ...short, ...probe, '--out', out, '--json'],
  );
  expect({ ...JSON.parse(printed.stdout), provenance: {} }).toEqual({ ...written, provenance: {} });
});

test('rules with other defaults are compared on the terms of one of them, which are told', async () => {
  const out = temporaryFolder();
  const { code, stderr } = await apical(
    'compare',
    'backprop',
    'burstprop',
    ...short,
    '--loss',
    'squared',
    '--out',
    out,
  );
  expect(code).toBe(0);
  expect(stderr).toContain(
    'all have --activation sigmoid --output sigmoid --loss squared --inputs unit --labels one-hot',
  );
  const { contenders }: Comparison = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  const terms = contenders.map(({ runs: { config } }) => [config.activation, config.output, config.data, config.order]);
  expect(terms[1]).toEqual(terms[0]);
});

test.each([
  ['compare bmvr', 'a comparison needs two contenders at least'],
  ['compare bmvr backprop --confidence 2', '--confidence must be more than 0 and less than 1, not 2'],
  ['compare bmvr backprop --probe decoupling', 'the probe decoupling is for networks with decoupled interneurons'],
  ['compare bmvr backprop --seeds 0', 'A whole number from 1 is expected'],
])('apical %s', async (command, message) => {
  const { code, stdout, stderr } = await apical(...command.split(' '));
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^apical: .*\n$/);
  expect(stderr).toContain(message);
});

test('configs that an option makes the same are refused', async () => {
  const folder = temporaryFolder();
  const { config } = JSON.parse((await apical('train', '--samples', '10', '--json')).stdout);
  const [one, two] = [1, 2].map((hidden) => {
    const path = join(folder, `${hidden}.json`);
    // When they are evaluated is no difference.
    writeFileSync(path, JSON.stringify({ ...config, hidden, seed: hidden, evaluateAt: [hidden, 10] }));
    return path;
  }) as [string, string];
  const { code, stderr } = await apical('compare', one, two, '--hidden', '3', '--out', folder);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^apical: 1 and 2 have the same settings, .*--hidden/);
});

test('contenders that learn different numbers of samples are told', async () => {
  const folder = temporaryFolder();
  const { config } = JSON.parse((await apical('train', '--samples', '20', '--json')).stdout);
  const [short, long] = [20, 30].map((samples) => {
    const path = join(folder, `of-${samples}.json`);
    writeFileSync(path, JSON.stringify({ ...config, samples, evaluateAt: [samples] }));
    return path;
  }) as [string, string];
  const { code, stderr } = await apical('compare', short, long, '--seeds', '2', '--quiet', '--out', folder);
  expect(code).toBe(0);
  expect(stderr).toBe(
    'warning: the contenders do not learn as many samples: of-20 20, of-30 30; each is measured at its own end\n',
  );
});

test('kept runs become a page', async () => {
  const folder = temporaryFolder();
  await apical('train', '--samples', '100', '--out', join(folder, 'run'));
  const { code, stdout } = await apical('runs', 'report', folder);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `written  ${join(folder, 'report.html')}\n` });
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('BMVR, k = 1');
});

test('rules that have not the same synapses share what options say; where one can have no ridge, none has', async () => {
  const rates = ['--rate', 'W=0.001', '--rate', 'B=0.1', '--inputs', 'unit', '--parameter', 'amplitude=0.2'];
  const rules = ['backprop', 'feedback-alignment', 'weight-mirror', 'frozen-hidden'];
  const results = await Promise.all(
    [['--hidden', '8', '--activation', 'relu'], []].map((network) =>
      apical('compare', ...rules, ...network, ...rates, ...short, '--json', '--out', temporaryFolder()),
    ),
  );
  for (const { code, stdout } of results) {
    expect(code).toBe(0);
    const { contenders } = JSON.parse(stdout) as Comparison;
    expect(contenders.map(({ label }) => label)).toEqual(rules);
    const configs = contenders.map(({ runs }) => runs.config);
    expect(configs.map(({ ridge }) => ridge)).toEqual([0, 0, 0, 0]);
    expect(configs.map((config) => Object.keys(config.rates))).toEqual([['W'], ['W'], ['W', 'B'], ['W']]);
    expect(configs.map(({ parameters }) => parameters)).toEqual([undefined, undefined, { amplitude: 0.2 }, undefined]);
  }
  expect(results[1]?.stderr).toContain('all rules learn without a ridge');
});

test('where contenders diverge with every seed, it is said what to change, which then is right', async () => {
  const both = (...rates: string[]) =>
    apical('compare', 'backprop', 'bmvr', ...short, ...rates, '--quiet', '--out', temporaryFolder());
  const { code, stderr } = await both('--rate', 'W1=0.1', '--rate', 'W2=0.5');
  const [, lost, advice = ''] =
    /^apical: (.*) diverged with every seed, .* such as a tenth of these: ((?:--rate \S+ ?)+)/m.exec(stderr) ?? [];
  expect({ code, lost, advice: advice.trim() }).toEqual({
    code: 1,
    lost: 'backprop, bmvr',
    advice: '--rate W1=0.01 --rate W2=0.05 --rate Q=0.0003',
  });
  expect(await both(...advice.trim().split(' '))).toMatchObject({ code: 0 });
});
