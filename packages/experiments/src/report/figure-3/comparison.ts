import type { PanelResults, RowVerdict } from '../../figure-3/results.ts';
import { combinedSd } from '../../figure-3/verdict.ts';
import { methodLabels } from '../method-labels.ts';
import { meanAndSd } from '../numbers.ts';
import { last, type Method, methods } from './panels.ts';

/** A method's value at the last step beside the paper's. */
export interface FinalComparison {
  label: string;
  verdict: RowVerdict;
  /** Mean ± sd as text. */
  ours: string;
  paper: string;
  /** The difference of the means in combined standard deviations; NaN where ours is not finite. */
  apart: number;
}

export function finalComparison(panel: PanelResults, method: Method): FinalComparison {
  const ours = { mean: last(panel[method].mean), sd: last(panel[method].sd) };
  const paper = { mean: last(panel.paper[method].mean), sd: last(panel.paper[method].sd) };
  const combined = combinedSd(Number.isFinite(ours.sd) ? ours.sd : 0, paper.sd);
  return {
    label: methodLabels[method],
    verdict: panel.verdicts[method].at(-1) ?? 'differs',
    ours: meanAndSd(ours.mean, ours.sd),
    paper: meanAndSd(paper.mean, paper.sd),
    apart: Math.abs(ours.mean - paper.mean) / combined,
  };
}

/** "BMVR agrees: 0.8158 ± 0.0006, paper 0.8158 ± 0.0007, 0.1 combined sd apart". */
export function finalSentence(comparison: FinalComparison): string {
  return `${comparison.label} ${comparison.verdict}: ${finalDetails(comparison)}`;
}

/** The values behind the verdict. */
export function finalDetails({ ours, paper, apart }: FinalComparison): string {
  const distance = Number.isFinite(apart) ? `, ${apart.toFixed(1)} combined sd apart` : '';
  return `${ours}, paper ${paper}${distance}`;
}

/** What a reader must know beside a panel's numbers: settings that are not the printed ones, and runs that diverged. */
export function panelNotes(panel: PanelResults): string[] {
  return methods.flatMap((method) => {
    const { note, diverged, seeds } = panel[method];
    const label = methodLabels[method];
    const where = diverged.map(({ seed, sample }) => `seed ${seed} at sample ${sample.toLocaleString('en-US')}`);
    return [
      ...(note === undefined ? [] : [`${label}, not the printed setting: ${note}`]),
      ...(where.length === 0
        ? []
        : [`${label}: ${where.length} of ${seeds.length} runs diverged: ${where.join('; ')}`]),
    ];
  });
}
