import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** A plot in a figure: where it stands, and what is above it. */
export interface Panel {
  readonly title: string;
  readonly x: number;
  readonly y: number;
  /** Including the title. */
  readonly width: number;
  readonly height: number;
  readonly plot: Plot.PlotOptions;
}

const titleHeight = 26;

/** The panel as SVG elements; colours are attributes, so that they need no style sheet. */
export function panelSvg({ title, x, y, width, height, plot }: Panel): string {
  const { document } = parseHTML('<html></html>');
  const drawn = Plot.plot({ document, width, height: height - titleHeight, ...plot });
  const elements = [...drawn.children]
    .filter((element) => element.tagName.toLowerCase() !== 'style')
    .map((element) => element.outerHTML);
  const { marginLeft = 40, marginRight = 20 } = plot;
  const middle = (marginLeft + width - marginRight) / 2;
  return `<g transform="translate(${x},${y})" text-anchor="middle">
<text x="${middle}" y="17" font-size="14" font-weight="bold">${title}</text>
<g transform="translate(0,${titleHeight})">
${elements.join('\n')}
</g>
</g>`;
}
