import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RandomStream } from '@apical/core';
import { writeCsv } from '@apical/data';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';

// What the command says of rules without labels where they cannot do what is asked.

/** A table of six columns, two of which hear what two others hear; yc is constant. */
function tableIn(folder: string): string {
  const random = new RandomStream(1, 'views');
  const rows = Array.from({ length: 200 }, () => {
    const s = random.normal();
    return [s, random.normal(), s + random.normal(), s - random.normal(), s + random.normal(), 2];
  });
  const path = join(folder, 'views.csv');
  const data = Float64Array.from(rows.flat());
  writeFileSync(path, writeCsv({ shape: [200, 6], data }, ['a', 'b', 'c', 'd', 'y0', 'yc']));
  return path;
}

const refused = async (...args: string[]) => {
  const { code, stderr } = await apical(...args);
  return { code, stderr };
};

test('a second view is refused where the rule has none', async () => {
  const data = tableIn(temporaryFolder());
  expect(
    await refused('train', '--rule', 'similarity-matching', '--data', data, '--second-view', 'y0', '--hidden', '1'),
  ).toEqual({ code: 2, stderr: expect.stringContaining('similarity-matching learns from inputs alone') });
  const run = join(temporaryFolder(), 'run');
  await apical(
    'train',
    '--rule',
    'similarity-matching',
    '--data',
    data,
    '--hidden',
    '1',
    '--samples',
    '9',
    '--out',
    run,
  );
  expect(await refused('evaluate', run, '--data', data, '--second-view', 'y0')).toEqual({
    code: 2,
    stderr: expect.stringContaining('is of similarity-matching, which has no second view'),
  });
});

test('a second view that is constant is called so', async () => {
  const data = tableIn(temporaryFolder());
  const { code, stderr } = await refused(
    ...['train', '--rule', 'bio-cca', '--data', data, '--second-view', 'yc', '--hidden', '1', '--samples', '10'],
    ...['--probe', 'canonical-correlations'],
  );
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/constant/) });
  expect(stderr).not.toContain('always 0');
});

test('M that is no longer positive definite fails', async () => {
  const { code, stderr } = await refused(
    ...['train', '--rule', 'bio-cca', '--data', 'synthetic:correlated-views', '--hidden', '4', '--samples', '500'],
    ...['--rate', 'M=1.2'],
  );
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('M is no longer positive definite') });
});

test('a study over α does not rank a setting that keeps nothing', async () => {
  const folder = temporaryFolder();
  const study = join(folder, 'study.yaml');
  writeFileSync(
    study,
    `name: thresholds
base:
  rule: adaptive-soft
  data: { set: 'synthetic:coloured' }
  hidden: 4
  samples: 100
  probes: [principal-subspace]
axes:
  parameters.alpha: [100, 0.01]
seeds: [1]
objective: { metric: probes.principal-subspace.error, goal: min }
search: { method: grid }
`,
  );
  const { stdout, stderr } = await apical('sweep', study, '--out', join(folder, 'out'));
  expect(stdout).toMatch(/^ +1 +\d\S* +0\.01$/m);
  expect(stdout).toMatch(/^ +2 +1 of 1 not measured +100$/m);
  expect(stderr).toContain('alpha = 100 is above the variance of every component');
});

test('a report has all parameters of the rules, and a chart for each objective', async () => {
  const out = join(temporaryFolder(), 'out');
  const { code } = await apical(
    ...[
      'compare',
      'adaptive-soft',
      'adaptive-hard',
      '--data',
      'synthetic:coloured',
      '--hidden',
      '4',
      '--samples',
      '200',
    ],
    ...['--parameter', 'alpha=0.5', '--seeds', '1', '--evaluate', '2', '--out', out],
  );
  expect(code).toBe(0);
  const page = readFileSync(join(out, 'report.html'), 'utf8');
  const cells = (name: string) =>
    [...(new RegExp(`>${name}</th>(.*?)</tr>`, 's').exec(page)?.[1]?.matchAll(/>([^<]*)</g) ?? [])]
      .map(([, text]) => text)
      .filter((text) => text?.trim());
  expect(cells('Parameter alpha')).toEqual(['0.5', '0.5']);
  expect(cells('Parameter start')).toEqual(['10', '10']);
  expect(cells('Parameter interneurons')).toEqual(['–', '4']);
  for (const rule of ['adaptive-soft', 'adaptive-hard'])
    expect(page).toContain(`objective of ${rule} against samples seen`);
});

test('what is exported without its preprocessing says where that is', async () => {
  const folder = temporaryFolder();
  const run = join(folder, 'run');
  await apical(
    ...['train', '--rule', 'similarity-matching', '--data', tableIn(folder), '--inputs', 'columns', '--hidden', '1'],
    ...['--samples', '10', '--out', run],
  );
  const { code, stderr } = await apical('export', run, '--out', join(folder, 'weights.npz'));
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringMatching(
      /means and standard deviations of inputs are in the header of \S*weights\.safetensors: /,
    ),
  });
});
