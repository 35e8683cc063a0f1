import { expect, test } from 'vitest';
import { exampleResults } from '../../../test/support/figure-3-results.ts';
import { formatPanelTable } from './panel-table.ts';

const panel = () => exampleResults().panels['cifar-10']!;

test('a line a step: samples seen, then mean ± sd, ours and the paper’s, and the verdict’s sign, for each method', () => {
  const example = panel();
  const rows = formatPanelTable(example)
    .split('\n')
    .filter((line) => /^ *[\d,]+ /.test(line))
    .map((line) => line.trim().split(/\s+/));
  const value = (curve: { mean: number[]; sd: number[] }, step: number) =>
    `${curve.mean[step]!.toFixed(4)}±${curve.sd[step]!.toFixed(4)}`;
  const signs = { agrees: '=', differs: '≠', uninformative: '?' };
  expect(rows).toEqual(
    example.steps.map((step, row) => [
      (step + 1).toLocaleString('en-US'),
      value(example.bmvr, row),
      value(example.paper.bmvr, row),
      signs[example.verdicts.bmvr[row]!],
      value(example.backprop, row),
      value(example.paper.backprop, row),
      signs[example.verdicts.backprop[row]!],
    ]),
  );
});

test('the columns align and fit 80 characters', () => {
  const lines = formatPanelTable(panel()).split('\n');
  const rows = lines.filter((line) => /^ *[\d,]+ /.test(line));
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  expect(new Set(rows.map((row) => row.indexOf('±'))).size).toBe(1);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('it ends with the optimum, a verdict a method, and the notes', () => {
  const example = panel();
  example.bmvr.note = 'other rate';
  example.bmvr.mean[10] = 0.7761;
  example.bmvr.sd[10] = 0.0008;
  example.backprop.diverged = [{ seed: 2, sample: 5678 }];
  expect(formatPanelTable(example).split('\n').slice(-5)).toEqual([
    'optimum 0.77373, in the paper 0.77372',
    'BMVR agrees: 0.7761 ± 0.0008, paper 0.7756 ± 0.0006, 0.5 combined sd apart',
    expect.stringMatching(/^backprop differs: 0\.77/),
    'BMVR, not the printed setting: other rate',
    'backprop: 1 of 3 runs diverged: seed 2 at sample 5,678',
  ]);
});

test('a mean that does not exist is told, and an sd that does not exist is left out', () => {
  const example = panel();
  example.bmvr.mean[10] = Number.NaN;
  example.backprop.sd[10] = Number.NaN;
  const text = formatPanelTable(example);
  expect(text).toContain('BMVR agrees: no value, paper 0.7756 ± 0.0006\n');
  expect(text).not.toContain('NaN');
});
