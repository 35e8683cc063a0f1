import type { PanelResults, RowVerdict } from '../../figure-3/results.ts';
import { columnsOf } from '../columns.ts';
import { methodLabels } from '../method-labels.ts';
import { count, meanAndSd, objectiveValue } from '../numbers.ts';
import { finalComparison, finalSentence, panelNotes } from './comparison.ts';
import { methods, panelHeading, samplesSeen } from './panels.ts';

/** One sign a verdict, so that the table fits a terminal of 80 columns. */
const signs: Record<RowVerdict, string> = { agrees: '=', differs: '≠', uninformative: '?' };
const meanings: Record<RowVerdict, string> = {
  agrees: 'agrees',
  differs: 'differs',
  uninformative: 'uninformative (an untrained network is as near)',
};

/**
 * A panel of Figure 3 as plain text for a terminal: objective (1) at every step, ours beside the paper's for each method
 * with its verdict; the optimum; and for each method whether its final value agrees. No colours, no newline at the end.
 */
export function formatPanelTable(panel: PanelResults): string {
  const header = ['samples', ...methods.flatMap((method) => [`${methodLabels[method]} ours`, 'paper', ''])];
  const rows = samplesSeen(panel).map((samples, step) => [
    count(samples),
    ...methods.flatMap((method) => [
      mean(panel[method], step),
      mean(panel.paper[method], step),
      verdictSign(panel.verdicts[method][step]),
    ]),
  ]);
  const used = (Object.keys(signs) as RowVerdict[]).filter((verdict) =>
    methods.some((method) => panel.verdicts[method].includes(verdict)),
  );
  return [
    `${panelHeading(panel)}: objective (1), mean ± sd`,
    '',
    ...columnsOf([header, ...rows]),
    '',
    ...(used.length > 0 ? [used.map((verdict) => `${signs[verdict]} ${meanings[verdict]}`).join('   ')] : []),
    `optimum ${objectiveValue(panel.optimum, 5)}, in the paper ${objectiveValue(panel.paper.optimum, 5)}`,
    ...methods.map((method) => finalSentence(finalComparison(panel, method))),
    ...panelNotes(panel),
  ].join('\n');
}

function mean(curve: { mean: number[]; sd: number[] }, step: number): string {
  return meanAndSd(curve.mean[step] ?? Number.NaN, curve.sd[step] ?? Number.NaN, '±');
}

function verdictSign(verdict: RowVerdict | undefined): string {
  return verdict === undefined ? '' : signs[verdict];
}
