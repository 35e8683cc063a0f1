import { imagesLearned } from '../../table-1/protocol.ts';
import type { Table1Results } from '../../table-1/results.ts';
import { html, type Markup } from '../markup.ts';
import { count } from '../numbers.ts';
import { percent, rowsOf } from './tables.ts';

/** What came out, in plain words. */
export function summaryParagraphs(results: Table1Results): Markup[] {
  const { learned, heldOut } = results.data;
  const rows = rowsOf(results.widths);
  const figures = rows.map(
    ({ label, found, width, method }) =>
      `${label}: ${percent(found.test)} (paper ${results.paper[width][method].test.toFixed(1)})`,
  );
  const protocol = `Networks of rectified units, whose running mean is subtracted, learned MNIST’s ${count(learned || imagesLearned)} test images one at a time and were tested on its ${count(heldOut)} train images, as in the paper’s Table 1. `;
  const held = figures.length > 0 ? `Held-out images classified right, in per cent: ${figures.join('; ')}. ` : '';
  return [
    html`<p class="summary">${protocol}${held}${verdictWords(results)}</p>`,
    html`<p>The paper prints the two widths as 64 and 16, but gives rates for 64 and 256, and the figures are those of 64 and 256. It says “50,000” held-out images; MNIST has 60,000, and both are reported. Inputs held out are standardised with the mean and the deviation of those learned.</p>`,
  ];
}

function verdictWords({ verdicts }: Table1Results): string {
  if (verdicts.length === 0) return '';
  const short = verdicts.filter(({ reached }) => !reached);
  const needs =
    'on images learned, the paper’s figure less 0.2 points at most; on images held out, the paper’s at least';
  if (short.length === 0) return `All ${verdicts.length} means reach what the table needs (${needs}).`;
  return `${verdicts.length - short.length} of ${verdicts.length} means reach what the table needs (${needs}).`;
}
