import { backgroundColour, fontFamily, fontSize, inkColour } from './chart-style.ts';
import { type LegendEntry, swatchHeight, swatchWidth } from './legend.ts';
import { chartHeight, chartWidth, drawChart, type LineChart } from './line-chart.ts';
import { html, type Markup, raw } from './markup.ts';

const edge = 12;
const titleHeight = 24;
const legendRowHeight = 24;
const legendLeft = 68;

/** Charts with one legend. */
export interface Figure {
  readonly title: string;
  readonly description: string;
  readonly panels: readonly { readonly title: string; readonly chart: LineChart }[];
  readonly legend: readonly LegendEntry[];
}

/** A figure as an SVG document that stands alone: the charts in two columns, and the legend below. */
export function figureDocument({ title, description, panels, legend }: Figure): string {
  const columns = panels.length > 1 ? 2 : 1;
  const rows = Math.ceil(panels.length / columns);
  const legendRows = columns === 1 ? legend.length : 2;
  const legendColumns = Math.ceil(legend.length / legendRows);
  const panelsHeight = rows * (titleHeight + chartHeight + edge);
  const width = columns * chartWidth;
  const height = edge + panelsHeight + legendRows * legendRowHeight + edge;
  const placed = panels.map((panel, index) => {
    const row = Math.floor(index / columns);
    return titledPanel(panel, (index % columns) * chartWidth, edge + row * (titleHeight + chartHeight + edge));
  });
  const signs = legend.map(({ swatch, label }, index) => {
    const x = legendLeft + Math.floor(index / legendRows) * ((width - legendLeft) / legendColumns);
    const y = edge + panelsHeight + (index % legendRows) * legendRowHeight;
    return html`<g transform="translate(${x},${y})">${raw(swatch)}<text x="${swatchWidth + 8}" y="${swatchHeight - 3.5}">${label}</text></g>`;
  });
  return html`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor">
<title id="title">${title}</title>
<desc id="description">${description}</desc>
<rect class="background" width="${width}" height="${height}" fill="${backgroundColour}"/>
${placed}
<g class="legend">
${signs}
</g>
</svg>
`.markup;
}

function titledPanel({ title, chart }: Figure['panels'][number], x: number, y: number): Markup {
  return html`<g class="panel" transform="translate(${x},${y})" text-anchor="middle">
<text x="${chartWidth / 2 + 22}" y="18" font-size="15" font-weight="bold">${title}</text>
<g transform="translate(0,${titleHeight})">
${raw(drawChart(chart))}
</g>
</g>`;
}
