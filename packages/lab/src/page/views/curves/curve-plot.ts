import uPlot from 'uplot';
import { formatCount, formatObjective } from '../format.ts';
import type { Curve, Level } from './curve.ts';
import { dashOf, levelDash, lineImage, ringImage } from './dashes.ts';
import { divergenceMark } from './divergence.ts';
import { isolatedPoints } from './isolated-points.ts';
import { decimalsOf, logarithmicTicks, powerWords, roundTicks, tickWords, valueWords } from './ticks.ts';
import { type ValueRange, valueRange } from './value-range.ts';

interface Shown {
  readonly curves: readonly Curve[];
  readonly level: Level | undefined;
  readonly logarithmic: boolean;
  readonly values: readonly ReadonlyMap<number, number | null>[];
}

/** The plot of curves on a logarithmic time axis. */
export class CurvePlot {
  readonly #place: HTMLElement;
  readonly #observer: ResizeObserver;
  #plot: uPlot | undefined;
  #key = '';
  /** What is drawn, and what was measured of each curve after so many samples. */
  #shown: Shown = { curves: [], level: undefined, logarithmic: false, values: [] };
  /** The samples between which it is drawn. */
  #view: readonly [number, number] | undefined;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(place);
  }

  /** Shows these curves; the plot is made anew where there are others than before, or other colours. */
  show(curves: readonly Curve[], level: Level | undefined, theme: string, logarithmic = false): void {
    const end = axisEnd(curves);
    this.#shown = { curves, level, logarithmic, values: curves.map(({ points }) => new Map(points)) };
    const { isLogarithmic, ...range } = this.#range();
    const looks = curves.map(({ label, kind, colour, dash }) => [label, kind, colour, dash]);
    const key = JSON.stringify([theme, level, end, isLogarithmic, looks]);
    const line = level && [
      [1, end],
      [height(level.value, isLogarithmic), height(level.value, isLogarithmic)],
    ];
    const tables = [...curves.map((curve) => table(curve, range, isLogarithmic)), ...(line ? [line] : [])];
    const data = tables.length > 0 ? uPlot.join(tables as uPlot.AlignedData[]) : ([[1, end]] as uPlot.AlignedData);
    if (key === this.#key && this.#plot) {
      this.#setData(this.#plot, data, end);
    } else {
      this.#key = key;
      this.#plot?.destroy();
      this.#view = undefined;
      this.#plot = new uPlot(this.#options(curves, level, end, isLogarithmic), data, this.#place);
    }
    // What is drawn is drawn before that; it would be taken back.
    queueMicrotask(() => this.#showLast(curves));
  }

  /** What was zoomed into stays. */
  #setData(plot: uPlot, data: uPlot.AlignedData, end: number): void {
    const { min = 1, max = end } = plot.scales.x ?? {};
    const zoomed = min > 1 || max < end;
    plot.setData(data, !zoomed);
    if (zoomed) plot.setScale('x', { min, max });
  }

  /** Where nothing is pointed at, the legend says the last values: of each curve its own. */
  #showLast(curves: readonly Curve[]): void {
    const plot = this.#plot;
    if (!plot || (plot.cursor.left ?? -1) >= 0) return;
    const place = (samples: number | undefined) => (samples === undefined ? null : plot.data[0].indexOf(samples));
    const lasts = curves.map(({ points }) => points.findLast(([, value]) => value !== null)?.[0]);
    const last = curves.findLastIndex(({ kind }) => kind === 'live');
    const idx = place(lasts[last]);
    if (idx === null) return;
    plot.setLegend({ idxs: [idx, ...lasts.map(place), ...(this.#shown.level ? [idx] : [])] } as { idxs: number[] });
  }

  #range(): ValueRange {
    const { curves, level, logarithmic } = this.#shown;
    return valueRange(curves, level, logarithmic, this.#view);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#plot?.destroy();
  }

  #resize(): void {
    const { clientWidth: width } = this.#place;
    if (width > 0) this.#plot?.setSize({ width, height: heightFor(width) });
  }

  #options(curves: readonly Curve[], level: Level | undefined, end: number, isLogarithmic: boolean): uPlot.Options {
    const style = getComputedStyle(this.#place);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const thin = { stroke: colour('line'), width: 1 };
    const axis = { stroke: colour('muted'), grid: thin, ticks: thin, font: '12px system-ui, sans-serif' };
    const width = this.#place.clientWidth || 600;
    return {
      width,
      height: heightFor(width),
      scales: {
        x: {
          time: false,
          distr: 3,
          range: (plot, low, high) => {
            this.#view = isAll(plot, low, high) ? [1, end] : [low, high];
            return [...this.#view] as [number, number];
          },
        },
        y: {
          range: () => {
            const { low, high } = this.#range();
            return [height(low, isLogarithmic), height(high, isLogarithmic)];
          },
        },
      },
      axes: [
        {
          ...axis,
          splits: (_plot, _axis, low, high) => [...logarithmicTicks(low, high).lines],
          filter: (_, lines) => lines,
          values: ({ scales: { x } }, lines) => {
            const { labelled } = logarithmicTicks(x?.min ?? 1, x?.max ?? end);
            const decimals = decimalsOf([...labelled]);
            return lines.map((value) => (labelled.has(value) ? tickWords(value, decimals) : null));
          },
        },
        {
          ...axis,
          size: (_, words) => Math.max(58, 16 + 8 * Math.max(0, ...(words ?? []).map((each) => each?.length ?? 0))),
          splits: (_plot, _axis, low, high) =>
            isLogarithmic ? logarithmicTicks(10 ** low, 10 ** high).lines.map(Math.log10) : roundTicks(low, high),
          filter: (_, lines) => lines,
          values: ({ scales: { y } }, lines) => {
            if (!isLogarithmic) return valueWords(lines);
            const { lines: values, labelled } = logarithmicTicks(10 ** (y?.min ?? 0), 10 ** (y?.max ?? 1));
            return powerWords(values, labelled).map((words) => words ?? null);
          },
        },
      ],
      series: [
        { label: 'samples', value: (_, value) => (value === null ? '–' : formatCount(value)) },
        ...curves.map((curve, i) => ({
          ...series(curve, colour),
          value: (plot: uPlot, _: number | null, _series: number, idx: number | null) => this.#words(plot, i, idx),
        })),
        ...(level ? [levelSeries(level, colour('muted'))] : []),
      ],
      legend: { markers: { width: 0, fill: (_, i) => swatch(curves[i - 1], colour) } },
      cursor: { drag: { x: true, y: false } },
      hooks: { draw: [(plot) => this.#markDiverged(plot, colour)] },
    };
  }

  /** What was measured of a curve, and after how many samples where that is not after those pointed at. */
  #words(plot: uPlot, i: number, idx: number | null): string {
    const samples = idx === null ? undefined : plot.data[0][idx];
    const value = samples === undefined ? undefined : this.#shown.values[i]?.get(samples);
    if (samples === undefined || value === undefined || value === null) return '–';
    const own = plot.legend.idxs?.[0] === idx ? '' : ` (at ${formatCount(samples)})`;
    return `${formatObjective(value)}${own}`;
  }

  /** Where curves leave the plot to infinity. */
  #markDiverged(plot: uPlot, colour: (name: string) => string): void {
    const { ctx, bbox } = plot;
    const { isLogarithmic } = this.#range();
    ctx.save();
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.setLineDash([]);
    let line = 0;
    for (const curve of this.#shown.curves) {
      const mark = divergenceMark(curve, isLogarithmic);
      if (!mark) continue;
      const x = plot.valToPos(mark[0], 'x', true);
      const y = Math.max(bbox.top + 6 * devicePixelRatio, plot.valToPos(height(mark[1], isLogarithmic), 'y', true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      const words = 'diverged';
      const fits = x + 70 * devicePixelRatio < bbox.left + bbox.width;
      ctx.fillStyle = ctx.strokeStyle = colour(curve.colour);
      ctx.lineWidth = 2 * devicePixelRatio;
      const arm = 4 * devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x - arm, y - arm);
      ctx.lineTo(x + arm, y + arm);
      ctx.moveTo(x + arm, y - arm);
      ctx.lineTo(x - arm, y + arm);
      ctx.stroke();
      ctx.textAlign = fits ? 'left' : 'right';
      ctx.textBaseline = 'top';
      ctx.fillText(words, x + (fits ? 8 : -8) * devicePixelRatio, y - arm + 15 * devicePixelRatio * line);
      line++;
    }
    ctx.restore();
  }
}

function series({ label, kind, ...curve }: Curve, colour: (name: string) => string): uPlot.Series {
  const shared: uPlot.Series = { label, stroke: colour(curve.colour) };
  if (kind === 'paper') {
    const points = { show: true, size: 8, width: 1.5, fill: colour('surface') };
    return { ...shared, width: 0, points, paths: () => null };
  }
  const points: uPlot.Series.Points = {
    show: ({ data }, i) => isolatedPoints(data[i] ?? []).length > 0,
    filter: ({ data }, i) => isolatedPoints(data[i] ?? []),
    size: 7,
    fill: colour(curve.colour),
  };
  return { ...shared, width: kind === 'kept' ? 1.5 : 2, dash: [...dashOf({ kind, ...curve })], points };
}

/** How a curve is shown in the legend, as a background: a piece of its line, or a point of the paper. Undefined is the level. */
function swatch(curve: Curve | undefined, colour: (name: string) => string): string {
  if (curve?.kind === 'paper') return ringImage(colour(curve.colour), colour('surface'));
  return lineImage(colour(curve?.colour ?? 'muted'), curve ? dashOf(curve) : levelDash);
}

function levelSeries({ value, words }: Level, stroke: string): uPlot.Series {
  const line = { stroke, width: 1.5, dash: [...levelDash], points: { show: false } };
  return { ...line, label: words, value: () => formatObjective(value) };
}

/** Whether the range is that of all data: nothing was zoomed into. */
function isAll({ data: [samples] }: uPlot, low: number, high: number): boolean {
  return low === samples[0] && high === samples.at(-1);
}

/** The last power of ten that the axis reaches. */
export function axisEnd(curves: readonly Curve[]): number {
  const last = Math.max(10, ...curves.flatMap(({ points }) => points.at(-1)?.[0] ?? 1));
  return 10 ** Math.ceil(Math.log10(last));
}

/** The points of a curve to draw. What is far beyond the axis is drawn where a canvas can still draw it. */
function table({ points }: Curve, { low, high }: { low: number; high: number }, isLogarithmic: boolean) {
  const most = isLogarithmic ? Number.MAX_VALUE : high + 20 * (high - low);
  const at = (value: number | null) => (value === null ? null : height(Math.min(value, most), isLogarithmic));
  return [points.map(([samples]) => samples), points.map(([, value]) => at(value))];
}

/** Where a value is drawn. The plot is given logarithms, for an axis of its own has no room for as many powers of ten as may be. */
function height(value: number, isLogarithmic: boolean): number {
  return isLogarithmic ? Math.log10(value) : value;
}

function heightFor(width: number): number {
  return Math.round(Math.min(340, Math.max(230, 0.5 * width)));
}
