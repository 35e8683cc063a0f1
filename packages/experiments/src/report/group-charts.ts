import { type Clock, clockOfRun } from '../config/clock-of-run.ts';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import type { Curve, RunGroup } from '../runs/group.ts';
import { unitOfReading } from '../runs/readings-in-time.ts';
import { type SeriesStyle, seriesStyle } from './chart-style.ts';
import { curveSwatch, type LegendEntry } from './legend.ts';
import type { ChartPoint, ChartRule, LineChart } from './line-chart.ts';

/** Runs that differ in their seeds alone, as a series of charts. */
export interface LabelledGroup {
  readonly label: string;
  /** All of them, where all were evaluated. */
  readonly group: RunGroup;
  /** Those that were evaluated after the same samples, where not all were: a curve each. */
  readonly parts?: readonly RunGroup[];
}

/** How a reading is drawn. */
export interface Reading {
  /** Its name among the curves of a group. */
  readonly name: string;
  /** What the axis says. */
  readonly label: string;
  /** Of which groups it is, where not of all. */
  readonly of?: (group: RunGroup) => boolean;
  /** What its values are multiplied by. */
  readonly factor?: number;
  readonly rules?: readonly ChartRule[];
  /** The range of the axis where it is not that of the curves. */
  readonly domain?: readonly [number, number];
  /** Whether the axis is logarithmic where all values are positive. */
  readonly logarithmic?: boolean;
}

/** How far above the lowest value an axis reaches, in distances of the median from it. */
const explosion = 20;

/** A chart of one reading of some groups; undefined where none has it. */
export function readingChart(
  groups: readonly LabelledGroup[],
  { name, label, of = () => true, factor = 1, rules = [], domain, logarithmic = false }: Reading,
): LineChart | undefined {
  const unit = timeUnit(groups, name);
  const series = groups.flatMap(({ group, parts = [group] }, index) =>
    parts.map(({ config, samples, curves }) => {
      const clock = unit === undefined ? undefined : clockOfRun(config);
      const places = clock ? samples.map(clock.time) : samples;
      return { style: styleOf(index), curve: pointsOf(places, of(group) ? curves[name] : undefined, factor) };
    }),
  );
  const points = series.flatMap(({ curve }) => curve);
  if (points.length === 0) return undefined;
  const places = points.map((point) => point.x);
  const x: LineChart['x'] = unit
    ? { label: `time, ${unit}`, domain: [0, 1.02 * Math.max(...places)], linear: true }
    : { label: 'samples seen', domain: decades(places) };
  const drawn = series.filter(({ curve }) => curve.length > 0);
  const means = points.map(({ mean }) => mean);
  if (!logarithmic || !means.every((mean) => mean > 0)) {
    return { x, y: { label, domain: domain ?? rangeOf(points, rules) }, series: drawn, rules };
  }
  const range = domain ?? decades(means);
  return {
    x,
    y: { label, domain: range, logarithmic },
    series: drawn.map(({ style, curve }) => ({ style, curve: curve.map((point) => above(point, range[0])) })),
    rules,
  };
}

/** What time is in, where all groups that have a reading are in time, and by the same unit. */
export function timeUnit(groups: readonly LabelledGroup[], name: string): Clock['unit'] | undefined {
  return common(groups, name, (config) => clockOfRun(config)?.unit);
}

/** What a reading is in, where all groups that have it have it in the same. */
export function readingUnit(groups: readonly LabelledGroup[], name: string): string | undefined {
  return common(groups, name, (config) => unitOfReading(ruleOf(config), config, name));
}

/** What is the same of the configs of all groups that have a reading. */
function common<Value>(
  groups: readonly LabelledGroup[],
  name: string,
  told: (config: RunConfig) => Value,
): Value | undefined {
  const measured = groups.filter(({ group }) => Object.hasOwn(group.curves, name));
  const [value, ...others] = new Set(measured.map(({ group }) => told(group.config)));
  return others.length === 0 ? value : undefined;
}

/** A band that goes down to zero or below ends at the edge of a logarithmic axis. */
function above(point: ChartPoint, least: number): ChartPoint {
  return { ...point, low: Math.max(point.low, least) };
}

/** One entry a group. */
export function groupLegend(groups: readonly LabelledGroup[]): LegendEntry[] {
  return groups.map(({ label, group: { seeds }, parts }, index) => ({
    swatch: curveSwatch(styleOf(index)),
    label: parts
      ? `${label}: ${parts.map(partWords).join('; ')}`
      : `${label}${seeds.length > 1 ? `: ${meanWords(seeds)}` : ''}`,
  }));
}

function meanWords(seeds: readonly number[]): string {
  return `mean ± sd of ${seeds.length} seeds`;
}

function partWords({ seeds }: RunGroup): string {
  const numbers = seeds.join(', ');
  return seeds.length > 1 ? `${meanWords(seeds)} (${numbers})` : `seed ${numbers}`;
}

export function styleOf(index: number): SeriesStyle {
  return seriesStyle(index);
}

/** Mean and band of a curve, where it has values. */
export function pointsOf(samples: readonly number[], curve: Curve | undefined, factor = 1): ChartPoint[] {
  return samples.flatMap((x, point) => {
    const mean = curve?.mean[point] ?? null;
    if (mean === null) return [];
    const sd = curve?.sd[point] ?? 0;
    return [{ x, mean: factor * mean, low: factor * (mean - sd), high: factor * (mean + sd) }];
  });
}

/** Whole powers of ten around all values. */
function decades(values: readonly number[]): [number, number] {
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = 10 ** Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  return [low, Math.max(high, 10 * low)];
}

/**
 * A range with all lines and values, and some room; values far above the others, as of a run about to diverge, are left out, and drawn
 * along the edge.
 */
export function rangeOf(points: readonly ChartPoint[], rules: readonly ChartRule[]): [number, number] {
  const values = points.flatMap(({ low, high }) => [low, high]).toSorted((a, b) => a - b);
  const lines = rules.map(({ at }) => at);
  const least = values[0] ?? 0;
  const median = values[Math.floor(values.length / 2)] ?? least;
  // Where half of them are the lowest, they say nothing of how far the others may lie.
  const spread = median > least ? explosion * (median - least) : Number.POSITIVE_INFINITY;
  const most = Math.min(values.at(-1) ?? least, least + spread);
  const [low, high] = [Math.min(least, ...lines), Math.max(most, ...lines)];
  const room = (high - low || Math.abs(high) || 1) / 20;
  return [low - room, high + room];
}
