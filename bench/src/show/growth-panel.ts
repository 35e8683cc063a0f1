import * as Plot from '@observablehq/plot';
import type { GrowthPoint } from '../parts/growth.ts';
import { decadesAround, powersOfTen } from './decades.ts';
import { percent } from './labels.ts';
import { backgroundColour, gridColour, ruleLines } from './style.ts';

/** What the cost grows with. */
export interface Variable {
  readonly key: 'k' | 'm' | 'zeros';
  readonly label: string;
}

/**
 * Microseconds a sample against a variable, a line a rule; both axes are logarithmic (the variable doubles from point to
 * point) but for the share of zeros.
 */
export function growthPlot(points: readonly GrowthPoint[], { key, label }: Variable): Plot.PlotOptions {
  const share = key === 'zeros';
  const values = [...new Set(points.map((point) => point[key]))].toSorted((a, b) => a - b);
  const times = decadesAround(points.map(({ microseconds }) => microseconds));
  const yTicks = share ? 5 : powersOfTen(times);
  return {
    marginLeft: 58,
    marginRight: 28,
    marginBottom: 44,
    marginTop: 8,
    x: share ? { type: 'linear', domain: [0, 1] } : { type: 'point', domain: values, padding: 0 },
    y: share ? { type: 'linear', zero: true } : { type: 'log', domain: [...times] },
    marks: [
      Plot.gridY({ ticks: yTicks, stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: share ? [0, 0.25, 0.5, 0.75, 1] : everySecond(values),
        tickFormat: (value: number) => (share ? percent(value) : `${value}`),
        tickSize: 4,
        label,
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 38,
      }),
      Plot.axisY({
        ticks: yTicks,
        tickFormat: (value: number) => `${Number(value.toPrecision(3))}`,
        tickSize: 0,
        label: 'µs a sample',
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 50,
      }),
      ...Object.entries(ruleLines).flatMap(([rule, { colour, dash }]) => {
        const line = points.filter((point) => point.rule === rule);
        return [
          Plot.lineY(line, {
            x: key,
            y: 'microseconds',
            stroke: colour,
            strokeWidth: 2,
            ...(dash !== undefined && { strokeDasharray: dash }),
          }),
          Plot.dot(line, { x: key, y: 'microseconds', fill: colour, stroke: backgroundColour, r: 3 }),
        ];
      }),
    ],
  };
}

/** The values; every second one where they are many. */
function everySecond(values: readonly number[]): number[] {
  return values.length > 7 ? values.filter((_, i) => i % 2 === 0) : [...values];
}
