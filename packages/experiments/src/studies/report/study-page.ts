import { methodStyles } from '../../report/chart-style.ts';
import { html, type Markup } from '../../report/markup.ts';
import { page } from '../../report/page.ts';
import { table } from '../../report/table.ts';
import { ranked, type StudyResults, type TrialResult } from '../results.ts';
import { colourRange, heatMap } from './heat-map.ts';
import { type Importance, importances } from './importance.ts';
import { learningCurves } from './learning-curves.ts';

const shownTrials = 10;
const shownMaps = 6;

/** The report of a study as one HTML file that needs nothing else. @param folder the study's, for its runs' evaluations */
export function studyPage(results: StudyResults, folder: string): string {
  const { study, trials, recorded } = results;
  const order = ranked(trials);
  const best = order.slice(0, shownTrials).filter(({ loss }) => loss < Infinity);
  const shares = importances(study, trials);
  const runs = new Set(trials.flatMap((trial) => trial.runs.map(({ name }) => name))).size;
  const diverged = trials.filter((trial) => trial.diverged > 0).length;
  return page({
    title: study.name,
    subtitle: html`${study.description}`,
    sections: [
      html`<p class="summary">${trials.length} settings, ${study.seeds.length} ${study.seeds.length === 1 ? 'seed' : 'seeds'} each, ${runs} runs; in ${diverged} settings a run diverged. Searched by ${study.search.method}; ${study.objective.goal === 'min' ? 'smallest' : 'largest'} ${study.objective.metric} at ${atText(results)} is best. apical ${recorded.version}.</p>`,
      html`<section>
<h2>Best settings</h2>
${trialTable(results, order)}
</section>`,
      html`<section>
<h2>What matters</h2>
${importanceTable(shares)}
</section>`,
      ...mapsSection(results, shares),
      ...(best.length > 0 ? [curvesSection(results, best, folder)] : []),
    ],
  });
}

function curvesSection(results: StudyResults, best: readonly TrialResult[], folder: string): Markup {
  return html`<section>
<h2>Learning curves of the best</h2>
<figure>${learningCurves(results, best, folder)}<figcaption>${results.study.objective.metric} against samples learned, mean over the seeds: the better, the darker.</figcaption></figure>
</section>`;
}

function atText({ study }: StudyResults): string {
  const { at } = study.objective;
  return typeof at === 'number' ? `${at} samples` : `the ${at} evaluation`;
}

/** The best settings, and the marked ones wherever they are. */
function trialTable({ study, trials }: StudyResults, order: readonly TrialResult[]): Markup {
  const marks = new Map(study.marked.map(({ name }, i) => [trials[i], name]));
  const rows = order.flatMap((result, i) => {
    const mark = marks.get(result);
    if (i >= shownTrials && mark === undefined) return [];
    const settings = study.axes.map(({ name }) => String(result.trial.settings[name] ?? '–'));
    return [[String(i + 1), valueText(result), ...settings, mark ?? '']];
  });
  return table({
    id: 'best',
    caption: html`The best settings; mean ± standard deviation over the seeds.`,
    head: ['rank', study.objective.metric, ...study.axes.map(({ name }) => name), ''],
    rows,
    numbers: [0],
  });
}

function valueText({ mean, sd, runs, diverged }: TrialResult): string {
  if (Number.isNaN(mean)) return `${diverged} of ${runs.length} diverged`;
  return runs.length > 1 ? `${mean.toFixed(6)} ± ${sd.toFixed(6)}` : mean.toFixed(6);
}

function importanceTable(shares: readonly Importance[]): Markup {
  return table({
    id: 'importance',
    caption: html`The share of the variance of the settings’ ranks that each axis accounts for by itself; what two axes do only together is in neither.`,
    head: ['axis', 'share', ''],
    rows: shares.map(({ axis, share }) => [
      axis.name,
      `${Math.round(100 * share)} %`,
      html`<svg width="200" height="10" aria-hidden="true"><rect width="${(200 * share).toFixed(1)}" height="10" fill="${methodStyles.bmvr.colour}"></rect></svg>`,
    ]),
    numbers: [1],
  });
}

/** Heat maps of the pairs of the axes that matter most. */
function mapsSection(results: StudyResults, shares: readonly Importance[]): Markup[] {
  const axes = shares.map(({ axis }) => axis).filter(({ scale }) => scale.kind !== 'values' || scale.values.length > 1);
  const pairs = axes.flatMap((y, i) => axes.slice(0, i).map((x) => ({ x, y }))).slice(0, shownMaps);
  if (pairs.length === 0) return [];
  const maps = pairs.map(({ x, y }) => {
    const range = colourRange(results.trials, x, y);
    const text = range ? `best ${range[0].toPrecision(5)}` : 'all diverged';
    return html`<div class="panel">${heatMap(results, x, y)}<p class="note">${x.name} and ${y.name}: ${text}</p></div>`;
  });
  const marked = results.study.marked.map(({ name }) => name).join(', ');
  return [
    html`<section>
<h2>Pairs of axes</h2>
<figure>
<div class="panels">
${maps}
</div>
<figcaption>${results.study.objective.metric} of the best of all settings with these two values, whatever the other axes: the brighter, the better; the worst quarter is as dark as can be. Grey: all diverged.${marked ? ` Ringed: ${marked}, at the nearest values of the axes.` : ''}</figcaption>
</figure>
</section>`,
  ];
}
