import type { Figure3Results, PanelName, PanelResults } from '../../figure-3/results.ts';
import { type Method, methods, panelsOf } from './panels.ts';

const columns = ['panel', 'method', 'source', 'seed', 'step', 'samples_seen', 'objective', 'sd', 'optimum'] as const;

/**
 * Every number of the figure as tidy CSV, one value of objective (1) a row. `source` is ours or paper; rows with a seed
 * are single runs, rows without are means over the runs and have `sd`; `optimum` is that of the row's source. Ours have
 * all their digits; a value that does not exist (a run that diverged) is empty.
 */
export function figureCsv(results: Figure3Results): string {
  const rows = panelsOf(results).flatMap(({ name, panel }) => methods.flatMap((method) => rowsOf(name, panel, method)));
  return [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

function rowsOf(name: PanelName, panel: PanelResults, method: Method): string[][] {
  const { runs, seeds, mean, sd } = panel[method];
  const paper = panel.paper[method];
  return panel.steps.flatMap((step, index) => {
    const row = (source: 'ours' | 'paper', seed: string, objective: Value, deviation: Value) => [
      name,
      method,
      source,
      seed,
      String(step),
      String(step + 1),
      cell(objective),
      cell(deviation),
      cell(source === 'ours' ? panel.optimum : panel.paper.optimum),
    ];
    return [
      row('ours', '', mean[index], sd[index]),
      row('paper', '', paper.mean[index], paper.sd[index]),
      ...runs.map((run, position) => row('ours', String(seeds[position]), run[index], undefined)),
    ];
  });
}

type Value = number | null | undefined;

/** The shortest text that parses to the same double. */
function cell(value: Value): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '' : String(value);
}
