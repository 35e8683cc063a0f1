import type { Figure3Results } from '../../figure-3/results.ts';
import { html } from '../markup.ts';
import { page } from '../page.ts';
import { closingSections } from './page-closing.ts';
import { figureSection } from './page-figure.ts';
import { panelSection } from './page-panel.ts';
import { settingsSection } from './page-settings.ts';
import { summaryParagraph } from './page-summary.ts';
import { panelsOf } from './panels.ts';

/** The report of Figure 3. */
export function figurePage(results: Figure3Results): string {
  const panels = panelsOf(results).map(({ name, panel }) => panelSection(name, panel));
  return page({
    title: 'Figure 3 of Golkar et al. (2020), reproduced',
    subtitle: html`Linear BMVR and backprop, objective (1) against samples seen; apical ${results.version}, <time>${results.provenance.created.slice(0, 10)}</time>`,
    sections: [
      summaryParagraph(results),
      figureSection(results),
      html`<section>
<h2>Every step, beside the paper’s</h2>
${panels}
</section>`,
      settingsSection(results),
      closingSections(results),
    ],
  });
}
