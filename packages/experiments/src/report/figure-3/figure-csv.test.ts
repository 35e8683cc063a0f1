import { expect, test } from 'vitest';
import { exampleResults } from '../../../test/support/figure-3-results.ts';
import { figureCsv } from './figure-csv.ts';
import { methods, panelsOf } from './panels.ts';

function records(csv: string): Record<string, string>[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    expect(cells).toHaveLength(names.length);
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
  });
}

test('every value of every panel, method, source, seed and step stands in the CSV once, with all its digits', () => {
  const results = exampleResults();
  const rows = records(figureCsv(results));
  const found = new Map(rows.map((row) => [[row.panel, row.method, row.source, row.seed, row.step].join(), row]));
  expect(found.size).toBe(rows.length);
  let expected = 0;
  const check = (
    key: (string | number)[],
    samples: number,
    objective: number,
    sd: number | undefined,
    best: number,
  ) => {
    const row = found.get(key.join());
    expected += 1;
    expect(Number(row?.samples_seen)).toBe(samples);
    expect(Number(row?.objective)).toBe(objective);
    expect(row?.sd).toBe(sd === undefined ? '' : String(sd));
    expect(Number(row?.optimum)).toBe(best);
  };
  for (const { name, panel } of panelsOf(results)) {
    for (const method of methods) {
      const { mean, sd, runs, seeds } = panel[method];
      const paper = panel.paper[method];
      panel.steps.forEach((step, index) => {
        check([name, method, 'ours', '', step], step + 1, mean[index]!, sd[index]!, panel.optimum);
        check([name, method, 'paper', '', step], step + 1, paper.mean[index]!, paper.sd[index]!, panel.paper.optimum);
        runs.forEach((run, position) => {
          check([name, method, 'ours', seeds[position]!, step], step + 1, run[index]!, undefined, panel.optimum);
        });
      });
    }
  }
  expect(rows).toHaveLength(expected);
});

test('a value that a diverged run does not have is an empty cell', () => {
  const results = exampleResults();
  results.panels.mnist!.bmvr.runs[1]![10] = null;
  results.panels.mnist!.bmvr.mean[10] = Number.NaN;
  const last = records(figureCsv(results)).filter(
    ({ panel, method, source, step }) =>
      panel === 'mnist' && method === 'bmvr' && source === 'ours' && step === '99999',
  );
  expect(last.map(({ seed, objective }) => [seed, objective === ''])).toEqual([
    ['', true],
    ['1', false],
    ['2', true],
    ['3', false],
  ]);
});
