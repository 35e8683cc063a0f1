import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import {
  backgroundColour,
  fontFamily,
  fontSize,
  gridColour,
  inkColour,
  referenceColour,
  type SeriesStyle,
} from './chart-style.ts';
import { html, type Markup, raw } from './markup.ts';

export const chartWidth = 450;
export const chartHeight = 304;
const margins = { marginTop: 10, marginRight: 24, marginBottom: 48, marginLeft: 68 };
const tickCount = 6;

/** A value with the band around it. */
export interface ChartPoint {
  readonly x: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface ChartSeries {
  readonly style: SeriesStyle;
  /** Drawn as a curve in its band. */
  readonly curve: readonly ChartPoint[];
  /** Drawn as symbols with error bars: values of others. */
  readonly points?: readonly ChartPoint[];
}

/** A horizontal line, such as a bound or an optimum. */
export interface ChartRule {
  readonly at: number;
  /** Written at the line, if it is given. */
  readonly label?: string;
  /** That of a series, where the line is about it. */
  readonly style?: SeriesStyle;
}

export interface LineChart {
  /** A logarithmic axis, if it is not said to be linear; without ticks, that has one at each power of ten. */
  readonly x: {
    readonly label: string;
    readonly domain: readonly [number, number];
    readonly ticks?: readonly number[];
    readonly linear?: boolean;
  };
  /** What lies outside of the domain is drawn along its edge, each point with a triangle that points out. */
  readonly y: { readonly label: string; readonly domain: readonly [number, number]; readonly logarithmic?: boolean };
  readonly series: readonly ChartSeries[];
  readonly rules?: readonly ChartRule[];
}

/**
 * The chart as SVG elements, without a root and without a title: `chartWidth` × `chartHeight` pixels. Colours are presentation
 * attributes, so that a figure stands alone; every group has classes, so that a page's style sheet can override them.
 */
export function drawChart({ x, y, series, rules = [] }: LineChart): string {
  const { document } = parseHTML('<html></html>');
  const plot = Plot.plot({
    document,
    width: chartWidth,
    height: chartHeight,
    ...margins,
    x: { type: x.linear ? 'linear' : 'log', domain: [...x.domain] },
    y: { domain: [...y.domain], clamp: true, ...(y.logarithmic && { type: 'log' }) },
    marks: [
      Plot.gridY({ ticks: ticksOfY(y), stroke: gridColour, strokeOpacity: 1, className: 'grid' }),
      Plot.axisX({ ticks: ticksOf(x), tickSize: 5, ...axisLabel(x.label, 40) }),
      Plot.axisY({ ticks: ticksOfY(y), tickSize: 0, ...tickFormat(y), ...axisLabel(y.label, 60) }),
      ...rules.flatMap((rule) => ruleMarks(rule, x.domain[0])),
      ...series.map(bandMark),
      ...series.map(meanMark),
      ...series.flatMap((each) => beyondMarks(each, y.domain)),
      ...series.flatMap(pointMarks),
    ],
  });
  return [...plot.children]
    .filter((element) => element.tagName.toLowerCase() !== 'style')
    .map((element) => element.outerHTML)
    .join('\n');
}

/** The chart as an SVG element of its own, for a page that has the title and the legend beside it. */
export function chartSvg(chart: LineChart, description: string): Markup {
  return html`<svg viewBox="0 0 ${chartWidth} ${chartHeight}" width="${chartWidth}" height="${chartHeight}" role="img" aria-label="${description}" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor" text-anchor="middle">
${raw(drawChart(chart))}
</svg>`;
}

function ticksOf({ ticks, linear, domain }: LineChart['x']): number | number[] {
  if (ticks) return [...ticks];
  return linear ? Math.min(tickCount, domain[1] - domain[0]) : powersOfTen(domain);
}

/** Of a logarithmic axis a tick at each power of ten, or at fewer of many, where there are two at least. */
function ticksOfY({ domain, logarithmic }: LineChart['y']): number | number[] {
  const powers = logarithmic ? powersOfTen(domain) : [];
  if (powers.length < 2) return tickCount;
  const every = Math.ceil(powers.length / tickCount);
  return powers.filter((_, i) => i % every === 0);
}

function powersOfTen([low, high]: readonly [number, number]): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

/** Small and large numbers as 2e-6, and so those of logarithmic axes. */
function tickFormat({ domain, logarithmic }: LineChart['y']): { tickFormat?: (value: number) => string } {
  const largest = Math.max(...domain.map(Math.abs));
  if (!logarithmic && largest >= 1e-3 && largest < 1e6) return {};
  return {
    tickFormat: (value) => {
      const rounded = Number(value.toPrecision(6));
      return rounded === 0 || (rounded >= 1e-2 && rounded < 1e4) ? String(rounded) : rounded.toExponential();
    },
  };
}

function axisLabel(label: string, labelOffset: number) {
  return { label, labelAnchor: 'center', labelArrow: 'none', labelOffset } as const;
}

function ruleMarks({ at, label, style }: ChartRule, left: number): Plot.Markish[] {
  const colour = style?.colour ?? referenceColour;
  const className = style === undefined ? 'reference' : `reference ${style.className}`;
  return [
    Plot.ruleY([at], { stroke: colour, strokeWidth: 1.25, strokeDasharray: '3 3', className }),
    ...(label === undefined
      ? []
      : [
          Plot.text([label], {
            x: () => left,
            y: () => at,
            textAnchor: 'start',
            dx: 6,
            dy: -10,
            fill: colour,
            stroke: backgroundColour,
            strokeWidth: 3,
            className: 'reference-label',
          }),
        ]),
  ];
}

function bandMark({ style, curve }: ChartSeries): Plot.Markish {
  return Plot.areaY(curve, {
    x: 'x',
    y1: 'low',
    y2: 'high',
    fill: style.colour,
    fillOpacity: 0.18,
    className: `band ${style.className}`,
  });
}

function meanMark({ style, curve }: ChartSeries): Plot.Markish {
  return Plot.lineY(curve, {
    x: 'x',
    y: 'mean',
    stroke: style.colour,
    strokeWidth: 2,
    strokeLinecap: 'butt',
    ...(style.dash === undefined ? {} : { strokeDasharray: style.dash }),
    className: `mean ${style.className}`,
  });
}

/** Whether a mean lies beyond the axis, and is drawn as a triangle at its edge. */
export function leavesAxis({ y: { domain }, series }: LineChart): boolean {
  return series.some(({ curve }) => curve.some(({ mean }) => mean < domain[0] || mean > domain[1]));
}

/** Where a curve leaves the panel above or below. */
function beyondMarks({ style, curve }: ChartSeries, [low, high]: readonly [number, number]): Plot.Markish[] {
  const sides = [
    { points: curve.filter(({ mean }) => mean > high), edge: high, rotate: 0 },
    { points: curve.filter(({ mean }) => mean < low), edge: low, rotate: 180 },
  ];
  return sides
    .filter(({ points }) => points.length > 0)
    .map(({ points, edge, rotate }) =>
      Plot.dot(points, {
        x: 'x',
        y: () => edge,
        symbol: 'triangle',
        rotate,
        r: 4,
        fill: style.colour,
        title: ({ mean }: ChartPoint) => `${Number(mean.toPrecision(6))}, beyond the axis`,
        className: `beyond ${style.className}`,
      }),
    );
}

function pointMarks({ style, points = [] }: ChartSeries): Plot.Markish[] {
  if (points.length === 0) return [];
  const { colour, symbol, className } = style;
  return [
    Plot.ruleX(points, {
      x: 'x',
      y1: 'low',
      y2: 'high',
      stroke: colour,
      strokeWidth: 1.5,
      className: `error ${className}`,
    }),
    Plot.dot(points, {
      x: 'x',
      y: 'mean',
      symbol,
      r: 3.5,
      fill: backgroundColour,
      stroke: colour,
      strokeWidth: 1.5,
      className: `point ${className}`,
    }),
  ];
}
