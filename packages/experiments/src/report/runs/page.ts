import { isStream } from '@apical/data';
import { objectiveOfRun } from '../../config/loss-of.ts';
import { isNumberData } from '../../config/own-data.ts';
import { ruleOf, ruleTitle } from '../../config/rule-of.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { unitOfReading } from '../../runs/readings-in-time.ts';
import { measuredName, measuredValue } from '../comparison/text.ts';
import { html, type Markup } from '../markup.ts';
import { count } from '../numbers.ts';
import { page } from '../page.ts';
import {
  confusionsSection,
  curvesSection,
  probesSection,
  progress,
  type ReportedData,
  type ReportedGroup,
  recordedSection,
  runSettingsSection,
  warningsSection,
  weightsSection,
} from '../run-sections.ts';
import { table } from '../table.ts';

/** About a line and a half of a heading. */
const longestTitle = 90;

/** The report of runs that were kept in folders. */
export function runsPage(groups: readonly ReportedGroup[], data: ReportedData, version: string): string {
  const runs = groups.reduce((sum, { group }) => sum + group.seeds.length, 0);
  const { set, split } = groups[0]?.group.config.data ?? { set: '', split: '' };
  return page({
    generator: 'apical runs report',
    title: titleOf(groups),
    subtitle: html`${runs === 1 ? 'One run' : `${count(runs)} runs`} on ${set} (${split} ${isStream(set) ? 'steps' : isNumberData(set) ? 'samples' : 'images'}); apical ${version}`,
    sections: [
      finalsTable(groups),
      notesOf(groups),
      warningsSection(groups),
      curvesSection(groups),
      probesSection(groups),
      recordedSection(groups),
      confusionsSection(groups, data),
      ...(isStream(set) ? [] : [weightsSection(groups, data)]),
      runSettingsSection(groups, data),
    ],
  });
}

/** What the runs are, where that is short; otherwise their rules, or their data. */
function titleOf(groups: readonly ReportedGroup[]): string {
  const rules = new Set(groups.map(({ group }) => ruleTitle(group.config.rule)));
  const titles = [groups.map(({ label }) => label).join('; '), [...rules].join(', ')];
  return titles.find((title) => title.length <= longestTitle) ?? `${rules.size} rules`;
}

/** How the runs of a group stand: "2 finished, 1 diverged, 1 unfinished (2,070 of 100,000 samples learned)". */
function stateOf(
  { config, seeds, diverged }: ReportedGroup['group'],
  unfinished: NonNullable<ReportedGroup['unfinished']>,
): string {
  const finished = seeds.length - diverged.length - unfinished.length;
  const howFar = unfinished.map((run) => progress(run, config.samples));
  return [
    ...(finished > 0 ? [`${finished} finished`] : []),
    ...(diverged.length > 0 ? [`${diverged.length} diverged`] : []),
    ...(unfinished.length > 0 ? [`${unfinished.length} unfinished (${howFar.join('; ')})`] : []),
  ].join(', ');
}

/** How runs were put together, where that is not plain. */
function notesOf(groups: readonly ReportedGroup[]): Markup {
  const evaluated =
    'its runs were not all evaluated after the same samples: those that were share a curve; the mean in the table is of all, at the last sample after which all were';
  const notes = groups.flatMap(({ label, notes = [], parts }) =>
    [...notes, ...(parts ? [evaluated] : [])].map((note) => `${label}: ${note}.`),
  );
  return html`${notes.map((note) => html`<p class="note">${note}</p>`)}`;
}

/** What is measured, with what it is in where a rule in time says it. */
function inUnits(words: string, config: RunConfig, measured: string): string {
  const unit = unitOfReading(ruleOf(config), config, measured);
  return unit === undefined ? words : `${words}, ${unit}`;
}

/** What the runs came to at their last evaluation. */
function finalsTable(groups: readonly ReportedGroup[]): Markup {
  return table({
    id: 'finals',
    caption: html`At the last evaluation: mean ± standard deviation over the seeds`,
    className: 'results',
    head: ['', 'of', 'mean', 'sd', 'samples seen', 'runs'],
    numbers: [2, 3, 4],
    rows: groups.flatMap(({ label, group, unfinished = [] }) => {
      const curves = Object.entries(group.curves);
      const nothing = unfinished.length > 0 ? 'nothing yet' : 'nothing';
      if (curves.length === 0) return [[label, nothing, '–', '–', '–', stateOf(group, unfinished)]];
      return curves.map(([measured, { mean, sd }]) => {
        const last = mean.findLastIndex((value) => value !== null);
        return [
          label,
          inUnits(measuredName(measured, objectiveOfRun(group.config)), group.config, measured),
          measuredValue(measured, mean[last] ?? Number.NaN),
          group.seeds.length > 1 ? measuredValue(measured, sd[last] ?? Number.NaN) : '–',
          count(group.samples[last] ?? 0),
          stateOf(group, unfinished),
        ];
      });
    }),
  });
}
