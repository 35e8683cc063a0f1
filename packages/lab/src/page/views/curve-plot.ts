import type { Method } from '@apical/experiments';
import uPlot from 'uplot';
import { formatCount, formatObjective, formatShort } from './format.ts';

/** A curve in the plot. */
export interface Curve {
  readonly label: string;
  readonly method: Method;
  readonly kind: 'line' | 'points' | 'kept';
  readonly points: readonly (readonly [samples: number, value: number])[];
}

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
  show(curves: readonly Curve[], optimum: number | undefined, theme: string): void {
    const key = JSON.stringify([theme, optimum, curves.map(({ label, kind }) => [label, kind])]);
    const data = uPlot.join([
      ...curves.map(({ points }) => table(points)),
      table(
        optimum === undefined
          ? []
          : [
              [1, optimum],
              [1e8, optimum],
            ],
      ),
    ]);
    if (key === this.#key && this.#plot) {
      this.#plot.setData(data);
      return;
    }
    this.#key = key;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(curves, optimum), data, this.#place);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#plot?.destroy();
  }

  #resize(): void {
    const { clientWidth: width } = this.#place;
    if (width > 0) this.#plot?.setSize({ width, height: heightFor(width) });
  }

  #options(curves: readonly Curve[], optimum: number | undefined): uPlot.Options {
    const style = getComputedStyle(this.#place);
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
    const axis = {
      stroke: colour('muted'),
      grid: { stroke: colour('line'), width: 1 },
      ticks: { stroke: colour('line'), width: 1 },
      font: '12px system-ui, sans-serif',
    };
    const width = this.#place.clientWidth || 600;
    const span = Math.max(10, ...curves.flatMap(({ points }) => points.map(([samples]) => samples)));
    return {
      width,
      height: heightFor(width),
      scales: {
        x: { time: false, distr: 3, range: [1, 10 ** Math.ceil(Math.log10(span))] },
        y: { range: (_, low, high) => padded(low, high) },
      },
      axes: [
        {
          ...axis,
          values: (_, values) =>
            values.map((value) => (value === null ? null : /^1/.test(String(value)) ? formatShort(value) : '')),
        },
        { ...axis, size: 56 },
      ],
      series: [
        { label: 'samples', value: (_, value) => (value === null ? '–' : formatCount(value)) },
        ...curves.map(
          ({ label, method, kind }): uPlot.Series => ({
            label,
            stroke: colour(method),
            width: kind === 'points' ? 0 : 2,
            spanGaps: true,
            points: kind === 'points' ? { show: true, size: 8, width: 1.5, fill: colour('surface') } : { show: false },
            ...(kind === 'points' && { paths: () => null }),
            value: (_, value) => (value === null ? '–' : formatObjective(value)),
          }),
        ),
        {
          label: 'optimum',
          stroke: colour('muted'),
          width: 1.5,
          dash: [6, 4],
          spanGaps: true,
          points: { show: false },
          value: () => formatObjective(optimum),
        },
      ],
      cursor: { drag: { x: true, y: false } },
      legend: { live: true },
    };
  }
}

function table(points: readonly (readonly [number, number])[]): uPlot.AlignedData {
  return [points.map(([samples]) => samples), points.map(([, value]) => value)];
}

function heightFor(width: number): number {
  return Math.round(Math.min(380, Math.max(230, 0.55 * width)));
}

function padded(low: number, high: number): [number, number] {
  const margin = 0.05 * (high - low || 0.1);
  return [low - margin, high + margin];
}
