import { InputError } from '@apical/core';
import type { GrowthPoint } from '../parts/growth.ts';
import { implementationNames } from '../race/implementations.ts';
import type { ShapeResult } from '../race/race.ts';
import type { BenchReport } from '../report.ts';
import { decadesAround } from './decades.ts';
import { growthPlot, type Variable } from './growth-panel.ts';
import { implementationLabels, ruleLabels } from './labels.ts';
import { type Panel, panelSvg } from './panel.ts';
import { isFair } from './peers.ts';
import { racePlot } from './race-panel.ts';
import { backgroundColour, fontFamily, fontSize, inkColour, ruleLines, signs } from './style.ts';

const width = 960;
const edge = 12;
const raceHeight = 290;
const growthHeight = 250;
const legendHeight = 30;

/**
 * The report as an SVG document that stands alone: the implementations on every shape, and how the cost grows, each where
 * it was measured.
 *
 * @throws InputError where neither was
 */
export function reportPicture(report: BenchReport): string {
  const { growth } = report;
  const shapes = report.shapes.map((shape) => ({ ...shape, microseconds: fairOnly(report, shape) }));
  const rules = (['bmvr', 'backprop'] as const).filter((rule) => shapes.some((shape) => shape.rule === rule));
  if (rules.length === 0 && !growth)
    throw new InputError('there is nothing to draw: neither shapes nor growth was measured');
  const parts: string[] = [];
  let bottom = edge;
  if (rules.length > 0) {
    const domain = decadesAround(shapes.flatMap(({ microseconds }) => Object.values(microseconds)));
    const plots = rules.map((rule) => ({
      title: ruleLabels[rule]!,
      plot: racePlot(
        shapes.filter((shape) => shape.rule === rule),
        domain,
      ),
    }));
    parts.push(...row(plots, bottom, raceHeight).map(panelSvg));
    bottom += raceHeight;
    const present = implementationNames.filter((name) => shapes.some(({ microseconds }) => name in microseconds));
    const entries = present.map((name) => ({ sign: dotSign(name), label: implementationLabels[name] }));
    parts.push(legend(entries, bottom));
    bottom += legendHeight + edge;
  }
  if (growth) {
    const plots = growthPanels(growth).map(({ title, points, variable }) => ({
      title,
      plot: growthPlot(points, variable),
    }));
    parts.push(...row(plots, bottom, growthHeight).map(panelSvg));
    bottom += growthHeight;
    const entries = Object.keys(ruleLines).map((rule) => ({ sign: lineSign(rule), label: ruleLabels[rule]! }));
    parts.push(legend(entries, bottom));
    bottom += legendHeight;
  }
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${bottom}" viewBox="0 0 ${width} ${bottom}" role="img" aria-labelledby="title" font-family="${fontFamily}" font-size="${fontSize}" color="${inkColour}" fill="currentColor">
<title id="title">Microseconds that learning one sample takes: apical, plain JavaScript, C++, NumPy and PyTorch; and how apical's grow</title>
<rect width="${width}" height="${bottom}" fill="${backgroundColour}"/>
${parts.join('\n')}
</svg>
`;
}

/** The times of those with whom apical can be compared. */
function fairOnly(report: BenchReport, { microseconds }: ShapeResult): ShapeResult['microseconds'] {
  return Object.fromEntries(
    implementationNames
      .filter((name) => name in microseconds && isFair(report, name))
      .map((name) => [name, microseconds[name]]),
  );
}

interface GrowthPanel {
  readonly title: string;
  readonly points: readonly GrowthPoint[];
  readonly variable: Variable;
}

function growthPanels({ hidden, inputs, zeros }: NonNullable<BenchReport['growth']>): GrowthPanel[] {
  return [
    { title: 'm = 784, ReLU', points: hidden, variable: { key: 'k', label: 'hidden units k' } },
    { title: 'k = 8, linear, dense', points: inputs, variable: { key: 'm', label: 'inputs m' } },
    {
      title: '784 × 64, ReLU',
      points: zeros.filter(({ k }) => k === 64),
      variable: { key: 'zeros', label: 'inputs that are zero' },
    },
  ];
}

/** Panels side by side over the whole width. */
function row(plots: readonly Pick<Panel, 'title' | 'plot'>[], y: number, height: number): Panel[] {
  const each = width / plots.length;
  return plots.map((panel, i) => ({ ...panel, x: i * each, y, width: each, height }));
}

interface LegendEntry {
  /** SVG elements around the origin. */
  readonly sign: string;
  readonly label: string;
}

/** About how wide a letter is, and a sign with the space around it. */
const letterWidth = 6.4;
const signWidth = 46;

/** Entries in a line, in the middle of the figure. */
function legend(entries: readonly LegendEntry[], y: number): string {
  const widths = entries.map(({ label }) => signWidth + letterWidth * label.length);
  let x = (width - widths.reduce((sum, each) => sum + each, 0)) / 2;
  const placed = entries.map(({ sign, label }, i) => {
    const entry = `<g transform="translate(${x + 22},${y + 15})">${sign}<text x="18" y="4.5">${label}</text></g>`;
    x += widths[i]!;
    return entry;
  });
  return `<g>${placed.join('\n')}</g>`;
}

/** The outlines of the symbols, as large as they are in the panels. */
const outlines: Readonly<Record<string, string>> = {
  circle: 'M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0Z',
  square: 'M-4,-4h8v8h-8Z',
  diamond: 'M0,-6.2L3.6,0L0,6.2L-3.6,0Z',
  triangle: 'M0,-6L5.2,3L-5.2,3Z',
  star: 'M0,-6.3L1.4,-1.9L6,-1.9L2.3,0.7L3.7,5.1L0,2.4L-3.7,5.1L-2.3,0.7L-6,-1.9L-1.4,-1.9Z',
};

function dotSign(name: (typeof implementationNames)[number]): string {
  const { colour, symbol, hollow } = signs[name];
  const paint = hollow ? `fill="${backgroundColour}" stroke="${colour}" stroke-width="1.5"` : `fill="${colour}"`;
  return `<path d="${outlines[symbol]}" ${paint}/>`;
}

function lineSign(rule: string): string {
  const { colour, dash } = ruleLines[rule]!;
  const dashed = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
  return `<path d="M-12,0H12" stroke="${colour}" stroke-width="2"${dashed}/>`;
}
