import * as Plot from '@observablehq/plot';
import type { Markup } from '../../report/markup.ts';
import { comparable } from '../ranked.ts';
import type { StudyResults, TrialResult } from '../results.ts';
import type { Axis } from '../study.ts';
import { divergedColour, placed, rotated, scaleOf } from './axis-scale.ts';
import { plotSvg } from './plot-svg.ts';

const size = { width: 450, height: 360, marginTop: 12, marginRight: 20, marginBottom: 56, marginLeft: 84 };
const markColour = '#d55e00';

/** Of all settings with these values on two axes, the best. */
interface Cell {
  readonly x: unknown;
  readonly y: unknown;
  readonly mean: number;
}

/**
 * The objective over two axes: in each place the best mean of all comparable trials there, whatever the other axes. Grey: none
 * has a value.
 * Rings: the marked settings, at the nearest place.
 */
export function heatMap({ study, trials }: StudyResults, x: Axis, y: Axis): Markup {
  const cells = bestCells(comparable(trials), x, y);
  const alive = cells.filter(({ mean }) => !Number.isNaN(mean));
  const isGrid = [x, y].every(({ scale }) => scale.kind === 'values');
  const marks = study.marked.map(({ settings }) => ({
    x: nearest(x, settings[x.name]),
    y: nearest(y, settings[y.name]),
  }));
  const place = { x: 'x', y: 'y' } as const;
  const colours = colourScale(alive, study.objective.goal === 'max');
  const label = `${study.objective.metric} over ${x.name} and ${y.name}`;
  const common = {
    ...size,
    color: colours,
    x: {
      label: x.name,
      ...scaleOf(x, isGrid),
      ...rotated(x),
      labelAnchor: 'center' as const,
      labelArrow: 'none' as const,
      labelOffset: 48,
    },
    y: {
      label: y.name,
      ...scaleOf(y, isGrid),
      // Bands run down unless told otherwise; numbers are to run up.
      reverse: y.scale.kind === 'values',
      labelAnchor: 'center' as const,
      labelArrow: 'none' as const,
      labelOffset: 76,
    },
  };
  if (isGrid) {
    return plotSvg(label, {
      ...common,
      marks: [
        Plot.cell(cells, { ...place, fill: divergedColour, fillOpacity: 0.35, inset: 0.5 }),
        Plot.cell(alive, { ...place, fill: 'mean', inset: 0.5 }),
        Plot.cell(marks, { ...place, fill: 'none', stroke: markColour, strokeWidth: 2.5, inset: 1.5 }),
      ],
    });
  }
  return plotSvg(label, {
    ...common,
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      Plot.dot(cells, { ...place, symbol: 'times', stroke: divergedColour, r: 2.5 }),
      Plot.dot(alive, { ...place, fill: 'mean', r: 4 }),
      Plot.dot(marks, { ...place, stroke: markColour, strokeWidth: 2.5, r: 7 }),
    ],
  });
}

/** What a heat map shows, in words: the best mean, or why there is none. */
export function heatMapNote({ study, trials }: StudyResults, x: Axis, y: Axis): string {
  const cells = bestCells(comparable(trials), x, y);
  const means = cells.flatMap(({ mean }) => (Number.isNaN(mean) ? [] : [mean]));
  if (cells.length === 0) return 'no setting has both';
  if (means.length === 0) return 'none has a value';
  return `best ${(study.objective.goal === 'max' ? Math.max(...means) : Math.min(...means)).toPrecision(5)}`;
}

function bestCells(best: readonly TrialResult[], x: Axis, y: Axis): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { trial, mean } of best) {
    const cell = { x: trial.settings[x.name], y: trial.settings[y.name], mean };
    if (cell.x === undefined || cell.y === undefined || !within(x, cell.x) || !within(y, cell.y)) continue;
    const key = JSON.stringify([cell.x, cell.y]);
    if (!cells.has(key)) cells.set(key, { ...cell, x: placed(cell.x), y: placed(cell.y) });
  }
  return [...cells.values()];
}

/** Marked settings need not be on the grid. */
function within({ scale }: Axis, value: unknown): boolean {
  return scale.kind !== 'values' || scale.values.some((each) => each === value);
}

function colourScale(alive: readonly Cell[], isMax: boolean): Plot.ScaleOptions {
  const means = alive.map(({ mean }) => mean);
  const domain = means.length === 0 ? [0, 1] : rangeOf(means, isMax);
  return { type: 'linear', scheme: 'viridis', reverse: !isMax, domain, clamp: true };
}

function rangeOf(means: readonly number[], isMax: boolean): [number, number] {
  const sorted = [...means].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const [low, high] = isMax ? [at(0.25), at(1)] : [at(0), at(0.75)];
  return low < high ? [low, high] : [low - 1e-9, high + 1e-9];
}

/** The value of an axis that is nearest to this one, in ratio where all are above zero. */
function nearest({ scale }: Axis, value: unknown): unknown {
  if (scale.kind !== 'values' || typeof value !== 'number') return placed(value);
  const numbers = scale.values.filter((each) => typeof each === 'number');
  const isPositive = value > 0 && numbers.every((each) => each > 0);
  const distance = (each: number) => (isPositive ? Math.abs(Math.log(each / value)) : Math.abs(each - value));
  return numbers.reduce<number | undefined>(
    (best, each) => (best === undefined || distance(each) < distance(best) ? each : best),
    undefined,
  );
}
