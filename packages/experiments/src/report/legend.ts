import { backgroundColour, referenceColour, type SeriesStyle } from './chart-style.ts';
import { html, type Markup, raw } from './markup.ts';

/** Size of a legend entry's drawing, in pixels. */
export const swatchWidth = 40;
export const swatchHeight = 16;

/** What a sign of a chart means: a drawing (SVG elements in a box of `swatchWidth` × `swatchHeight`) and its words. */
export interface LegendEntry {
  readonly swatch: string;
  readonly label: string;
}

/** The legend of charts, as a list on a page. */
export function legendList(entries: readonly LegendEntry[]): Markup {
  const items = entries.map(
    ({ swatch, label }) =>
      html`<li><svg viewBox="0 0 ${swatchWidth} ${swatchHeight}" width="${swatchWidth}" height="${swatchHeight}" aria-hidden="true">${raw(swatch)}</svg>${label}</li>`,
  );
  return html`<ul class="legend">
${items}
</ul>`;
}

/** A curve in its band. */
export function curveSwatch({ className, colour, dash }: SeriesStyle): string {
  const dashed = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return (
    `<g class="band ${className}" fill="${colour}" fill-opacity="0.18"><rect x="0" y="2" width="40" height="12"/></g>` +
    `<g class="mean ${className}" stroke="${colour}" stroke-width="2"${dashed}><path d="M0,8H40"/></g>`
  );
}

/** A line without a band. */
export function lineSwatch({ className, colour }: SeriesStyle): string {
  return `<g class="mean ${className}" stroke="${colour}" stroke-width="2"><path d="M0,8H40"/></g>`;
}

/** A point with its error bar. */
export function pointSwatch({ className, colour, symbol }: SeriesStyle): string {
  const shape =
    symbol === 'circle' ? '<circle cx="20" cy="8" r="3.5"/>' : '<rect x="16.9" y="4.9" width="6.2" height="6.2"/>';
  return (
    `<g class="error ${className}" stroke="${colour}" stroke-width="1.5"><path d="M20,0V16"/></g>` +
    `<g class="point ${className}" fill="${backgroundColour}" stroke="${colour}" stroke-width="1.5">${shape}</g>`
  );
}

/** A horizontal line; that of a series in its colour. */
export function ruleSwatch(style?: SeriesStyle): string {
  const className = style === undefined ? 'reference' : `reference ${style.className}`;
  return (
    `<g class="${className}" stroke="${style?.colour ?? referenceColour}" stroke-width="1.25" stroke-dasharray="3 3">` +
    '<path d="M0,8H40"/></g>'
  );
}
