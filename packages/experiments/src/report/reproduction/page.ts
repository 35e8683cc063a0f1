import { clockOfRun } from '../../config/clock-of-run.ts';
import type { Known, Measure, Reproduction } from '../../reproductions/reproduction.ts';
import type { ReproductionResults } from '../../reproductions/results.ts';
import { measuredName } from '../comparison/text.ts';
import { figureMarkup } from '../figure-panels.ts';
import { groupLegend, type LabelledGroup, readingChart, readingUnit, styleOf, timeUnit } from '../group-charts.ts';
import { legendList, pointSwatch } from '../legend.ts';
import { chartSvg } from '../line-chart.ts';
import { html, type Markup } from '../markup.ts';
import { count } from '../numbers.ts';
import { page } from '../page.ts';
import { provenanceSection } from '../provenance-section.ts';
import { hashTable, settingsTable } from '../settings-table.ts';
import { table } from '../table.ts';
import { expectedWords, foundWords, judgedName } from './text.ts';

const knownWords: Readonly<Record<Known, string>> = {
  printed: 'printed in the paper',
  'stored log': 'in a log that the authors of the code stored',
  report: 'in a report on a repetition',
  derived: 'derived',
  computed: 'computed by an independent program for this project',
};

/** The report of a reproduction: what was expected, what came of it, and the curves beside the published values. */
export function reproductionPage(reproduction: Reproduction, results: ReproductionResults): string {
  const groups = results.contenders.map(({ label, runs }) => ({ label, group: runs }));
  return page({
    title: reproduction.title,
    subtitle: html`apical ${results.version}, <time>${results.provenance.created.slice(0, 10)}</time>`,
    sections: [
      html`<p class="summary">${reproduction.says} ${verdictWords(results)}</p>`,
      sourceSection(reproduction),
      verdictTable(results),
      figuresSection(results),
      chartsSection(groups, results.measures),
      settingsSection(groups, results),
      provenanceSection(results),
    ],
  });
}

function verdictWords({ quick, verdicts }: ReproductionResults): string {
  if (quick) return 'This is a look at the beginning of the runs: nothing is judged.';
  const reached = verdicts.filter((verdict) => verdict.reached).length;
  return reached === verdicts.length
    ? `All ${verdicts.length} values that are expected were reached.`
    : `Of ${verdicts.length} values that are expected, ${reached} were reached.`;
}

function sourceSection({ source, selectedOn, measures, notes }: Reproduction): Markup {
  const published = measures.filter((measure) => measure.published.length > 0);
  const known = [...new Set(published.map((measure) => knownWords[measure.known]))].join('; ');
  const values = published.length > 0 ? `The published values are ${known}.` : 'No published values are repeated.';
  return html`<section>
<h2>Source</h2>
<p>${source}. ${values} They were selected on: ${selectedOn}.</p>
<ul>
${notes.map((note) => html`<li>${note}</li>`)}
</ul>
</section>`;
}

function verdictTable(results: ReproductionResults): Markup {
  const { verdicts } = results;
  if (verdicts.length === 0) return html``;
  return table({
    id: 'verdicts',
    caption: html`What is expected, and what came of it: mean ± standard deviation over the seeds`,
    className: 'results',
    head: ['', 'of', 'samples', 'expected', 'here', ''],
    numbers: [2, 3, 4],
    rows: verdicts.map((verdict) => [
      verdict.of,
      judgedName(results, verdict),
      count(verdict.expected.samples),
      expectedWords(verdict.measured, verdict.expected),
      foundWords(verdict),
      verdict.reached ? 'reached' : 'not reached',
    ]),
  });
}

/** What readers of the source know. */
function figuresSection({ figures = [] }: ReproductionResults): Markup {
  if (figures.length === 0) return html``;
  return html`<section>
<h2>Figures</h2>
${figures.map(figureMarkup)}
</section>`;
}

/** A chart of everything that is measured, with the published values as points. */
function chartsSection(groups: readonly LabelledGroup[], measures: readonly Measure[]): Markup {
  const publishedOf = (label: string, measured: string) =>
    measures.find((measure) => measure.of === label && measure.measured === measured)?.published ?? [];
  const names = [...new Set(measures.map(({ measured }) => measured))];
  const figures = names.flatMap((measured) => {
    const factor = measured.startsWith('accuracy.') ? 100 : 1;
    const unit = measures.find((measure) => measure.measured === measured)?.unit ?? readingUnit(groups, measured);
    const label = unit === undefined ? measuredName(measured) : `${measured}, ${unit}`;
    const chart = readingChart(groups, { name: measured, label, factor });
    // One value is in the table; it is no curve.
    if (!chart || chart.series.every(({ curve }) => curve.length < 2)) return [];
    const isInTime = timeUnit(groups, measured) !== undefined;
    const series = groups.map(({ label: of, group: { config } }, index) => {
      const points = publishedOf(of, measured).map(({ samples, value }) => {
        return {
          x: isInTime ? (clockOfRun(config)?.time(samples) ?? samples) : samples,
          mean: factor * value,
          low: factor * value,
          high: factor * value,
        };
      });
      const own = chart.series.find(({ style }) => style === styleOf(index));
      return { style: styleOf(index), curve: own?.curve ?? [], points };
    });
    return [html`<div class="panel">${chartSvg({ ...chart, series }, `${label} against ${chart.x.label}`)}</div>`];
  });
  const entries = measures.some(({ published }) => published.length > 0)
    ? [{ swatch: pointSwatch(styleOf(0)), label: 'symbols: published' }]
    : [];
  return html`<section>
<h2>Curves</h2>
<figure>
<div class="panels">
${figures}
</div>
${legendList([...groupLegend(groups), ...entries])}
</figure>
</section>`;
}

/** Everything that determines the runs, and what they came to, bit for bit. */
function settingsSection(groups: readonly LabelledGroup[], { data }: ReproductionResults): Markup {
  const columns = groups.map(({ label, group }) => ({ label, ...group }));
  const diverged = groups.flatMap(({ label, group }) =>
    group.diverged.map(({ seed, sample }) => `${label}, seed ${seed}, at sample ${count(sample)}`),
  );
  return html`<section>
<h2>Settings</h2>
${diverged.length === 0 ? html`` : html`<p class="note">Diverged: ${diverged.join('; ')}.</p>`}
${settingsTable('settings', html`Everything that determines the runs`, columns)}
${hashTable('hashes', data.sha256, columns)}
</section>`;
}
