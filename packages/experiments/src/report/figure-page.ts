import type { Figure3Results } from '../figure-3/results.ts';
import { html, raw } from './markup.ts';
import { closingSections } from './page-closing.ts';
import { figureSection } from './page-figure.ts';
import { panelSection } from './page-panel.ts';
import { settingsSection } from './page-settings.ts';
import { pageStyle } from './page-style.ts';
import { summaryParagraph } from './page-summary.ts';
import { panelsOf } from './panels.ts';

const title = 'Figure 3 of Golkar et al. (2020), reproduced';

/** The report as one HTML file that needs nothing else: no network, no scripts. */
export function figurePage(results: Figure3Results): string {
  const panels = panelsOf(results).map(({ name, panel }) => panelSection(name, panel));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(pageStyle)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="subtitle">Linear BMVR and backprop, objective (1) against samples seen; apical ${results.version}, <time>${results.provenance.created.slice(0, 10)}</time></p>
${summaryParagraph(results)}
${figureSection(results)}
<section>
<h2>Every step, beside the paper’s</h2>
${panels}
</section>
${settingsSection(results)}
${closingSections(results)}
</main>
</body>
</html>
`.markup;
}
