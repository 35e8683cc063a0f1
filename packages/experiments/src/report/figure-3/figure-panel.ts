import type { PanelResults } from '../../figure-3/results.ts';
import { methodStyles } from '../chart-style.ts';
import type { ChartPoint, LineChart } from '../line-chart.ts';
import { objectiveValue } from '../numbers.ts';
import { type Method, methods, samplesSeen } from './panels.ts';

/** The plot of one panel. */
export function panelChart(panel: PanelResults): LineChart {
  const decades = Math.ceil(Math.log10(Math.max(10, ...samplesSeen(panel))) - 1e-9);
  return {
    x: { label: 'samples seen', domain: [1, 10 ** decades] },
    y: { label: 'objective (1): mean of ‖y − ŷ‖²', domain: objectiveRange(panel) },
    series: methods.map((method) => ({
      style: methodStyles[method],
      curve: oursOf(panel, method),
      points: paperOf(panel, method),
    })),
    rules: [
      {
        at: panel.optimum,
        label: `optimum ${objectiveValue(panel.optimum, 5)} (paper ${objectiveValue(panel.paper.optimum, 5)})`,
      },
    ],
  };
}

/** Whether one of our curves leaves the panel's range, so that it is drawn along the edge. */
export function leavesRange(panel: PanelResults): boolean {
  const [bottom, top] = objectiveRange(panel);
  return methods.some((method) => oursOf(panel, method).some(({ mean }) => mean > top || mean < bottom));
}

/**
 * The range of the objective axis: all of the paper's points and the optimum; ours too, but not further than half the
 * paper's span above it, for a run that is about to diverge would flatten everything else.
 */
function objectiveRange(panel: PanelResults): [number, number] {
  const paper = methods.flatMap((method) => paperOf(panel, method)).flatMap(({ low, high }) => [low, high]);
  const ours = methods.flatMap((method) => oursOf(panel, method)).flatMap(({ low, high }) => [low, high]);
  const paperBottom = Math.min(panel.optimum, panel.paper.optimum, ...paper);
  const paperTop = Math.max(...paper);
  const span = paperTop - paperBottom;
  const bottom = Math.max(paperBottom - span / 8, Math.min(paperBottom, ...ours));
  const top = Math.min(paperTop + span / 2, Math.max(paperTop, ...ours));
  return [bottom - span / 20, top + span / 20];
}

function oursOf(panel: PanelResults, method: Method): ChartPoint[] {
  return pointsOf(panel, panel[method]);
}

function paperOf(panel: PanelResults, method: Method): ChartPoint[] {
  return pointsOf(panel, panel.paper[method]);
}

/** Mean and band of a curve up to where it diverged. */
function pointsOf(panel: PanelResults, curve: { mean: number[]; sd: number[] }): ChartPoint[] {
  return samplesSeen(panel).flatMap((x, step) => {
    const mean = curve.mean[step] ?? Number.NaN;
    const sd = curve.sd[step] ?? Number.NaN;
    const half = Number.isFinite(sd) ? sd : 0;
    return Number.isFinite(mean) ? [{ x, mean, low: mean - half, high: mean + half }] : [];
  });
}
