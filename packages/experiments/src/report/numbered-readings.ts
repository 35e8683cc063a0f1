import { type LabelledGroup, pointsOf, rangeOf, styleOf } from './group-charts.ts';
import type { LineChart } from './line-chart.ts';

/** Readings of a probe that are numbered, and drawn against their number where they were measured last. */
interface Family {
  /** Of their names: what is drawn in one chart, and the number. */
  readonly pattern: RegExp;
  readonly title: string;
  readonly words: string;
  /** What the axes say. */
  readonly x: string;
  readonly y: (part: string) => string;
  /** What of the pattern's first part is the optimum of the others. */
  readonly optimum?: string;
}

const spectrum = 'output, by falling variance';

const families: readonly Family[] = [
  {
    pattern: /^energy-steps\.(.*)\.step(\d+)$/,
    title: 'Energy while settling',
    words:
      'What settling makes small, after each of its steps, the mean over the data where it was measured last: of all layers together, and of each from the first hidden layer to the output.',
    x: 'steps of settling',
    y: (part) => part,
  },
  {
    pattern: /^output-spectrum\.(variance|optimum)(\d+)$/,
    title: 'The spectrum of the outputs',
    words:
      'The variances of the outputs along their principal axes, the eigenvalues of E z zᵀ, where they were measured last; symbols are those of the optimum in closed form.',
    x: spectrum,
    y: () => 'variance',
    optimum: 'optimum',
  },
  {
    pattern: /^canonical-correlations\.(correlation|optimum)(\d+)$/,
    title: 'The canonical correlations',
    words:
      'The canonical correlations of what the cells hear of each view, where they were measured last; symbols are those of the views, of as many as are to be kept.',
    x: 'component, by falling correlation',
    y: () => 'correlation ρ',
    optimum: 'optimum',
  },
];

/** Whether it is one of many numbered readings, which are drawn against their number. */
export function isNumbered(name: string): boolean {
  return families.some(({ pattern }) => pattern.test(name));
}

/** Charts that belong together. */
export interface NumberedCharts extends Pick<Family, 'title' | 'words'> {
  readonly charts: readonly { readonly part: string; readonly x: string; readonly chart: LineChart }[];
  /** Whether symbols are optima. */
  readonly hasOptimum: boolean;
}

/** What the groups have of each family. */
export function numberedCharts(groups: readonly LabelledGroup[]): readonly NumberedCharts[] {
  return families.flatMap((family) => {
    const { title, words, pattern, optimum } = family;
    const found = groups.flatMap(({ group }) =>
      Object.keys(group.curves).flatMap((name) => pattern.exec(name)?.[1] ?? []),
    );
    const parts = [...new Set(found)].filter((part) => part !== optimum);
    const charts = parts.map((part) => ({ part, x: family.x, chart: chartOf(groups, family, part) }));
    return charts.length === 0 ? [] : [{ title, words, charts, hasOptimum: optimum !== undefined }];
  });
}

function chartOf(groups: readonly LabelledGroup[], { pattern, x, y, optimum }: Family, part: string): LineChart {
  const series = groups.map(({ group }, index) => ({
    style: styleOf(index),
    curve: lastCurve(group, pattern, part),
    points: optimum === undefined ? [] : lastCurve(group, pattern, optimum),
  }));
  const points = series.flatMap(({ curve, points }) => [...curve, ...points]);
  const numbers = points.map((point) => point.x);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return {
    x: { label: x, domain: [first, Math.max(first + 1, last)], linear: true },
    y: { label: y(part), domain: rangeOf(points, []) },
    series: series.filter(({ curve }) => curve.length > 0),
  };
}

/** Mean and band of each number, at the last evaluation that has it. */
function lastCurve({ samples, curves }: LabelledGroup['group'], pattern: RegExp, part: string) {
  return Object.entries(curves).flatMap(([name, curve]) => {
    const [, of, number] = pattern.exec(name) ?? [];
    const last = pointsOf(samples, curve).at(-1);
    return of === part && last ? [{ ...last, x: Number(number) }] : [];
  });
}
