import type { Curve, Level } from './curve.ts';
import { axisEnd } from './curve-plot.ts';
import { dashOf } from './dashes.ts';
import { divergenceMark } from './divergence.ts';
import { isolatedPoints } from './isolated-points.ts';
import { logarithmicTicks, powerWords, roundTicks, tickWords, valueWords } from './ticks.ts';
import { valueRange } from './value-range.ts';

const [width, height] = [720, 440];
const margin = { left: 84, right: 24, top: 36, bottom: 60 };

/**
 * The curves as a figure, for papers and slides: an SVG document with its title, the names of its axes and a legend.
 * @param inkOf the colours on white ground, by the names that curves have for them
 */
export function curvesSvg(
  title: string,
  curves: readonly Curve[],
  level: Level | undefined,
  inkOf: (colour: string) => string,
  logarithmic = false,
): string {
  const { low, high, isLogarithmic } = valueRange(curves, level, logarithmic);
  const end = axisEnd(curves);
  const [right, bottom] = [width - margin.right, height - margin.bottom];
  const x = (samples: number) =>
    (margin.left + ((right - margin.left) * Math.log10(samples)) / Math.log10(end)).toFixed(1);
  const part = isLogarithmic
    ? (value: number) => Math.log(value / low) / Math.log(high / low)
    : (value: number) => (value - low) / (high - low);
  // What is far beyond is drawn beyond, where a drawing program can still draw it.
  const y = (value: number) => (bottom - (bottom - margin.top) * Math.min(20, part(value))).toFixed(1);
  const middle = (margin.top + bottom) / 2;
  const body = [
    `<text x="${margin.left}" y="22" font-weight="bold">${title} against samples seen</text>`,
    `<text x="${(margin.left + right) / 2}" y="${height - 14}" text-anchor="middle">samples seen</text>`,
    `<text transform="translate(18 ${middle}) rotate(-90)" text-anchor="middle">${title.toLowerCase()}</text>`,
    ...[...logarithmicTicks(1, end).labelled].map((samples) => vertical(x(samples), tickWords(samples))),
    ...valueTicks(low, high, isLogarithmic).map(([value, words]) => horizontal(y(value), words)),
    ...(level ? [dashed(y(level.value), level.words)] : []),
    `<clipPath id="plot"><rect x="${margin.left}" y="${margin.top - 6}" width="${right - margin.left + 6}" height="${bottom - margin.top + 12}"/></clipPath>`,
    `<g clip-path="url(#plot)">`,
    ...curves.map((curve) => drawCurve(curve, inkOf(curve.colour), x, y)),
    '</g>',
    ...curves.map((curve) => diverged(divergenceMark(curve, isLogarithmic), inkOf(curve.colour), x, y)),
    ...curves.map((curve, i) => legendEntry(curve, inkOf(curve.colour), i)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="13" fill="#1b2127"><rect width="100%" height="100%" fill="#fff"/>${body.join('\n')}</svg>\n`;
}

/** The ticks of the y axis, and their words. */
function valueTicks(low: number, high: number, isLogarithmic: boolean): [value: number, words: string][] {
  if (!isLogarithmic) {
    const ticks = roundTicks(low, high);
    const words = valueWords(ticks);
    return ticks.map((value, i) => [value, words[i]!]);
  }
  const { labelled } = logarithmicTicks(low, high);
  const ticks = [...labelled];
  const words = powerWords(ticks, labelled);
  return ticks.map((value, i) => [value, words[i] ?? '']);
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
  return `<path d="M${margin.left} ${y}H${right}" stroke="#56616c" stroke-dasharray="6 4"/><text x="${margin.left + 6}" y="${y}" dy="-5" fill="#56616c">${words}</text>`;
}

function drawCurve(curve: Curve, colour: string, x: (samples: number) => string, y: (value: number) => string): string {
  const { kind, points } = curve;
  if (kind === 'paper') {
    const dots = points.map(([samples, value]) => `<circle cx="${x(samples)}" cy="${y(value ?? 0)}" r="4"/>`);
    return `<g fill="#fff" stroke="${colour}" stroke-width="1.5">${dots.join('')}</g>`;
  }
  const isolated = isolatedPoints(points.map(([, value]) => value)).map((i) => points[i]!);
  const dots = isolated.map(
    ([samples, value]) => `<circle cx="${x(samples)}" cy="${y(value!)}" r="3.5" fill="${colour}"/>`,
  );
  const d = lines(points).map((line) => `M${line.map(([samples, value]) => `${x(samples)} ${y(value)}`).join('L')}`);
  return `<path d="${d.join('')}" fill="none" ${strokeOf(curve, colour)}/>${dots.join('')}`;
}

/** The parts of a curve between its gaps. */
function lines(points: Curve['points']): (readonly [number, number])[][] {
  const parts: (readonly [number, number])[][] = [[]];
  for (const [samples, value] of points) {
    if (value === null) parts.push([]);
    else parts.at(-1)!.push([samples, value]);
  }
  return parts.filter(({ length }) => length > 1);
}

type Place = (value: number) => string;

function diverged(mark: readonly [number, number] | undefined, colour: string, x: Place, y: Place): string {
  if (!mark) return '';
  const [left, top] = [Number(x(mark[0])), Math.max(margin.top, Number(y(mark[1])))];
  const cross = `M${left - 4} ${top - 4}l8 8m0 -8l-8 8`;
  return `<path d="${cross}" stroke="${colour}" stroke-width="2"/><text x="${left + 8}" y="${top + 10}" font-size="12" fill="${colour}">diverged</text>`;
}

function strokeOf(curve: Curve, colour: string): string {
  const dash = dashOf(curve);
  return `stroke="${colour}" stroke-width="2"${dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : ''}`;
}

/** The name of a curve, and a piece of its line or a point of the paper. */
function legendEntry(curve: Curve, colour: string, i: number): string {
  const { label, kind } = curve;
  const words = label.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const [right, y] = [width - margin.right - 8, margin.top + 18 + 17 * i];
  const sample =
    kind === 'paper'
      ? `<circle cx="${right - 13}" cy="${y - 4}" r="4" fill="#fff" stroke="${colour}" stroke-width="1.5"/>`
      : `<path d="M${right - 26} ${y - 4}H${right}" ${strokeOf(curve, colour)}/>`;
  return `${sample}<text x="${right - 34}" y="${y}" text-anchor="end" fill="${colour}">${words}</text>`;
}
