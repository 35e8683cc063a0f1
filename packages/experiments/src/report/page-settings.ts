import type { Figure3Results, PanelName, PanelResults } from '../figure-3/results.ts';
import { html, type Markup } from './markup.ts';
import { count, duration } from './numbers.ts';
import { methodLabels, methods, panelHeading, panelsOf } from './panels.ts';
import { settingsOf } from './settings.ts';

/** Everything that determines the results, then where and when they were computed. */
export function settingsSection(results: Figure3Results): Markup {
  const panels = panelsOf(results).map(({ name, panel }) => panelSettings(name, panel));
  return html`<section>
<h2>Settings</h2>
<p>The rates decay as η(t) = η<sub>0</sub> / (1 + t / t<sub>0</sub>), where t is the number of samples seen before. The results follow from these settings bit for bit, whatever the machine and the number of workers.</p>
${panels}
${provenanceSection(results)}
</section>`;
}

function panelSettings(name: PanelName, panel: PanelResults): Markup {
  const [caption, hashes] = [`settings-${name}`, `hashes-${name}`];
  const { data } = panel;
  return html`<section>
<h3>${panelHeading(panel)}: settings</h3>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${caption}">
<table class="settings">
<caption id="${caption}">${data.set}, ${data.split} images: ${count(data.count)}</caption>
<thead><tr><th scope="col">setting</th>${methods.map((method) => html`<th scope="col">${methodLabels[method]}</th>`)}</tr></thead>
<tbody>
${settingRows(panel)}
</tbody>
</table>
</div>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${hashes}">
<table>
<caption id="${hashes}">SHA-256 of data files and final weights</caption>
<thead><tr><th scope="col">of</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${hashRows(panel)}
</tbody>
</table>
</div>
</section>`;
}

/** One row a setting; a setting that only one method has leaves the other's cell with a dash. */
function settingRows(panel: PanelResults): Markup[] {
  const settings = methods.map((method) => [
    ...settingsOf(panel[method].config),
    { name: 'Seeds', value: html`${panel[method].seeds.join(', ')}` },
  ]);
  const names = [...new Set(settings.flatMap((list) => list.map(({ name }) => name)))];
  return names.map((name) => {
    const cells = settings.map((list) => list.find((setting) => setting.name === name)?.value ?? html`–`);
    return html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;
  });
}

function hashRows(panel: PanelResults): Markup[] {
  const files = Object.entries(panel.data.sha256).map(([file, hash]) => hashRow(file, hash));
  const weights = methods.flatMap((method) =>
    panel[method].seeds.map((seed, run) =>
      hashRow(`${methodLabels[method]}, seed ${seed}`, panel[method].weightsSha256[run] ?? 'diverged'),
    ),
  );
  return [...files, ...weights];
}

function hashRow(of: string, hash: string): Markup {
  return html`<tr><th scope="row">${of}</th><td class="hash">${hash}</td></tr>`;
}

function provenanceSection({ version, provenance }: Figure3Results): Markup {
  const facts: [string, string][] = [
    ['apical', version],
    ['Node.js', provenance.node],
    ['Platform', provenance.platform],
    ['Processor', provenance.cpu],
    ['Workers', count(provenance.workers)],
    ['Wall time', duration(provenance.seconds)],
    ['Date', provenance.created],
  ];
  return html`<section>
<h3>Program and machine</h3>
<dl class="facts">
${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}
</dl>
</section>`;
}
