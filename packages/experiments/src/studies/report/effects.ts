import * as Plot from '@observablehq/plot';
import { methodStyles } from '../../report/chart-style.ts';
import { rangeOf } from '../../report/group-charts.ts';
import { legendList, pointSwatch } from '../../report/legend.ts';
import type { Markup } from '../../report/markup.ts';
import { comparable } from '../ranked.ts';
import type { StudyResults } from '../results.ts';
import type { Axis } from '../study.ts';
import { divergedColour, numbersOf, numericScaleOf, placed, rotated, tickText } from './axis-scale.ts';
import { plotSvg } from './plot-svg.ts';

const size = { width: 450, height: 300, marginTop: 16, marginRight: 20, marginBottom: 56, marginLeft: 84 };
const { bmvr: style } = methodStyles;

/** The objective of every comparable trial against its value on one axis, mean ± sd over the seeds; what has no value stands at the edge. */
export function effectPlot({ study, trials }: StudyResults, axis: Axis): Markup {
  const { metric, goal } = study.objective;
  const all = comparable(trials).flatMap(({ trial, mean, sd }) => {
    const value = trial.settings[axis.name];
    if (value === undefined) return [];
    const spread = Number.isFinite(sd) ? sd : 0;
    return [{ x: placed(value), mean, low: mean - spread, high: mean + spread }];
  });
  const alive = all.filter(({ mean }) => Number.isFinite(mean));
  const [low, high] = rangeOf(
    alive.map((point) => ({ ...point, x: 0 })),
    [],
  );
  const lost = all.filter(({ mean }) => !Number.isFinite(mean));
  const place = { x: 'x', y: 'mean' } as const;
  const numbers = numbersOf(axis);
  const axisLabel = { label: axis.name, ...centred, labelOffset: 48 };
  return plotSvg(`${metric} against ${axis.name}`, {
    ...size,
    x: { ...numericScaleOf(axis), ...rotated(axis), ...axisLabel, inset: 8, ...(numbers && { axis: null }) },
    y: { label: metric, domain: [low, high], clamp: true, ...centred, labelOffset: 76 },
    marks: [
      Plot.gridY({ strokeOpacity: 0.15 }),
      // Of a logarithmic axis some would have no label.
      ...(numbers ? [Plot.axisX(numbers, { text: tickText, ...rotated(axis), ...axisLabel })] : []),
      Plot.ruleX(alive, { x: 'x', y1: 'low', y2: 'high', stroke: style.colour, strokeWidth: 1.5 }),
      Plot.dot(alive, { ...place, fill: style.colour, r: 3.5 }),
      Plot.dot(lost, { x: 'x', y: () => (goal === 'max' ? low : high), symbol: 'times', stroke: divergedColour, r: 4 }),
    ],
  });
}

/** What the signs of such plots mean. */
export function effectLegend(): Markup {
  const cross = `<path d="M16,4L24,12M24,4L16,12" stroke="${divergedColour}" stroke-width="1.5"/>`;
  return legendList([
    { swatch: pointSwatch(style), label: 'a setting: mean ± standard deviation over its seeds' },
    { swatch: cross, label: 'a run of it diverged, or was not measured' },
  ]);
}

const centred = { labelAnchor: 'center', labelArrow: 'none' } as const;
