import { formatShort, formatValue } from '../format.ts';
import type { Curve, Level } from './curve.ts';
import { axisEnd } from './curve-plot.ts';

const [width, height] = [720, 420];
const margin = { left: 64, right: 16, top: 36, bottom: 44 };
const colours = { bmvr: '#0b66b3', backprop: '#b8490b' } as const;

/** The curves as a figure, for papers and slides: an SVG document. */
export function curvesSvg(title: string, curves: readonly Curve[], level: Level | undefined): string {
  const values = [...curves.flatMap(({ points }) => points.map(([, value]) => value)), ...(level ? [level.value] : [])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const decades = Math.log10(axisEnd(curves));
  const x = (samples: number) =>
    (margin.left + ((width - margin.left - margin.right) * Math.log10(samples)) / decades).toFixed(1);
  const y = (value: number) =>
    (height - margin.bottom - ((height - margin.top - margin.bottom) * (value - low)) / (high - low || 1)).toFixed(1);
  const ticks = Array.from({ length: 5 }, (_, i) => low + (i * (high - low)) / 4);
  const body = [
    `<text x="${margin.left}" y="22" font-weight="bold">${title} against samples seen</text>`,
    ...Array.from({ length: decades + 1 }, (_, i) => vertical(x(10 ** i), formatShort(10 ** i))),
    ...ticks.map((value) => horizontal(y(value), formatValue(value))),
    ...(level ? [dashed(y(level.value), level.words)] : []),
    ...curves.map((curve) => drawCurve(curve, x, y)),
    ...curves.map((curve, i) => legendEntry(curve, i)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#1b2127"><rect width="100%" height="100%" fill="#fff"/>${body.join('\n')}</svg>\n`;
}

function vertical(x: string, words: string): string {
  const bottom = height - margin.bottom;
  return `<path d="M${x} ${margin.top}V${bottom}" stroke="#dfe4e9"/><text x="${x}" y="${bottom + 20}" text-anchor="middle">${words}</text>`;
}

function horizontal(y: string, words: string): string {
  return `<path d="M${margin.left} ${y}H${width - margin.right}" stroke="#dfe4e9"/><text x="${margin.left - 8}" y="${y}" dy="4" text-anchor="end">${words}</text>`;
}

function dashed(y: string, words: string): string {
  const right = width - margin.right;
  return `<path d="M${margin.left} ${y}H${right}" stroke="#56616c" stroke-dasharray="6 4"/><text x="${right}" y="${y}" dy="-5" text-anchor="end" fill="#56616c">${words}</text>`;
}

function drawCurve(
  { colour: name, kind, points }: Curve,
  x: (samples: number) => string,
  y: (value: number) => string,
): string {
  const colour = colours[name];
  if (kind === 'paper') {
    const dots = points.map(([samples, value]) => `<circle cx="${x(samples)}" cy="${y(value)}" r="4"/>`);
    return `<g fill="#fff" stroke="${colour}" stroke-width="1.5">${dots.join('')}</g>`;
  }
  const d = points.map(([samples, value]) => `${x(samples)} ${y(value)}`).join('L');
  const dashes = { live: '', kept: ' stroke-dasharray="2 3"', second: ' stroke-dasharray="7 4"' }[kind];
  return `<path d="M${d}" fill="none" stroke="${colour}" stroke-width="2"${dashes}/>`;
}

function legendEntry({ label, colour }: Curve, i: number): string {
  const words = label.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${width - margin.right}" y="${margin.top + 18 + 17 * i}" text-anchor="end" fill="${colours[colour]}">${words}</text>`;
}
