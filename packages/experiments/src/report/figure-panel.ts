import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { PanelResults } from '../figure-3/results.ts';
import { backgroundColour, gridColour, optimumColour, strokes } from './figure-style.ts';
import { objectiveValue } from './numbers.ts';
import { type Method, methods, samplesSeen } from './panels.ts';

export const panelWidth = 450;
export const panelHeight = 304;
const margins = { marginTop: 10, marginRight: 24, marginBottom: 48, marginLeft: 68 };
const objectiveTicks = 6;

interface Point {
  samples: number;
  mean: number;
  low: number;
  high: number;
}

/**
 * The plot of one panel as SVG elements, without a root and without a title: `panelWidth` × `panelHeight` pixels.
 * Colours are presentation attributes, so that the figure stands alone; every group has classes, so that a page's style
 * sheet can override them.
 */
export function drawPanel(panel: PanelResults): string {
  const { document } = parseHTML('<html></html>');
  const decades = Math.ceil(Math.log10(Math.max(10, ...samplesSeen(panel))) - 1e-9);
  const powers = Array.from({ length: decades + 1 }, (_, power) => 10 ** power);
  const plot = Plot.plot({
    document,
    width: panelWidth,
    height: panelHeight,
    ...margins,
    x: { type: 'log', domain: [1, 10 ** decades] },
    y: { domain: objectiveRange(panel), clamp: true },
    marks: [
      Plot.gridY({ ticks: objectiveTicks, stroke: gridColour, strokeOpacity: 1, className: 'grid' }),
      Plot.axisX({
        ticks: powers,
        tickSize: 5,
        label: 'samples seen',
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 40,
      }),
      Plot.axisY({
        ticks: objectiveTicks,
        tickSize: 0,
        label: 'objective (1): mean squared error',
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 60,
      }),
      ...optimumMarks(panel),
      ...methods.map((method) => bandMark(panel, method)),
      ...methods.map((method) => meanMark(panel, method)),
      ...methods.flatMap((method) => paperMarks(panel, method)),
    ],
  });
  return [...plot.children]
    .filter((element) => element.tagName.toLowerCase() !== 'style')
    .map((element) => element.outerHTML)
    .join('\n');
}

/** Whether one of our curves leaves the panel's range, so that it is drawn along the edge. */
export function leavesRange(panel: PanelResults): boolean {
  const [bottom, top] = objectiveRange(panel);
  return methods.some((method) => oursOf(panel, method).some(({ mean }) => mean > top || mean < bottom));
}

/**
 * The range of the objective axis: all of the paper's points and the optimum; ours too, but not further than half the
 * paper's span above it, for a run that is about to diverge would flatten everything else.
 */
function objectiveRange(panel: PanelResults): [number, number] {
  const paper = methods.flatMap((method) => paperOf(panel, method)).flatMap(({ low, high }) => [low, high]);
  const ours = methods.flatMap((method) => oursOf(panel, method)).flatMap(({ low, high }) => [low, high]);
  const paperBottom = Math.min(panel.optimum, panel.paper.optimum, ...paper);
  const paperTop = Math.max(...paper);
  const span = paperTop - paperBottom;
  const bottom = Math.max(paperBottom - span / 8, Math.min(paperBottom, ...ours));
  const top = Math.min(paperTop + span / 2, Math.max(paperTop, ...ours));
  return [bottom - span / 20, top + span / 20];
}

function optimumMarks(panel: PanelResults): Plot.Markish[] {
  const label = `optimum ${objectiveValue(panel.optimum, 5)} (paper ${objectiveValue(panel.paper.optimum, 5)})`;
  return [
    Plot.ruleY([panel.optimum], {
      stroke: optimumColour,
      strokeWidth: 1.25,
      strokeDasharray: '3 3',
      className: 'optimum',
    }),
    Plot.text([label], {
      x: () => 1,
      y: () => panel.optimum,
      textAnchor: 'start',
      dx: 6,
      dy: -10,
      fill: optimumColour,
      stroke: backgroundColour,
      strokeWidth: 3,
      className: 'optimum-label',
    }),
  ];
}

function bandMark(panel: PanelResults, method: Method): Plot.Markish {
  return Plot.areaY(oursOf(panel, method), {
    x: 'samples',
    y1: 'low',
    y2: 'high',
    fill: strokes[method].colour,
    fillOpacity: 0.18,
    className: `band ${method}`,
  });
}

function meanMark(panel: PanelResults, method: Method): Plot.Markish {
  const { colour, dash } = strokes[method];
  return Plot.lineY(oursOf(panel, method), {
    x: 'samples',
    y: 'mean',
    stroke: colour,
    strokeWidth: 2,
    strokeLinecap: 'butt',
    ...(dash === undefined ? {} : { strokeDasharray: dash }),
    className: `mean ${method}`,
  });
}

function paperMarks(panel: PanelResults, method: Method): Plot.Markish[] {
  const { colour, symbol } = strokes[method];
  const points = paperOf(panel, method);
  return [
    Plot.ruleX(points, {
      x: 'samples',
      y1: 'low',
      y2: 'high',
      stroke: colour,
      strokeWidth: 1.5,
      className: `error ${method}`,
    }),
    Plot.dot(points, {
      x: 'samples',
      y: 'mean',
      symbol,
      r: 3.5,
      fill: backgroundColour,
      stroke: colour,
      strokeWidth: 1.5,
      className: `point ${method}`,
    }),
  ];
}

function oursOf(panel: PanelResults, method: Method): Point[] {
  return pointsOf(panel, panel[method]);
}

function paperOf(panel: PanelResults, method: Method): Point[] {
  return pointsOf(panel, panel.paper[method]);
}

/** Mean and band of a curve up to where it diverged. */
function pointsOf(panel: PanelResults, curve: { mean: number[]; sd: number[] }): Point[] {
  return samplesSeen(panel).flatMap((samples, step) => {
    const mean = curve.mean[step] ?? Number.NaN;
    const sd = curve.sd[step] ?? Number.NaN;
    const half = Number.isFinite(sd) ? sd : 0;
    return Number.isFinite(mean) ? [{ samples, mean, low: mean - half, high: mean + half }] : [];
  });
}
