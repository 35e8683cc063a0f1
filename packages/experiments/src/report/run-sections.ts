import type { Matrix } from '@apical/core';
import { objectiveOfRun } from '../config/loss-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { recordedFigures } from '../figures/recorded-figures.ts';
import type { Recorded } from '../runs/recorder.ts';
import { confusionTable } from './confusion-table.ts';
import { figureMarkup } from './figure-panels.ts';
import { groupLegend, type LabelledGroup, type Reading, readingChart, readingUnit, styleOf } from './group-charts.ts';
import { legendList, pointSwatch } from './legend.ts';
import { chartSvg, leavesAxis } from './line-chart.ts';
import { html, type Markup } from './markup.ts';
import { type NumberedCharts, numberedCharts } from './numbered-readings.ts';
import { count } from './numbers.ts';
import { outcomeReadings, probeReadings } from './readings.ts';
import { hashTable, settingsTable } from './settings-table.ts';
import { type ImageShape, isOfImages, weightImage, weightWords } from './weight-image.ts';

/** Runs with what a page shows of them besides their curves. */
export interface ReportedGroup extends LabelledGroup {
  /** What is to be said of how they were put together. */
  readonly notes?: readonly string[];
  /** W1 of one of its networks at the end. */
  readonly W1?: Matrix | undefined;
  /** What one of its runs in time recorded. */
  readonly recorded?: { readonly config: RunConfig; readonly arrays: Recorded } | undefined;
  /** Its runs that have not come to an end. */
  readonly unfinished?: readonly UnfinishedRun[];
}

/** A run that has not come to an end. */
export interface UnfinishedRun {
  readonly seed: number;
  /** How many samples it had learned at its last evaluation; 0 before the first. */
  readonly evaluated: number;
  /** How many it has learned, as far as it was kept. */
  readonly learned: number;
}

/** What the images of a data set are. */
export interface ReportedData {
  readonly shape: ImageShape;
  readonly classNames: readonly string[];
  readonly sha256: Readonly<Record<string, string>>;
}

/** What goes wrong by the theory of the rules; nothing where nothing does. */
export function warningsSection(groups: readonly ReportedGroup[]): Markup {
  const told = groups.flatMap(({ label, group }) => (group.warnings ?? []).map((warning) => ({ label, ...warning })));
  if (told.length === 0) return html``;
  return html`<section>
<h2>Warnings</h2>
<ul>
${told.map(({ label, seeds, text }) => html`<li>${label}, seed ${seeds.join(', ')}: ${text}</li>`)}
</ul>
</section>`;
}

/** Objective and accuracies against the samples seen; nothing where none was measured. */
export function curvesSection(groups: readonly ReportedGroup[]): Markup {
  const kinds = groups.map(({ group }) => objectiveOfRun(group.config));
  const names = namesOf(groups);
  const readings = outcomeReadings(names, kinds, readingUnit(groups, 'objective')).filter(({ name }) =>
    names.includes(name),
  );
  if (readings.length === 0) return html``;
  return html`<section>
<h2>Learning</h2>
${charts(groups, readings)}
</section>`;
}

/** What probes read; nothing where there were none. */
export function probesSection(groups: readonly ReportedGroup[]): Markup {
  const found = probeReadings(namesOf(groups), (name) => readingUnit(groups, name));
  const numbered = numberedCharts(groups);
  if (found.length === 0 && numbered.length === 0) return html``;
  const sections = found.map(
    ({ title, words, readings }) => html`<section>
<h3>${title}</h3>
<p>${words}</p>
${charts(groups, readings)}
</section>`,
  );
  return html`<section>
<h2>What the probes read</h2>
${sections}
${numbered.map((charts) => numberedSection(groups, charts))}
</section>`;
}

/** What is drawn against its number. */
function numberedSection(
  groups: readonly ReportedGroup[],
  { title, words, charts, hasOptimum }: NumberedCharts,
): Markup {
  const optimum = hasOptimum ? [{ swatch: pointSwatch(styleOf(0)), label: 'symbols: optimum' }] : [];
  return html`<section>
<h3>${title}</h3>
<p>${words}</p>
<figure>
<div class="panels">
${charts.map(({ part, x, chart }) => html`<div class="panel">${chartSvg(chart, `${part} against ${x}`)}</div>`)}
</div>
${legendList([...groupLegend(groups), ...optimum])}
</figure>
</section>`;
}

