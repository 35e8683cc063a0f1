import { backgroundColour, optimumColour, strokes } from './figure-style.ts';
import { type Method, methodLabels } from './panels.ts';

/** Size of a legend entry's drawing, in pixels. */
export const swatchWidth = 40;
export const swatchHeight = 16;

/** What the figure's signs mean: a drawing (SVG elements in a box of `swatchWidth` × `swatchHeight`) and its words. */
export interface LegendEntry {
  swatch: string;
  label: string;
}

export const legend: readonly LegendEntry[] = [
  { swatch: curve('bmvr'), label: `${methodLabels.bmvr}, reproduced: mean ± sd` },
  { swatch: point('bmvr'), label: `${methodLabels.bmvr}, paper: mean ± sd` },
  { swatch: curve('backprop'), label: `${methodLabels.backprop}, reproduced: mean ± sd` },
  { swatch: point('backprop'), label: `${methodLabels.backprop}, paper: mean ± sd` },
  { swatch: optimum(), label: 'optimum' },
];

function curve(method: Method): string {
  const { colour, dash } = strokes[method];
  const dashed = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return (
    `<g class="band ${method}" fill="${colour}" fill-opacity="0.18"><rect x="0" y="2" width="40" height="12"/></g>` +
    `<g class="mean ${method}" stroke="${colour}" stroke-width="2"${dashed}><path d="M0,8H40"/></g>`
  );
}

function point(method: Method): string {
  const { colour, symbol } = strokes[method];
  const shape =
    symbol === 'circle' ? '<circle cx="20" cy="8" r="3.5"/>' : '<rect x="16.9" y="4.9" width="6.2" height="6.2"/>';
  return (
    `<g class="error ${method}" stroke="${colour}" stroke-width="1.5"><path d="M20,0V16"/></g>` +
    `<g class="point ${method}" fill="${backgroundColour}" stroke="${colour}" stroke-width="1.5">${shape}</g>`
  );
}

function optimum(): string {
  return (
    `<g class="optimum" stroke="${optimumColour}" stroke-width="1.25" stroke-dasharray="3 3">` +
    '<path d="M0,8H40"/></g>'
  );
}
