import { methodStyles } from '../../report/chart-style.ts';
import { html, type Markup } from '../../report/markup.ts';
import { page } from '../../report/page.ts';
import { table } from '../../report/table.ts';
import { countsOf, rungsOf } from '../counts.ts';
import { bestRunOf, comparable, ranked } from '../ranked.ts';
import { markedNames, type StudyResults, samplesOf, settingsKey, type TrialResult, valueWords } from '../results.ts';
import type { Axis } from '../study.ts';
import { effectLegend, effectPlot } from './effects.ts';
import { heatMap, heatMapNote } from './heat-map.ts';
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
  const counts = countsOf(results);
  return page({
    title: study.name,
    subtitle: html`${study.description}`,
    sections: [
      html`<p class="summary">${counted(counts.settings, 'setting')}, ${counted(study.seeds.length, 'seed')} each, ${counted(counts.ended, 'run')}; in ${counted(counts.divergedSettings, 'setting')} a run diverged${counts.unmeasured > 0 ? `; ${counted(counts.unmeasured, 'run')} ended without ${study.objective.metric}` : ''}. Searched by ${study.search.method}; ${study.objective.goal === 'min' ? 'smallest' : 'largest'} ${study.objective.metric} at ${atText(results)} is best. apical ${recorded.version}.</p>${rungsNote(results)}${warningsNote(results)}`,
      html`<section>
<h2>Best settings</h2>
${trialTable(results, order)}
${bestRunNote(results)}
</section>`,
      html`<section>
<h2>What matters</h2>
${importanceTable(results, shares)}
</section>`,
      ...effectsSection(results, shares),
      ...mapsSection(results, shares),
      ...(best.length > 0 ? [curvesSection(results, best, folder)] : []),
    ],
  });
}

/** What rungs there were, for searches that have them. */
function rungsNote(results: StudyResults): Markup {
  const rungs = rungsOf(results);
  if (rungs.length === 0) return html``;
  const each = rungs.map(
    ({ samples, settings }) => `${samples.toLocaleString('en')} samples: ${counted(settings, 'setting')}`,
  );
  return html`<p class="note">Rungs: ${each.join('; ')}. A setting is ranked by its longest run: those that learned more samples are first.</p>`;
}

/** Which of the runs of the best settings is the best. */
function bestRunNote(results: StudyResults): Markup {
  const best = bestRunOf(results);
  if (best === undefined || best.trial.runs.length < 2) return html``;
  const { run, trial } = best;
  return html`<p class="note">Of the best settings the best run is that of seed ${run.config.seed}: ${results.study.objective.metric} ${run.value.toFixed(6)}, where the mean of ${counted(trial.runs.length, 'seed')} is ${trial.mean.toFixed(6)}. It is in runs/${run.name.slice(0, 2)}/${run.name}.</p>`;
}

