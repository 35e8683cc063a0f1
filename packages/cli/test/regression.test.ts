import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy } from '@apical/data';
import { expect, test } from 'vitest';
import { apical, temporaryFolder } from './apical.ts';
import { writeTable } from './own-data.ts';

/** Two linear functions of three inputs, far from 0 and of different scales. */
const rows = Array.from({ length: 60 }, (_, i) => {
  const x = [Math.sin(1.3 * i), Math.cos(0.7 * i), Math.sin(0.4 * i + 1)] as const;
  return [...x, 3 + x[0] - x[1], -10 + 20 * x[2]];
});
const names = 'a,b,c,y1,y2';
const lines = rows.map((row) => row.join(','));
const targets = rows.map((row) => row.slice(3));

async function run(...args: string[]): Promise<{ document: Document; stderr: string }> {
  const { code, stdout, stderr } = await apical(...args, '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return { document: JSON.parse(stdout), stderr };
}

interface Document {
  evaluations: { objective: number; probes: Record<string, number> }[];
  objective: number;
  r2: number;
  values: number[][];
}

const learning = '--rule backprop --hidden 8 --samples 4000'.split(' ');

test.each(['columns', 'standardised', 'centred'])(
  'labels prepared (%s): evaluate gives what train recorded, and predictions are in the units of the target',
  async (way) => {
    const folder = temporaryFolder();
    const table = writeTable(folder, 'reg.csv', [names, ...lines]);
    const model = join(folder, 'run');
    const asked = ['--data', table, '--target', 'y1,y2', '--hold-out', '0.2', '--label-inputs', way];
    const { evaluations } = (await run('train', ...asked, ...learning, '--out', model)).document;
    const last = evaluations.at(-1)!;
    const [learned, held] = [
      (await run('evaluate', model, '--data', table, '--split', 'train')).document,
      (await run('evaluate', model, '--data', table, '--split', 'test')).document,
    ];
    expect(learned.objective).toBe(last.objective);
    expect(held.objective).toBe(last.probes['held-out']);
    const { values } = (await run('predict', model, '--data', table)).document;
    const { r2 } = (await run('evaluate', model, '--data', table)).document;
    // R² does not depend on the units, so that of what was predicted is that of what was measured.
    expect(rSquaredOf(values, targets)).toBeCloseTo(r2, 5);
    // One mean and sd of both targets leaves the mean of each, which a network without biases does not learn.
    if (way !== 'standardised') expect(r2).toBeGreaterThan(0.9);
  },
);

test('labels of arrays, and of a rule with a second view that predicts them, are measured alike', async () => {
  const folder = temporaryFolder();
  const array = (name: string, values: readonly number[][]) => {
    const path = join(folder, name);
    const data = Float64Array.from(values.flat());
    writeFileSync(path, writeNpy({ shape: [values.length, values[0]!.length], data }));
    return path;
  };
  const [x, y] = [
    array(
      'x.npy',
      rows.map((row) => row.slice(0, 3)),
    ),
    array('y.npy', targets),
  ];
  const ways = [
    ['--target', ...learning],
    ['--second-view', '--rule', 'reduced-rank-regression', '--parameter', 's=1', '--hidden', '2', '--samples', '500'],
  ] as const;
  for (const [option, ...settings] of ways) {
    const model = join(folder, option);
    const data = ['--data', x, option, y];
    const asked = ['--hold-out', '0.2', '--label-inputs', 'columns', ...settings, '--out', model];
    const { objective } = (await run('train', ...data, ...asked)).document;
    const learned = await run('evaluate', model, '--data', x, option, y, '--split', 'train');
    expect(learned.document.objective).toBe(objective);
  }
  expect(readFileSync(join(folder, '--target', 'config.json'), 'utf8')).toContain('"labelInputs": "columns"');
});

/** The mean over columns of 1 − Σ (y − ŷ)² / Σ (y − ȳ)². */
function rSquaredOf(predicted: readonly number[][], known: readonly number[][]): number {
  const each = known[0]!.map((_, j) => {
    const mean = known.reduce((sum, row) => sum + row[j]!, 0) / known.length;
    const residual = known.reduce((sum, row, i) => sum + (row[j]! - predicted[i]![j]!) ** 2, 0);
    return 1 - residual / known.reduce((sum, row) => sum + (row[j]! - mean) ** 2, 0);
  });
  return each.reduce((a, b) => a + b) / each.length;
}

test('train says what is held out in columns, and warns of targets that its network cannot learn', async () => {
  const folder = temporaryFolder();
  const far = rows.map(([a, b, c]) => [1000 * a!, b, c, 300 + a!, -10 + 200 * c!].join(','));
  const table = writeTable(folder, 'far.csv', [names, ...far]);
  const asked = ['train', '--data', table, '--target', 'y1,y2', '--hold-out', '0.2', '--rule', 'backprop'];
  const plain = await apical(...asked, '--samples', '3', '--rate', 'W=1e-6');
  const [titles, ...printed] = plain.stdout.split('\n').filter((line) => !/^(weights|written|$)/.test(line));
  expect(titles).toMatch(/^samples {2}objective {2,}held-out {2}held-out R²$/);
  expect(new Set(printed.map((line) => line.trim().split(/ {2,}/).length))).toEqual(new Set([4]));
  const warnings = (text: string) => text.split('\n').filter((line) => line.startsWith('warning: '));
  expect(warnings(plain.stderr)).toEqual([
    expect.stringMatching(/^warning: columns vary up to [\d,]+ times as much as others: --inputs columns/),
    expect.stringMatching(/^warning: targets lie far from 0: the mean of one is [\d.,]+ times its sd.*--biases/),
    expect.stringMatching(/^warning: targets vary up to [\d,]+ times as much as others: --label-inputs columns/),
  ]);
  const diverged = await apical(...asked, '--samples', '300', '--rate', 'W=1');
  expect(diverged.code).toBe(1);
  expect(diverged.stderr).toMatch(
    /^apical: backprop diverged .* smaller learning rates, or --label-inputs columns, as the warning says/m,
  );
  const prepared = await apical(...asked, '--samples', '3', '--inputs', 'columns', '--label-inputs', 'columns');
  expect(warnings(prepared.stderr)).toEqual([]);
  const { stdout } = await apical(...asked, '--samples', '3', '--rate', 'W=1e-6', '--out', join(folder, 'run'));
  expect(stdout).toContain('held-out R²');
  // What is kept shows the same columns.
  const cells = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/))
      .filter((row) => row.length === 4);
  const shown = await apical('runs', 'show', join(folder, 'run'));
  expect(shown.stdout).toMatch(/^samples {2,}objective {2,}held-out {2,}held-out R²$/m);
  expect(cells(shown.stdout)).toEqual(cells(stdout));
  const measured = await apical('evaluate', join(folder, 'run'), '--data', table);
  expect(measured.stdout).toMatch(/objective +\S+ {2}\(squared error, summed over outputs, mean over samples\)/);
});
