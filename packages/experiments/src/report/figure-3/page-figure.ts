import type { Figure3Results } from '../../figure-3/results.ts';
import { legendList } from '../legend.ts';
import { chartSvg } from '../line-chart.ts';
import { html, type Markup } from '../markup.ts';
import { methodLabels } from '../method-labels.ts';
import { objectiveValue } from '../numbers.ts';
import { finalComparison, finalSentence } from './comparison.ts';
import { leavesRange, panelChart } from './figure-panel.ts';
import { legend } from './legend.ts';
import { methods, panelHeading, panelsOf, runsText } from './panels.ts';

/** The figure with its legend and caption; the panels stand side by side where there is room for two. */
export function figureSection(results: Figure3Results): Markup {
  const panels = panelsOf(results).map(({ panel }) => {
    const verdicts = methods.map((method) => finalSentence(finalComparison(panel, method))).join('; ');
    const description =
      `${panelHeading(panel)}: objective (1) of ${methods.map((method) => methodLabels[method]).join(' and ')} against ` +
      `samples seen, falling towards the optimum, ${objectiveValue(panel.optimum, 5)}. At the last step: ${verdicts}.`;
    return html`<div class="panel"><p class="title">${panelHeading(panel)}</p>${chartSvg(panelChart(panel), description)}</div>`;
  });
  const clamped = panelsOf(results).some(({ panel }) => leavesRange(panel));
  return html`<figure>
<div class="panels">
${panels}
</div>
${legendList(legend)}
<figcaption>Objective (1), the squared error ‖y − ŷ‖², summed over outputs, its mean over the whole training set, against the number of samples seen. Curves and bands: mean ± standard deviation over ${runsText(results)}. Points and error bars: the paper’s mean ± standard deviation. The paper counts its steps from 0, so its value at step s is drawn at s + 1 samples seen. Dashed: the optimum, in closed form.${clamped ? ' A curve that leaves its panel is drawn along the edge.' : ''}</figcaption>
</figure>`;
}
