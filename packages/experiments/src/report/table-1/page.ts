import { imagesLearned } from '../../table-1/protocol.ts';
import type { Table1 } from '../../table-1/reproduce.ts';
import { type Table1Results, widths } from '../../table-1/results.ts';
import { settings } from '../../table-1/settings.ts';
import { confusionTable } from '../confusion-table.ts';
import { legendList } from '../legend.ts';
import { chartSvg } from '../line-chart.ts';
import { html, type Markup } from '../markup.ts';
import { methodLabels } from '../method-labels.ts';
import { page } from '../page.ts';
import { provenanceSection } from '../provenance-section.ts';
import { referencesSection } from '../references.ts';
import { hashTable, settingsTable } from '../settings-table.ts';
import { weightImage, weightWords } from '../weight-image.ts';
import { table1Figure } from './charts.ts';
import { summaryParagraphs } from './summary.ts';
import { bestTable, resultsTable, rowsOf } from './tables.ts';

const digits = Array.from({ length: 10 }, (_, digit) => String(digit));
const shape = { height: 28, width: 28, channels: 1 };

/** The report of Table 1. */
export function table1Page({ results, firstLayers }: Table1): string {
  return page({
    title: `Table 1 of Golkar et al. (2020)${results.quick ? ': a quick look' : ', reproduced'}`,
    subtitle: html`BMVR and backprop classify MNIST; apical ${results.version}, <time>${results.provenance.created.slice(0, 10)}</time>`,
    sections: [
      ...(results.quick ? [quickWarning] : []),
      ...summaryParagraphs(results),
      ...(Object.keys(results.widths).length > 0 ? [resultsTable(results), figureSection(results)] : []),
      ...(results.best === undefined ? [] : [bestSection(results)]),
      confusionSection(results),
      weightsSection(firstLayers),
      settingsSection(results),
      closingSection(results),
      referencesSection(),
    ],
  });
}

const quickWarning = html`<p class="warning">This is not Table 1. The runs were cut short (--quick): the networks have hardly begun to learn, and nothing is judged.</p>`;

function figureSection(results: Table1Results): Markup {
  const { panels, legend } = table1Figure(results);
  const drawn = panels.map(
    ({ title, chart }) =>
      html`<div class="panel"><p class="title">${title}</p>${chartSvg(chart, `${title}: accuracy against epochs, rising towards the paper’s figures`)}</div>`,
  );
  return html`<figure>
<div class="panels">
${drawn}
</div>
${legendList(legend)}
<figcaption>Accuracy, the share of images whose class has the largest output, against epochs, on a logarithmic axis. Curves and bands: mean ± standard deviation over the seeds. Dashed: the paper’s figures. Values below a panel are drawn along its edge.</figcaption>
</figure>`;
}

function bestSection(results: Table1Results): Markup {
  return html`<section>
<h2>Past the paper: the best settings found</h2>
<p>Each method was given the same search, at each width. The accuracy on the last 10,000 of the images held out chose the settings, how long is learned included; the first 50,000 had no part in it, and are what to compare by.</p>
${bestTable(results)}
</section>`;
}

function confusionSection({ widths: reproduced }: Table1Results): Markup {
  const tables = rowsOf(reproduced).flatMap(({ width, method, found, label }) => {
    const confusion = found.runs.confusion.test;
    if (confusion === undefined) return [];
    return [confusionTable(`confusion-${width}-${method}`, `${label}: images held out`, confusion, digits)];
  });
  if (tables.length === 0) return html``;
  return html`<section>
<h2>What is taken for what</h2>
<p>The first seed’s network at the end of its run: rows say what an image is, columns what it is taken for. A mistake has its full colour where it befalls 4 % of a digit’s images.</p>
<div class="tiles">
${tables}
</div>
</section>`;
}

function weightsSection(firstLayers: Table1['firstLayers']): Markup {
  const images = firstLayers.map(({ settings, width, method, W1 }) =>
    weightImage(W1, shape, `${methodLabels[method]}, k = ${width}${settings === 'best' ? ', best settings' : ''}`),
  );
  return html`<section>
<h2>What the hidden units see</h2>
<p>${weightWords}</p>
<div class="tiles">
${images}
</div>
</section>`;
}

function settingsSection(results: Table1Results): Markup {
  const sets = [
    { id: 'paper', title: '', columns: results.widths },
    ...(results.best === undefined ? [] : [{ id: 'best', title: ', best settings', columns: results.best }]),
  ];
  const sections = sets.flatMap(({ id, title, columns }) =>
    widths.flatMap((width) => {
      const rows = rowsOf(columns).filter((row) => row.width === width);
      if (rows.length === 0) return [];
      const shown = rows.map(({ method, found }) => ({ label: methodLabels[method], ...found.runs }));
      const reasons = rows.map(
        ({ method, found }) =>
          html`<h4>${methodLabels[method]}: why so</h4><ul>${found.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`,
      );
      return [
        html`<section>
<h3>k = ${width}${title}</h3>
${settingsTable(`settings-${id}-${width}`, html`MNIST’s 10,000 test images are learned, its 60,000 train images held out`, shown)}
${reasons}
${hashTable(`hashes-${id}-${width}`, results.data.sha256, shown)}
</section>`,
      ];
    }),
  );
  return html`<section>
<h2>Settings, and why so</h2>
<p>The results follow from these settings bit for bit, whatever the machine and the number of workers.</p>
${sections}
${provenanceSection(results)}
</section>`;
}

function closingSection(results: Table1Results): Markup {
  return html`<section>
<h2>How to reproduce this</h2>
<pre tabindex="0"><code>${commandLine(results)}</code></pre>
<p>The same version of apical computes the same numbers, bit for bit. They are beside this page with all their digits: <a href="table-1.csv">table-1.csv</a> holds every value of every run, <a href="results.json">results.json</a> all of the results with their settings, and <a href="table-1.svg">table-1.svg</a> the figure.</p>
</section>`;
}

/** The command that computes these results again. */
export function commandLine({ widths: reproduced, best, quick }: Table1Results): string {
  const ran = [...rowsOf(reproduced), ...rowsOf(best ?? {})];
  const cut = [...new Set(ran.map(({ found }) => found.runs.config.samples / imagesLearned))];
  const usual = rowsOf(reproduced).every(
    ({ width, method, found }) => found.runs.config.samples === imagesLearned * settings.paper[width][method].epochs,
  );
  const seeds = ran.map(({ found }) => found.runs.seeds);
  const names = [...(Object.keys(reproduced).length > 0 ? ['paper'] : []), ...(best === undefined ? [] : ['best'])];
  return [
    'apical reproduce table-1',
    `--hidden ${[...new Set(ran.map(({ width }) => width))].join(',')}`,
    `--settings ${names.join(',')}`,
    `--seeds ${Math.max(...seeds.map((list) => list.length))}`,
    `--seed ${Math.min(...seeds.flat())}`,
    ...(usual || cut.length > 1 ? [] : [`--epochs ${cut[0]}`]),
    ...(quick ? ['--quick'] : []),
  ].join(' ');
}