/** What goes wrong by the theory of the rules, and in how many runs. */
function warningsNote({ trials }: StudyResults): Markup {
  const all = trials.flatMap(({ runs }) => runs.flatMap(({ summary }) => Object.entries(summary?.warnings ?? {})));
  const kinds = [...Map.groupBy(all, ([kind]) => kind).values()];
  return html`${kinds.map((same) => html`<p class="note">Warned of in ${counted(same.length, 'run')}, first: ${same[0]![1]}.</p>`)}`;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** Which settings are compared, where not all can be. */
function comparedText({ study, trials }: StudyResults): string {
  if (study.search.method !== 'asha') return '';
  const compared = comparable(trials);
  const [first] = compared;
  return first
    ? ` Compared after ${samplesOf(first).toLocaleString('en')} samples: ${counted(compared.length, 'setting')}.`
    : '';
}

function curvesSection(results: StudyResults, best: readonly TrialResult[], folder: string): Markup {
  return html`<section>
<h2>Learning curves of the best</h2>
<figure>${learningCurves(results, best, folder)}<figcaption>${results.study.objective.metric} against samples learned, mean ± standard deviation over the seeds; the number is the rank.</figcaption></figure>
</section>`;
}

function atText({ study }: StudyResults): string {
  const { at } = study.objective;
  return typeof at === 'number' ? `${at} samples` : `the ${at} evaluation`;
}

/** The best settings, and the marked ones wherever they are. */
function trialTable({ study }: StudyResults, order: readonly TrialResult[]): Markup {
  const marks = markedNames(study);
  const isOfLengths = new Set(order.map(samplesOf)).size > 1;
  const rows = order.flatMap((result, i) => {
    const mark = marks.get(settingsKey(result.trial.settings));
    if (i >= shownTrials && mark === undefined) return [];
    const settings = study.axes.map(({ name }) => valueWords(result.trial.settings[name]));
    const samples = isOfLengths ? [samplesOf(result).toLocaleString('en')] : [];
    return [[String(i + 1), valueText(result), ...samples, ...settings, mark ?? '']];
  });
  return table({
    id: 'best',
    caption: html`The best settings; mean ± standard deviation over the seeds.`,
    head: [
      'rank',
      study.objective.metric,
      ...(isOfLengths ? ['samples'] : []),
      ...study.axes.map(({ name }) => name),
      '',
    ],
    rows,
    numbers: [0],
  });
}

function valueText({ mean, sd, runs, diverged, unmeasured }: TrialResult): string {
  if (diverged > 0) return `${diverged} of ${runs.length} diverged`;
  if (unmeasured > 0) return `${unmeasured} of ${runs.length} not measured`;
  return runs.length > 1 ? `${mean.toFixed(6)} ± ${sd.toFixed(6)}` : mean.toFixed(6);
}

function importanceTable(results: StudyResults, shares: readonly Importance[]): Markup {
  return table({
    id: 'importance',
    caption: html`The share of the variance of the settings’ ranks that each axis accounts for by itself; what two axes do only together is in neither. Shares can add up to more than 100 % where values of different axes went together, as in a search that samples some regions more densely.${comparedText(results)}`,
    head: ['axis', 'share', ''],
    rows: shares.map(({ axis, share }) => [
      axis.name,
      share === undefined ? 'too few trials' : `${Math.round(100 * share)} %`,
      html`<svg width="200" height="10" aria-hidden="true"><rect width="${(200 * (share ?? 0)).toFixed(1)}" height="10" fill="${methodStyles.bmvr.colour}"></rect></svg>`,
    ]),
    numbers: [1],
  });
}

/** Axes that have more than one value, those that matter most first. */
function variedAxes(shares: readonly Importance[]): Axis[] {
  return shares.map(({ axis }) => axis).filter(({ scale }) => scale.kind !== 'values' || scale.values.length > 1);
}

/** What came of every setting, against each of the axes that matter most. */
function effectsSection(results: StudyResults, shares: readonly Importance[]): Markup[] {
  const axes = variedAxes(shares).slice(0, shownMaps);
  if (axes.length === 0 || results.trials.every(({ loss }) => loss === Infinity)) return [];
  return [
    html`<section>
<h2>Each axis</h2>
<figure>
<div class="panels">
${axes.map((axis) => html`<div class="panel">${effectPlot(results, axis)}</div>`)}
</div>
${effectLegend()}
<figcaption>${results.study.objective.metric} of every setting against its value on the axis, whatever the other axes.${comparedText(results)}</figcaption>
</figure>
</section>`,
  ];
}

/** Heat maps of the pairs of the axes that matter most. */
function mapsSection(results: StudyResults, shares: readonly Importance[]): Markup[] {
  const axes = variedAxes(shares);
  const pairs = axes.flatMap((y, i) => axes.slice(0, i).map((x) => ({ x, y }))).slice(0, shownMaps);
  if (pairs.length === 0) return [];
  const maps = pairs.map(({ x, y }) => {
    return html`<div class="panel">${heatMap(results, x, y)}<p class="note">${x.name} and ${y.name}: ${heatMapNote(results, x, y)}</p></div>`;
  });
  const marked = results.study.marked.map(({ name }) => name).join(', ');
  return [
    html`<section>
<h2>Pairs of axes</h2>
<figure>
<div class="panels">
${maps}
</div>
<figcaption>${results.study.objective.metric} of the best of all settings with these two values, whatever the other axes: the brighter, the better; the worst quarter is as dark as can be. Grey: none has a value.${comparedText(results)}${marked ? ` Ringed: ${marked}, at the nearest values of the axes.` : ''}</figcaption>
</figure>
</section>`,
  ];
}
