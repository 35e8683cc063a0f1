import uPlot from 'uplot';
import { formatCount, formatObjective } from '../format.ts';
import type { Curve, Level } from './curve.ts';
import { dashOf } from './dashes.ts';
import { logarithmicTicks, tickWords } from './ticks.ts';

/** The plot of curves on a logarithmic time axis. */
export class CurvePlot {
  readonly #place: HTMLElement;
  readonly #observer: ResizeObserver;
  #plot: uPlot | undefined;
  #key = '';

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(place);
  }

  /** Shows these curves; the plot is made anew where there are others than before, or other colours. */
  show(curves: readonly Curve[], level: Level | undefined, theme: string): void {
    const end = axisEnd(curves);
    const key = JSON.stringify([theme, level, end, curves.map(({ label, kind, colour }) => [label, kind, colour])]);
    const line =
      level === undefined
        ? []
        : ([
            [1, level.value],
            [end, level.value],
          ] as const);
    const tables = [...curves.map(({ points }) => table(points)), ...(level ? [table(line)] : [])];
    const data = tables.length > 0 ? uPlot.join(tables) : ([[1, end]] as uPlot.AlignedData);
    if (key === this.#key && this.#plot) {
      this.#setData(this.#plot, data, end);
    } else {
      this.#key = key;
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(curves, level, end), data, this.#place);
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

  /** Where nothing is pointed at, the legend says the last values. */
  #showLast(curves: readonly Curve[]): void {
    const plot = this.#plot;
    if (!plot || (plot.cursor.left ?? -1) >= 0) return;
    const last = curves.findLast(({ kind }) => kind === 'live')?.points.at(-1)?.[0];
    const idx = last === undefined ? -1 : plot.data[0].indexOf(last);
    if (idx >= 0) plot.setLegend({ idx });
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#plot?.destroy();
  }

  #resize(): void {
    const { clientWidth: width } = this.#place;
    if (width > 0) this.#plot?.setSize({ width, height: heightFor(width) });
  }

  #options(curves: readonly Curve[], level: Level | undefined, end: number): uPlot.Options {
    const style = getComputedStyle(this.#place);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const thin = { stroke: colour('line'), width: 1 };
    const axis = { stroke: colour('muted'), grid: thin, ticks: thin, font: '12px system-ui, sans-serif' };
    const width = this.#place.clientWidth || 600;
    return {
      width,
      height: heightFor(width),
      scales: {
        x: { time: false, distr: 3, range: (plot, low, high) => (isAll(plot, low, high) ? [1, end] : [low, high]) },
        y: { range: (_, low, high) => padded(low, high) },
      },
      axes: [
        {
          ...axis,
          splits: (_plot, _axis, low, high) => [...logarithmicTicks(low, high).lines],
          filter: (_, lines) => lines,
          values: ({ scales: { x } }, lines) => {
            const { labelled } = logarithmicTicks(x?.min ?? 1, x?.max ?? end);
            return lines.map((value) => (labelled.has(value) ? tickWords(value) : null));
          },
        },
        { ...axis, size: 58 },
      ],
      series: [
        { label: 'samples', value: (_, value) => (value === null ? '–' : formatCount(value)) },
        ...curves.map((curve) => series(curve, colour)),
        ...(level ? [levelSeries(level, colour('muted'))] : []),
      ],
      legend: { markers: { dash: (_, i) => borderStyle(curves[i - 1]) } },
      cursor: { drag: { x: true, y: false } },
    };
  }
}

function series({ label, kind, ...curve }: Curve, colour: (name: string) => string): uPlot.Series {
  const shared: uPlot.Series = {
    label,
    stroke: colour(curve.colour),
    spanGaps: true,
    value: (_, value) => (value === null ? '–' : formatObjective(value)),
  };
  if (kind === 'paper') {
    const points = { show: true, size: 8, width: 1.5, fill: colour('surface') };
    return { ...shared, width: 0, points, paths: () => null };
  }
  const points: uPlot.Series.Points = { show: isSinglePoint, size: 7, fill: colour(curve.colour) };
  return { ...shared, width: kind === 'kept' ? 1.2 : 2, dash: [...dashOf({ kind, ...curve })], points };
}

/** A line of a single point is none: the point is drawn. */
function isSinglePoint({ data }: uPlot, i: number): boolean {
  return Array.from(data[i] ?? []).filter((value) => value !== null && value !== undefined).length === 1;
}

/** How a curve's line is shown in the legend; undefined is the level. */
function borderStyle(curve: Curve | undefined): string {
  if (curve?.kind === 'kept') return 'dotted';
  return curve === undefined || (curve.kind !== 'paper' && dashOf(curve).length > 0) ? 'dashed' : 'solid';
}

function levelSeries({ value, words }: Level, stroke: string): uPlot.Series {
  const line = { stroke, width: 1.5, dash: [6, 4], spanGaps: true, points: { show: false } };
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

function table(points: readonly (readonly [number, number])[]): uPlot.AlignedData {
  return [points.map(([samples]) => samples), points.map(([, value]) => value)];
}

function heightFor(width: number): number {
  return Math.round(Math.min(340, Math.max(230, 0.5 * width)));
}

/** Room above and below; a single value has a scale by its size. */
function padded(low: number, high: number): [number, number] {
  const margin = low === high ? 0.1 * (Math.abs(low) || 1) : 0.05 * (high - low);
  return [low - margin, high + margin];
}
