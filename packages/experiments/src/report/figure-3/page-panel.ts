import type { PanelName, PanelResults, RowVerdict } from '../../figure-3/results.ts';
import { html, type Markup } from '../markup.ts';
import { methodLabels } from '../method-labels.ts';
import { count, meanAndSd, objectiveValue } from '../numbers.ts';
import { finalComparison, finalDetails, panelNotes } from './comparison.ts';
import { type Method, methods, panelHeading, samplesSeen } from './panels.ts';

/** One panel in numbers: every step beside the paper's, the optimum, the final verdicts, and what to know about them. */
export function panelSection(name: PanelName, panel: PanelResults): Markup {
  const caption = `numbers-${name}`;
  const groups = methods.map(
    (method) => html`<th class="first" colspan="3" scope="colgroup">${methodLabels[method]}</th>`,
  );
  const heads = methods.map(
    () =>
      html`<th class="first" scope="col">reproduced</th><th scope="col">paper</th><th class="words" scope="col">verdict</th>`,
  );
  const rows = samplesSeen(panel).map(
    (samples, step) =>
      html`<tr><th scope="row">${count(samples)}</th>${methods.map((method) => methodCells(panel, method, step))}</tr>`,
  );
  const finals = methods.map((method) => {
    const comparison = finalComparison(panel, method);
    const { label, verdict } = comparison;
    return html`<li>${label} <strong class="${verdict}">${verdict}</strong>: ${finalDetails(comparison)}.</li>`;
  });
  const notes = panelNotes(panel).map((note) => html`<p class="note">${note}</p>`);
  return html`<section>
<h3>${panelHeading(panel)}</h3>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${caption}">
<table class="curves">
<caption id="${caption}">Objective (1): mean ± standard deviation</caption>
<colgroup><col></colgroup>${methods.map(() => html`<colgroup span="3"></colgroup>`)}
<thead>
<tr><th rowspan="2" scope="col">samples seen</th>${groups}</tr>
<tr>${heads}</tr>
</thead>
<tbody>
${rows}
</tbody>
</table>
</div>
<p>Optimum: ${objectiveValue(panel.optimum, 5)}; in the paper ${objectiveValue(panel.paper.optimum, 5)}.</p>
<p>After ${count(panel.samples)} samples:</p>
<ul class="verdicts">
${finals}
</ul>
${notes}
</section>`;
}

function methodCells(panel: PanelResults, method: Method, step: number): Markup {
  const verdict: RowVerdict | undefined = panel.verdicts[method][step];
  return html`<td class="first value">${valueAt(panel[method], step)}</td><td class="value">${valueAt(panel.paper[method], step)}</td><td class="${verdict ?? ''}">${verdict ?? ''}</td>`;
}

function valueAt(curve: { mean: number[]; sd: number[] }, step: number): string {
  return meanAndSd(curve.mean[step] ?? Number.NaN, curve.sd[step] ?? Number.NaN);
}
