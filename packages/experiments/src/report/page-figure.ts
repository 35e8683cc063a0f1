import type { Figure3Results } from '../figure-3/results.ts';
import { finalComparison, finalSentence } from './comparison.ts';
import { leavesRange } from './figure-panel.ts';
import { panelSvg } from './figure-svg.ts';
import { legend, swatchHeight, swatchWidth } from './legend.ts';
import { html, type Markup, raw } from './markup.ts';
import { objectiveValue } from './numbers.ts';
import { methodLabels, methods, panelHeading, panelsOf, runsText } from './panels.ts';

/** The figure with its legend and caption; the panels stand side by side where there is room for two. */
export function figureSection(results: Figure3Results): Markup {
  const panels = panelsOf(results).map(({ panel }) => {
    const verdicts = methods.map((method) => finalSentence(finalComparison(panel, method))).join('; ');
    const description =
      `${panelHeading(panel)}: objective (1) of ${methods.map((method) => methodLabels[method]).join(' and ')} against ` +
      `samples seen, falling towards the optimum, ${objectiveValue(panel.optimum, 5)}. At the last step: ${verdicts}.`;
    return html`<div class="panel"><p class="title">${panelHeading(panel)}</p>${panelSvg(panel, description)}</div>`;
  });
  const entries = legend.map(
    ({ swatch, label }) =>
      html`<li><svg viewBox="0 0 ${swatchWidth} ${swatchHeight}" width="${swatchWidth}" height="${swatchHeight}" aria-hidden="true">${raw(swatch)}</svg>${label}</li>`,
  );
  const clamped = panelsOf(results).some(({ panel }) => leavesRange(panel));
  return html`<figure>
<div class="panels">
${panels}
</div>
<ul class="legend">
${entries}
</ul>
<figcaption>Objective (1), the mean squared error over the whole training set, against the number of samples seen. Curves and bands: mean ± standard deviation over ${runsText(results)}. Points and error bars: the paper’s mean ± standard deviation. The paper counts its steps from 0, so its value at step s is drawn at s + 1 samples seen. Dashed: the optimum, in closed form.${clamped ? ' A curve that leaves its panel is drawn along the edge.' : ''}</figcaption>
</figure>`;
}
