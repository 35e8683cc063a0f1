import type { Figure3Results } from '../../figure-3/results.ts';
import { figureDocument } from '../figure-document.ts';
import { panelChart } from './figure-panel.ts';
import { legend } from './legend.ts';
import { panelHeading, panelsOf } from './panels.ts';

/** Figure 3 as an SVG document that stands alone. */
export function figureSvg(results: Figure3Results): string {
  const panels = panelsOf(results).map(({ panel }) => ({ title: panelHeading(panel), chart: panelChart(panel) }));
  return figureDocument({
    title: "Objective (1) against samples seen, beside the paper's Figure 3",
    description: `${panels.map(({ title }) => title).join('; ')}. Curves and bands: reproduced; points and error bars: the paper.`,
    panels,
    legend,
  });
}