/** What was recorded in time of the first run of each group; nothing where none was. */
export function recordedSection(groups: readonly ReportedGroup[]): Markup {
  const recorded = groups.flatMap(({ label, recorded: own }) =>
    own ? [{ label, figures: recordedFigures(own.config, own.arrays), seed: own.config.seed }] : [],
  );
  if (recorded.length === 0) return html``;
  return html`<section>
<h2>What was recorded</h2>
${recorded.map(
  ({ label, figures, seed }) => html`<section>
<p>${label}, seed ${seed}.</p>
${figures.map(figureMarkup)}
</section>`,
)}
</section>`;
}

/** Confusion matrices of all images that accuracy was measured on; nothing where there were none. */
export function confusionsSection(groups: readonly ReportedGroup[], { classNames }: ReportedData): Markup {
  const tables = groups.flatMap(({ label, group }, index) =>
    Object.entries(group.confusion).map(([name, confusion], part) =>
      confusionTable(`confusion-${index}-${part}`, `${label}: ${name}`, confusion, classNames),
    ),
  );
  if (tables.length === 0) return html``;
  return html`<section>
<h2>What is taken for what</h2>
<p>The first seed’s network at the end of its run: rows say what a sample is, columns what it is taken for. A mistake has its full colour where it befalls 4\u00a0% of a class.</p>
<div class="tiles">
${tables}
</div>
</section>`;
}

/** The rows of W1 as images; nothing where no network was kept. */
export function weightsSection(groups: readonly ReportedGroup[], { shape }: ReportedData): Markup {
  const images = groups.flatMap(({ label, W1 }) =>
    W1 === undefined || !isOfImages(W1, shape) ? [] : [weightImage(W1, shape, label)],
  );
  if (images.length === 0) return html``;
  return html`<section>
<h2>What the hidden units see</h2>
<p>${weightWords}</p>
<div class="tiles">
${images}
</div>
</section>`;
}

/** Everything that determines the runs, and what they came to, bit for bit. */
export function runSettingsSection(groups: readonly ReportedGroup[], data: ReportedData): Markup {
  const columns = groups.map(({ label, group, parts = [group], unfinished = [] }) => ({
    ...{ label, ...group, unfinished },
    schedules: parts.map(({ config }) => config.evaluateAt),
  }));
  const diverged = groups.flatMap(({ label, group }) =>
    group.diverged.map(({ seed, sample }) => `${label}, seed ${seed}, at sample ${sample.toLocaleString('en-US')}`),
  );
  const unfinished = columns.flatMap(({ label, unfinished, config }) =>
    unfinished.map((run) => `${label}, seed ${run.seed}, ${progress(run, config.samples)}`),
  );
  return html`<section>
<h2>Settings</h2>
${diverged.length === 0 ? html`` : html`<p class="note">Diverged: ${diverged.join('; ')}.</p>`}
${unfinished.length === 0 ? html`` : html`<p class="note">Unfinished: ${unfinished.join('; ')}.</p>`}
${settingsTable('settings', html`Everything that determines the runs; the rates decay as η(t) = η<sub>0</sub> / (1 + t / t<sub>0</sub>) where there is a t<sub>0</sub>`, columns)}
${hashTable('hashes', data.sha256, columns)}
</section>`;
}

/** "2,500 of 100,000 samples learned, evaluated up to 2,070". */
export function progress({ evaluated, learned }: UnfinishedRun, end: number): string {
  const isBehind = evaluated < learned || evaluated === 0;
  const upTo = evaluated === 0 ? 'not evaluated yet' : `evaluated up to ${count(evaluated)}`;
  return `${count(learned)} of ${count(end)} samples learned${isBehind ? `, ${upTo}` : ''}`;
}

function charts(groups: readonly ReportedGroup[], readings: readonly Reading[]): Markup {
  let isCut = false;
  const drawn = readings.flatMap((reading) => {
    const chart = readingChart(groups, reading);
    if (chart === undefined) return [];
    isCut ||= leavesAxis(chart);
    return [html`<div class="panel">${chartSvg(chart, `${reading.label} against ${chart.x.label}`)}</div>`];
  });
  return html`<figure>
<div class="panels">
${drawn}
</div>
${legendList(groupLegend(groups))}
${isCut ? html`<figcaption>Triangles: values beyond the axis, which would leave no room for the others; a pointer over one has its value.</figcaption>` : ''}
</figure>`;
}

function namesOf(groups: readonly ReportedGroup[]): string[] {
  return [...new Set(groups.flatMap(({ group }) => Object.keys(group.curves)))];
}
