import { imagesLearned } from '../../table-1/protocol.ts';
import {
  type Accuracy,
  type Method,
  methods,
  type Table1Results,
  type Verdict,
  type Width,
  type WidthResults,
  widths,
} from '../../table-1/results.ts';
import { html, type Markup } from '../markup.ts';
import { methodLabels } from '../method-labels.ts';
import { table } from '../table.ts';

/** "99.26 ± 0.05"; the sd is left out for one run. */
export function percent({ mean, sd, runs }: Accuracy, plusMinus = ' ± '): string {
  if (mean === null) return 'diverged';
  const spread = runs.length > 1 && sd !== null ? `${plusMinus}${sd.toFixed(2)}` : '';
  return `${mean.toFixed(2)}${spread}`;
}

/** The methods at the widths that were run, in the table's order. */
export function rowsOf(columns: Partial<Record<Width, WidthResults>>) {
  return widths.flatMap((width) =>
    methods.flatMap((method) => {
      const found = columns[width]?.[method];
      return found === undefined ? [] : [{ width, method, found, label: `${methodLabels[method]}, k = ${width}` }];
    }),
  );
}

/** The table: ours beside the paper's, and whether what it needs is reached. */
export function resultsTable({ widths: reproduced, paper, verdicts }: Table1Results): Markup {
  return table({
    id: 'accuracies',
    caption: html`Accuracy in per cent: mean ± standard deviation over the seeds`,
    className: 'results',
    head: ['', 'images learned', 'paper', 'images held out', 'paper', 'first 50,000 of these', 'epochs', 'seeds'],
    numbers: [1, 2, 3, 4, 5, 6, 7],
    rows: rowsOf(reproduced).map(({ width, method, found, label }) => {
      const verdict = (on: 'train' | 'test') => verdictSign(verdicts, width, method, on);
      return [
        label,
        html`${percent(found.train)}${verdict('train')}`,
        paper[width][method].train.toFixed(1),
        html`${percent(found.test)}${verdict('test')}`,
        paper[width][method].test.toFixed(1),
        percent(found.test50k),
        String(found.runs.config.samples / imagesLearned),
        String(found.runs.seeds.length),
      ];
    }),
  });
}

function verdictSign(verdicts: readonly Verdict[], width: Width, method: Method, on: string): Markup {
  const verdict = verdicts.find((each) => each.width === width && each.method === method && each.on === on);
  if (verdict === undefined) return html``;
  return verdict.reached
    ? html` <span class="reached" title="at least ${verdict.atLeast} %">✓</span>`
    : html` <span class="missed">below ${verdict.atLeast}</span>`;
}

/** The best settings found, beside those that reproduce. */
export function bestTable({ widths: reproduced, best = {} }: Table1Results): Markup {
  return table({
    id: 'best-accuracies',
    caption: html`Accuracy in per cent with the best settings found: mean ± standard deviation over the seeds`,
    className: 'results',
    head: ['', 'images learned', 'first 50,000 held out', 'reproducing settings', 'all held out', 'epochs', 'seeds'],
    numbers: [1, 2, 3, 4, 5, 6],
    rows: rowsOf(best).map(({ width, method, found, label }) => {
      const before = reproduced[width]?.[method];
      return [
        label,
        percent(found.train),
        percent(found.test50k),
        before === undefined ? '–' : percent(before.test50k),
        percent(found.test),
        String(found.runs.config.samples / imagesLearned),
        String(found.runs.seeds.length),
      ];
    }),
  });
}
