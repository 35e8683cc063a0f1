import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { fontFamily, fontSize, inkColour } from '../../report/chart-style.ts';
import { html, type Markup, raw } from '../../report/markup.ts';

/** A plot as an SVG element, for a page that has its title beside it. */
export function plotSvg(label: string, options: Plot.PlotOptions & { width: number; height: number }): Markup {
  const { document } = parseHTML('<html></html>');
  const plot = Plot.plot({ document, ...options });
  const contents = [...plot.children]
    .filter((element) => element.tagName.toLowerCase() !== 'style')
    .map((element) => element.outerHTML)
    .join('\n');
  const { width, height } = options;
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor" text-anchor="middle">
${raw(contents)}
</svg>`;
}
