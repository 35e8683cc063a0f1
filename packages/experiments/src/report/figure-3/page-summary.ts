import type { Figure3Results, RowVerdict } from '../../figure-3/results.ts';
import { html, type Markup } from '../markup.ts';
import { objectiveValue } from '../numbers.ts';
import { type FinalComparison, finalComparison } from './comparison.ts';
import { methods, panelsOf, runsText } from './panels.ts';

/** What came out, in one paragraph of plain words. */
export function summaryParagraph(results: Figure3Results): Markup {
  const panels = panelsOf(results).map(({ panel }) => panel);
  const titles = panels.map(({ title }) => title);
  const optima = panels.map(({ optimum, paper }) => Math.abs(optimum - paper.optimum));
  const atMost = panels.length > 1 ? 'at most ' : '';
  return html`<p class="summary">BMVR and backprop were trained on ${listed(titles)}, ${runsText(results)} of each, and compared with the values in the paper’s Figure 3. ${finalWords(results)} ${pointWords(results)} The optimum of objective (1) differs from the paper’s dashed line by ${atMost}${objectiveValue(Math.max(...optima), 5)}. ${cautionWords(results)}</p>`;
}

function finalWords(results: Figure3Results): string {
  const finals = panelsOf(results).flatMap(({ panel }) =>
    methods.map((method) => ({ title: panel.title, ...finalComparison(panel, method) })),
  );
  const agreeing = finals.filter(({ verdict }) => verdict === 'agrees').length;
  const differing = finals.filter(({ verdict }) => verdict !== 'agrees').map(differenceWords);
  const head = `At the last step, ${agreeing} of ${finals.length} values agree with the paper’s, that is, lie within three combined standard deviations of them`;
  return differing.length === 0 ? `${head}.` : `${head}; these do not: ${listed(differing)}.`;
}

function differenceWords({ title, label, verdict, ours, paper }: FinalComparison & { title: string }): string {
  const [here, there] = [ours, paper].map((value) => value.replaceAll(' ', '\u00a0'));
  return `${label} on ${title} (${here} here, ${there} in the paper: ${verdict})`;
}

function pointWords(results: Figure3Results): string {
  const verdicts = panelsOf(results).flatMap(({ panel }) => methods.flatMap((method) => panel.verdicts[method]));
  const number = (wanted: RowVerdict) => verdicts.filter((verdict) => verdict === wanted).length;
  return (
    `Of all ${verdicts.length} points along the curves, ${number('agrees')} agree, ${number('differs')} differ, and ` +
    `${number('uninformative')} say nothing either way, because the untrained network’s value lies as near to the paper’s.`
  );
}

/** What weakens the comparison: settings other than the printed ones, and runs that diverged. */
function cautionWords(results: Figure3Results): string {
  const compared = panelsOf(results).flatMap(({ panel }) =>
    methods.map((method) => ({ ...panel[method], name: `${finalComparison(panel, method).label} on ${panel.title}` })),
  );
  const changed = compared.filter(({ note }) => note !== undefined).map(({ name }) => name);
  const diverged = compared.filter((method) => method.diverged.length > 0).map(({ name }) => name);
  return [
    ...(changed.length === 0 ? [] : [`Not at the printed setting: ${listed(changed)} (see the notes).`]),
    ...(diverged.length === 0 ? [] : [`Runs diverged: ${listed(diverged)} (see the notes).`]),
  ].join(' ');
}

/** "a", "a and b", "a, b and c". */
function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
