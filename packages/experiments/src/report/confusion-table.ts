import type { Confusion } from '../runs/result.ts';
import { html, type Markup } from './markup.ts';
import { count } from './numbers.ts';

/** The share of a class at which mistakes have their full colour. */
const fullMistake = 0.04;
/** More classes than this make no table that can be read. */
const mostClasses = 30;

/** More classes than this, and those with names, take the whole width of the page. */
const mostInTile = 12;

/** A confusion matrix as a table: rows are what images are, columns what they are taken for. */
export function confusionTable(
  id: string,
  caption: string,
  confusion: Confusion,
  classNames: readonly string[],
): Markup {
  if (confusion.length > mostClasses) return html``;
  const names = confusion.map((_, i) => classNames[i] ?? String(i));
  // Columns are as wide as their numbers: names stand upright above them.
  const isNamed = names.some((name) => name.length > 2);
  const kind = isNamed ? 'named' : 'value';
  const heads = names.map((name) => html`<th class="${kind}" scope="col">${name}</th>`);
  const rows = confusion.map((counts, row) => {
    const total = counts.reduce((sum, value) => sum + value, 0);
    const cells = counts.map((value, column) => cellOf(value, value / total, row === column));
    const right = total > 0 ? `${((100 * (counts[row] ?? 0)) / total).toFixed(1)} %` : '–';
    return html`<tr><th scope="row">${names[row] ?? ''}</th>${cells}<td class="value first">${right}</td></tr>`;
  });
  return html`<div class="scroll${isNamed || names.length > mostInTile ? ' wide' : ''}" role="region" tabindex="0" aria-labelledby="${id}">
<table class="confusion">
<caption id="${id}">${caption}</caption>
<thead><tr><th scope="col">is</th>${heads}<th class="value first" scope="col">right</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>
</div>`;
}

function cellOf(value: number, share: number, right: boolean): Markup {
  const strength = Math.round(100 * Math.min(1, Number.isNaN(share) ? 0 : right ? share : share / fullMistake));
  const kind = right ? 'right' : 'wrong';
  return html`<td class="value ${kind}" style="--strength: ${strength}%">${value === 0 ? '·' : count(value)}</td>`;
}
