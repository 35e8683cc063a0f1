import type { Figure3Results, PanelName, PanelResults } from '../../figure-3/results.ts';
import { html, type Markup } from '../markup.ts';
import { methodLabels } from '../method-labels.ts';
import { count } from '../numbers.ts';
import { provenanceSection } from '../provenance-section.ts';
import { hashTable, settingsTable } from '../settings-table.ts';
import { methods, panelHeading, panelsOf } from './panels.ts';

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
  const { data } = panel;
  const columns = methods.map((method) => ({ label: methodLabels[method], ...panel[method] }));
  return html`<section>
<h3>${panelHeading(panel)}: settings</h3>
${settingsTable(`settings-${name}`, html`${data.set}, ${data.split} images: ${count(data.count)}`, columns)}
${hashTable(`hashes-${name}`, data.sha256, columns)}
</section>`;
}
