import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Axis, Figure, Layer, Panel, Points } from '../figures/figure.ts';
import {
  backgroundColour,
  fontFamily,
  fontSize,
  gridColour,
  inkColour,
  referenceColour,
  type SeriesStyle,
  seriesStyle,
} from './chart-style.ts';
import { type LegendEntry, legendList, lineSwatch, pointSwatch } from './legend.ts';
import { html, type Markup, raw } from './markup.ts';

const narrowSize = { width: 450, height: 304 };
const wideSize = { width: 920, height: 190 };
const margins = { marginTop: 10, marginRight: 24, marginBottom: 44, marginLeft: 68 };

/** Layers that are of something have its style; others are grey. */
const unnamed: SeriesStyle = { className: 'unnamed', colour: '#9aa3ad', symbol: 'circle' };

/** A figure with its title, panels, legend and caption. */
export function figureMarkup({ title, caption, panels }: Figure): Markup {
  const labels = labelsOf(panels);
  const styles = new Map(labels.map((label, index) => [label, seriesStyle(index)]));
  return html`<section>
<h3>${title}</h3>
<figure>
<div class="panels">
${panels.map((panel) => html`<div class="panel${panel.wide ? ' wide' : ''}${panel.above ? ' above' : ''}">${panel.title === undefined ? '' : html`<p class="title">${panel.title}</p>`}${panelSvg(panel, styles, title)}</div>`)}
</div>
${legendList(labels.map((label) => entryOf(label, panels, styles.get(label)!)))}
${caption === '' ? '' : html`<figcaption>${caption}</figcaption>`}
</figure>
</section>`;
}

function labelsOf(panels: readonly Panel[]): string[] {
  return [
    ...new Set(
      panels.flatMap(({ layers }) => layers.flatMap((layer) => ('label' in layer ? (layer.label ?? []) : []))),
    ),
  ];
}

function entryOf(label: string, panels: readonly Panel[], style: SeriesStyle): LegendEntry {
  const kinds = panels.flatMap(({ layers }) =>
    layers.filter((layer) => 'label' in layer && layer.label === label).map(({ kind }) => kind),
  );
  return { swatch: kinds.every((kind) => kind === 'points') ? pointSwatch(style) : lineSwatch(style), label };
}

