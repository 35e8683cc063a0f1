import * as Plot from '@observablehq/plot';
import type { ImplementationName } from '../race/implementations.ts';
import { implementationNames } from '../race/implementations.ts';
import type { ShapeResult } from '../race/race.ts';
import { powersOfTen } from './decades.ts';
import { backgroundColour, faintColour, gridColour, signs } from './style.ts';

interface Point {
  readonly label: string;
  readonly name: ImplementationName;
  readonly microseconds: number;
}

/** One row a shape, one point an implementation, on a logarithmic axis from `domain[0]` to `domain[1]` microseconds. */
export function racePlot(shapes: readonly ShapeResult[], domain: readonly [number, number]): Plot.PlotOptions {
  const points = shapes.flatMap(pointsOf);
  return {
    marginLeft: 124,
    marginRight: 30,
    marginBottom: 44,
    marginTop: 6,
    x: { type: 'log', domain: [...domain] },
    y: { type: 'point', domain: shapes.map(labelOf), padding: 0.5 },
    marks: [
      Plot.gridX({ ticks: powersOfTen(domain), stroke: gridColour, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: powersOfTen(domain),
        tickFormat: (value: number) => `${value}`,
        tickSize: 4,
        label: 'microseconds a sample',
        labelAnchor: 'center',
        labelArrow: 'none',
        labelOffset: 38,
      }),
      Plot.axisY({ tickSize: 0, label: null }),
      Plot.ruleY(shapes, {
        y: labelOf,
        x1: ({ microseconds }: ShapeResult) => Math.min(...Object.values(microseconds)),
        x2: ({ microseconds }: ShapeResult) => Math.max(...Object.values(microseconds)),
        stroke: faintColour,
      }),
      ...implementationNames.toReversed().map((name) => dots(points, name)),
    ],
  };
}

function dots(points: readonly Point[], name: ImplementationName): Plot.Markish {
  const { colour, symbol, hollow } = signs[name];
  return Plot.dot(
    points.filter((point) => point.name === name),
    {
      x: 'microseconds',
      y: 'label',
      symbol: symbol as Plot.SymbolType,
      r: name === 'apical' ? 6 : 4.5,
      fill: hollow ? backgroundColour : colour,
      stroke: hollow ? colour : backgroundColour,
      strokeWidth: hollow ? 1.5 : 0.75,
    },
  );
}

function pointsOf(shape: ShapeResult): Point[] {
  return implementationNames.flatMap((name) => {
    const microseconds = shape.microseconds[name];
    return microseconds === undefined ? [] : [{ label: labelOf(shape), name, microseconds }];
  });
}

function labelOf({ m, k, activation }: ShapeResult): string {
  return `${m} × ${k} ${activation === 'linear' ? 'linear' : 'ReLU'}`;
}
