import { type LabelledGroup, pointsOf, rangeOf, styleOf } from './group-charts.ts';
import type { LineChart } from './line-chart.ts';

/** What the probe `energy-steps` reads: the energy of all layers, or of one, after so many steps of settling. */
const reading = /^energy-steps\.(.*)\.step(\d+)$/;

/** Whether it is a reading of the energy after some steps, which are drawn against these. */
export function isEnergyStep(name: string): boolean {
  return reading.test(name);
}

/** A chart of the energy against steps of settling, where it was measured last. */
export interface EnergyChart {
  /** `total`, `layer1` */
  readonly part: string;
  readonly chart: LineChart;
}

/** One of all layers, and one of each. */
export function energyStepCharts(groups: readonly LabelledGroup[]): readonly EnergyChart[] {
  const read = groups.flatMap(({ group }) => Object.keys(group.curves).flatMap((name) => reading.exec(name) ?? []));
  const parts = new Set(read.flatMap((each, i) => (i % 3 === 1 ? [each] : [])));
  return [...parts].map((part) => {
    const series = groups.map(({ group }, index) => ({ style: styleOf(index), curve: lastCurve(group, part) }));
    const points = series.flatMap(({ curve }) => curve);
    const most = Math.max(1, ...points.map(({ x }) => x));
    return {
      part,
      chart: {
        x: { label: 'steps of settling', domain: [0, most], linear: true },
        y: { label: part, domain: rangeOf(points, []) },
        series: series.filter(({ curve }) => curve.length > 0),
      },
    };
  });
}

/** Mean and band after each step, at the last evaluation that has them. */
function lastCurve({ samples, curves }: LabelledGroup['group'], part: string) {
  return Object.entries(curves).flatMap(([name, curve]) => {
    const [, of, step] = reading.exec(name) ?? [];
    const last = pointsOf(samples, curve).at(-1);
    return of === part && last ? [{ ...last, x: Number(step) }] : [];
  });
}
