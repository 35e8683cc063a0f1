import { imagesLearned } from '../../table-1/protocol.ts';
import { methods, type Table1Results, type Width, widths } from '../../table-1/results.ts';
import { methodStyles } from '../chart-style.ts';
import type { Figure } from '../figure-document.ts';
import { pointsOf } from '../group-charts.ts';
import { curveSwatch, type LegendEntry, ruleSwatch } from '../legend.ts';
import type { LineChart } from '../line-chart.ts';
import { methodLabels } from '../method-labels.ts';

/** How far below the lower of the paper's figures the axis reaches, in points of per cent. */
const depth = { train: 8, test: 8 };

const titles = { train: 'images learned', test: 'images held out' };

/** Accuracy against epochs on the images learned and on those held out, at each width: the settings that reproduce. */
export function table1Figure(results: Table1Results): Figure {
  const panels = widths.flatMap((width) =>
    results.widths[width] === undefined
      ? []
      : (['train', 'test'] as const).map((on) => ({
          title: `k = ${width}: ${titles[on]}`,
          chart: accuracyChart(results, width, on),
        })),
  );
  return {
    title: 'Accuracy on MNIST against epochs, beside the figures of the paper’s Table 1',
    description: `${panels.map(({ title }) => title).join('; ')}. Curves and bands: reproduced; dashed lines: the paper.`,
    panels,
    legend: table1Legend,
  };
}

const table1Legend: readonly LegendEntry[] = methods.flatMap((method) => [
  { swatch: curveSwatch(methodStyles[method]), label: `${methodLabels[method]}, reproduced: mean ± sd` },
  { swatch: ruleSwatch(methodStyles[method]), label: `${methodLabels[method]}, paper` },
]);

function accuracyChart(results: Table1Results, width: Width, on: 'train' | 'test'): LineChart {
  const figures = methods.map((method) => results.paper[width][method][on]);
  const series = methods.map((method) => {
    const group = results.widths[width]?.[method]?.runs;
    const epochs = (group?.samples ?? []).map((samples) => samples / imagesLearned);
    return { style: methodStyles[method], curve: pointsOf(epochs, group?.curves[`accuracy.${on}`], 100) };
  });
  const last = Math.max(2, ...series.flatMap(({ curve }) => curve.map(({ x }) => x)));
  return {
    x: { label: 'epochs', domain: [1, last], ticks: [1, 3, 10, 30, 100, 300, 1000].filter((tick) => tick <= last) },
    y: {
      label: 'classified right, %',
      domain: [Math.min(...figures) - depth[on], on === 'train' ? 100.4 : Math.max(...figures) + 1.5],
    },
    series: series.filter(({ curve }) => curve.length > 0),
    rules: methods.map((method, i) => ({ at: figures[i] ?? Number.NaN, style: methodStyles[method] })),
  };
}
