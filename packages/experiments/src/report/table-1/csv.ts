import { methods, type Table1Results, type WidthResults, widths } from '../../table-1/results.ts';

const columns = ['settings', 'hidden', 'method', 'seed', 'samples_seen', 'measured', 'value'] as const;

/**
 * Every number measured along the runs as tidy CSV, with all its digits: one reading of one run a row. `measured` is
 * `objective` or `accuracy.train`, `accuracy.test`, `accuracy.test50k` (from 0 to 1). Values that do not exist, of a run that
 * diverged, are left out.
 */
export function table1Csv({ widths: reproduced, best = {} }: Table1Results): string {
  const rows = [...rowsOf('paper', reproduced), ...rowsOf('best', best)];
  return [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function rowsOf(settings: string, results: Readonly<Partial<Record<string, WidthResults>>>): string[][] {
  return widths.flatMap((width) =>
    methods.flatMap((method) => {
      const group = results[width]?.[method]?.runs;
      if (group === undefined) return [];
      return group.seeds.flatMap((seed, run) =>
        group.samples.flatMap((samples, point) =>
          Object.entries(group.curves).flatMap(([name, { runs }]) => {
            const value = runs[run]?.[point] ?? null;
            return value === null ? [] : [[settings, width, method, `${seed}`, `${samples}`, name, `${value}`]];
          }),
        ),
      );
    }),
  );
}
