import type { Matrix } from '@apical/core';
import type { Comparison, Difference } from '../../compare/results.ts';
import { objectiveOfRun } from '../../config/loss-of.ts';
import { isNumberData } from '../../config/own-data.ts';
import { html, type Markup } from '../markup.ts';
import { isNumbered } from '../numbered-readings.ts';
import { count } from '../numbers.ts';
import { page } from '../page.ts';
import { provenanceSection } from '../provenance-section.ts';
import {
  confusionsSection,
  curvesSection,
  probesSection,
  type ReportedData,
  runSettingsSection,
  warningsSection,
  weightsSection,
} from '../run-sections.ts';
import { table } from '../table.ts';
import { differenceCells, measuredName, measuredValue } from './text.ts';

/** The report of a comparison. */
export function comparisonPage(
  comparison: Comparison,
  firstLayers: Readonly<Record<string, Matrix>>,
  data: ReportedData,
): string {
  const groups = comparison.contenders.map(({ label, runs }) => ({ label, group: runs, W1: firstLayers[label] }));
  const names = comparison.contenders.map(({ label }) => label);
  return page({
    title: `${names.join(', ')}: a comparison`,
    subtitle: html`Same data, same seeds: ${comparison.data.set}, ${count(comparison.data.count)} ${comparison.data.split} ${isNumberData(comparison.data.set) ? 'samples' : 'images'}; apical ${comparison.version}, <time>${comparison.provenance.created.slice(0, 10)}</time>`,
    sections: [
      differencesSection(comparison),
      finalsTable(comparison),
      warningsSection(groups),
      curvesSection(groups),
      probesSection(groups),
      confusionsSection(groups, data),
      weightsSection(groups, data),
      runSettingsSection(groups, data),
      provenanceSection(comparison),
    ],
  });
}

function differencesSection(comparison: Comparison): Markup {
  const { differences, confidence } = comparison;
  const rows = differences
    .filter(({ measured }) => !isNumbered(measured))
    .map((difference) => [...differenceCells(comparison, difference), apartWords(difference)]);
  return html`${table({
    id: 'differences',
    caption: html`Paired differences at the end of the runs, with ${100 * confidence} % intervals`,
    className: 'results',
    head: ['difference', 'of', 'mean', `${100 * confidence} % interval`, 'pairs', ''],
    numbers: [2, 3, 4],
    rows,
  })}
<p>Each seed gives all the same order of samples, so runs are compared in pairs. The intervals are Student’s, mean ± t · sd / √n: they hold the true mean difference with that confidence as far as the differences are normal.</p>`;
}

function apartWords({ interval }: Difference): string {
  if (interval === null) return 'one pair has no interval';
  return interval[0] <= 0 && interval[1] >= 0 ? 'the interval contains 0' : '';
}

function finalsTable({ contenders }: Comparison): Markup {
  return table({
    id: 'finals',
    caption: html`At the end of the runs: mean ± standard deviation over the seeds`,
    className: 'results',
    head: ['', 'of', 'mean', 'sd', 'seeds'],
    numbers: [2, 3, 4],
    rows: contenders.flatMap(({ label, final, runs: { config } }) =>
      Object.entries(final).map(([measured, { mean, sd, runs }]) => [
        label,
        measuredName(measured, objectiveOfRun(config)),
        measuredValue(measured, mean),
        measuredValue(measured, sd),
        String(runs.filter((value) => value !== null).length),
      ]),
    ),
  });
}
