import type { Figure3Results, PanelResults } from '../figure-3/results.ts';
import { drawPanel, panelHeight, panelWidth } from './figure-panel.ts';
import { backgroundColour, fontFamily, fontSize, inkColour } from './figure-style.ts';
import { legend, swatchHeight, swatchWidth } from './legend.ts';
import { html, type Markup, raw } from './markup.ts';
import { panelHeading, panelsOf } from './panels.ts';

const edge = 12;
const titleHeight = 24;
const legendRowHeight = 24;
const legendLeft = 68;

/** Figure 3 as an SVG document that stands alone: the panels in two columns, and one legend below. */
export function figureSvg(results: Figure3Results): string {
  const panels = panelsOf(results);
  const columns = panels.length > 1 ? 2 : 1;
  const rows = Math.ceil(panels.length / columns);
  const legendRows = columns === 1 ? legend.length : 2;
  const legendColumns = Math.ceil(legend.length / legendRows);
  const panelsHeight = rows * (titleHeight + panelHeight + edge);
  const width = columns * panelWidth;
  const height = edge + panelsHeight + legendRows * legendRowHeight + edge;
  const placed = panels.map(({ panel }, index) =>
    titledPanel(
      panel,
      (index % columns) * panelWidth,
      edge + Math.floor(index / columns) * (titleHeight + panelHeight + edge),
    ),
  );
  const signs = legend.map(({ swatch, label }, index) => {
    const x = legendLeft + Math.floor(index / legendRows) * ((width - legendLeft) / legendColumns);
    const y = edge + panelsHeight + (index % legendRows) * legendRowHeight;
    return html`<g transform="translate(${x},${y})">${raw(swatch)}<text x="${swatchWidth + 8}" y="${swatchHeight - 3.5}">${label}</text></g>`;
  });
  const names = panels.map(({ panel }) => panelHeading(panel)).join('; ');
  return html`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor">
<title id="title">Objective (1) against samples seen, beside the paper's Figure 3</title>
<desc id="description">${names}. Curves and bands: reproduced; points and error bars: the paper.</desc>
<rect class="background" width="${width}" height="${height}" fill="${backgroundColour}"/>
${placed}
<g class="legend">
${signs}
</g>
</svg>
`.markup;
}

/** One panel as an SVG element of its own, for a page that has the title and the legend beside it. */
export function panelSvg(panel: PanelResults, label: string): Markup {
  return html`<svg viewBox="0 0 ${panelWidth} ${panelHeight}" width="${panelWidth}" height="${panelHeight}" role="img" aria-label="${label}" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor" text-anchor="middle">
${raw(drawPanel(panel))}
</svg>`;
}

function titledPanel(panel: PanelResults, x: number, y: number): Markup {
  return html`<g class="panel" transform="translate(${x},${y})" text-anchor="middle">
<text x="${panelWidth / 2 + 22}" y="18" font-size="15" font-weight="bold">${panelHeading(panel)}</text>
<g transform="translate(0,${titleHeight})">
${raw(drawPanel(panel))}
</g>
</g>`;
}