function panelSvg(panel: Panel, styles: ReadonlyMap<string, SeriesStyle>, title: string): Markup {
  const size = { ...(panel.wide ? wideSize : narrowSize), ...(panel.height && { height: panel.height }) };
  const bottom = panel.above ? 4 : margins.marginBottom;
  // A panel above another is lower by what is not written below it.
  const [width, height] = [size.width, size.height + (panel.height ? bottom : bottom - margins.marginBottom)];
  const { document } = parseHTML('<html></html>');
  const [x, y] = [panel.x, panel.y].map((axis, i) => scaleOf(axis, extentOf(panel.layers, i === 0 ? 'x' : 'y')));
  const ticks = Math.max(2, Math.round((height - bottom) / 45));
  const powers = panel.y.logarithmic ? powersIn(y!.domain, ticks + 2) : undefined;
  const plot = Plot.plot({
    document,
    ...{ width, height, ...margins, marginBottom: bottom },
    x: { ...x!, axis: null },
    y: { ...y!, clamp: true, axis: null },
    marks: [
      ...panel.layers.filter(({ kind }) => kind === 'span').flatMap((layer) => marksOf(layer, unnamed)),
      ...(panel.y.ticks
        ? []
        : [Plot.gridY({ ticks: powers ?? ticks, stroke: gridColour, strokeOpacity: 1, className: 'grid' })]),
      ...(panel.above
        ? []
        : [Plot.axisX({ ...ticksOf(panel.x, panel.wide ? 10 : 6), ...axisLabel(panel.x.label, 36) })]),
      Plot.axisY({ ...ticksOf(panel.y, ticks, powers), tickSize: 0, ...axisLabel(panel.y.label, 58) }),
      ...panel.layers
        .filter(({ kind }) => kind !== 'span')
        .map((layer) => within(layer, panel.x.domain))
        .flatMap((layer) => marksOf(layer, ('label' in layer && styles.get(layer.label ?? '')) || unnamed)),
    ],
  });
  const drawn = [...plot.children]
    .filter((element) => element.tagName.toLowerCase() !== 'style')
    .map((element) => element.outerHTML)
    .join('\n');
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}: ${panel.y.label} against ${panel.x.label}" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor" text-anchor="middle">
${raw(drawn)}
</svg>`;
}

function scaleOf({ domain, logarithmic = false }: Axis, [low, high]: readonly [number, number]) {
  if (domain) return { domain: [...domain], type: logarithmic ? ('log' as const) : ('linear' as const) };
  if (logarithmic) return { domain: [low / 1.2, high * 1.2], type: 'log' as const };
  const room = (high - low || Math.abs(high) || 1) / 25;
  return { domain: [low - room, high + room], type: 'linear' as const };
}

/** What of a layer lies within a range of x, where there is one. */
function within(layer: Layer, domain: Axis['domain']): Layer {
  if (domain === undefined || layer.kind === 'at' || layer.kind === 'span') return layer;
  const kept = layer.x.flatMap((x, i) => (x >= domain[0] && x <= domain[1] ? [i] : []));
  return { ...layer, x: kept.map((i) => layer.x[i]!), y: kept.map((i) => layer.y[i]!) };
}

function ticksOf({ ticks: named }: Axis, count: number, powers?: readonly number[]) {
  if (powers) return { ticks: [...powers], tickFormat: (at: number) => powerWords(Math.round(Math.log10(at))) };
  if (named === undefined) return { ticks: count };
  return { ticks: Object.keys(named).map(Number), tickFormat: (at: number) => named[at] ?? '' };
}

/** Powers of ten within a range, not more than so many. */
function powersIn([low, high]: readonly number[], most: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low!) - 1e-9), Math.floor(Math.log10(high!) + 1e-9)];
  const every = Math.ceil((last - first + 1) / most);
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, i) => 10 ** (first + i * every));
}

/** 10⁻⁴ */
function powerWords(exponent: number): string {
  return `10${[...String(exponent)].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('')}`;
}

/** The least and the largest that is drawn along an axis. */
function extentOf(layers: readonly Layer[], axis: 'x' | 'y'): [number, number] {
  const values = layers.flatMap((layer) => {
    if (layer.kind === 'span') return axis === 'x' ? [layer.from, layer.until] : [];
    if (layer.kind === 'at') return layer[axis] ?? [];
    return layer.kind === 'bars' && axis === 'y' ? [0, ...layer.y] : layer[axis];
  });
  const all = values.filter(Number.isFinite);
  if (all.length === 0) return [0, 1];
  return [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
}

function axisLabel(label: string, labelOffset: number) {
  return { label, labelAnchor: 'center', labelArrow: 'none', labelOffset } as const;
}

function marksOf(layer: Layer, style: SeriesStyle): Plot.Markish[] {
  const { className, colour, symbol } = style;
  switch (layer.kind) {
    case 'span':
      return [Plot.rectX([layer], { x1: 'from', x2: 'until', fill: gridColour, className: 'span' })];
    case 'at':
      return atMarks(layer);
    case 'line': {
      const isMain = layer.label !== undefined;
      return [
        Plot.lineY(rowsOf(layer), {
          ...{ x: 'x', y: 'y', stroke: colour, strokeWidth: isMain ? 1.75 : 0.75, strokeOpacity: isMain ? 1 : 0.6 },
          className: `mean ${className}`,
        }),
      ];
    }
    case 'points':
      return [
        Plot.dot(rowsOf(layer), {
          ...{ x: 'x', y: 'y', symbol, r: 3.5, fill: backgroundColour, stroke: colour, strokeWidth: 1.5 },
          className: `point ${className}`,
        }),
      ];
    case 'spikes':
      return [
        Plot.ruleX(rowsOf(layer), {
          ...{ x: 'x', y1: ({ y }: Row) => y - 0.4, y2: ({ y }: Row) => y + 0.4 },
          ...{ stroke: layer.label === undefined ? inkColour : colour, strokeWidth: 1 },
          className: layer.label === undefined ? 'spikes' : `mean ${className}`,
        }),
      ];
    case 'bars': {
      const half = (layer.x[1]! - layer.x[0]!) / 2;
      return [
        Plot.rectY(rowsOf(layer), {
          ...{ x1: ({ x }: Row) => x - half, x2: ({ x }: Row) => x + half, y1: 0, y2: 'y' },
          ...{ fill: colour, fillOpacity: 0.5, className: `bars ${className}` },
        }),
      ];
    }
  }
}

interface Row {
  readonly x: number;
  readonly y: number;
}

function rowsOf({ x, y }: Points): Row[] {
  return x.map((each, i) => ({ x: each, y: y[i]! }));
}

function atMarks({ x, y, says }: Extract<Layer, { kind: 'at' }>): Plot.Markish[] {
  const line = { stroke: referenceColour, strokeWidth: 1.25, strokeDasharray: '3 3', className: 'reference' };
  const words = { fill: referenceColour, stroke: backgroundColour, strokeWidth: 3, className: 'reference-label' };
  return [
    ...(x === undefined ? [] : [Plot.ruleX([x], line)]),
    ...(y === undefined ? [] : [Plot.ruleY([y], line)]),
    ...(says === undefined
      ? []
      : [
          x === undefined
            ? Plot.text([says], { y: () => y!, frameAnchor: 'left', textAnchor: 'start', dx: 6, dy: -9, ...words })
            : Plot.text([says], { x: () => x, frameAnchor: 'top', textAnchor: 'start', dx: 6, dy: 8, ...words }),
        ]),
  ];
}
