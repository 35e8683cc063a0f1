import { join } from 'node:path';
import * as Plot from '@observablehq/plot';
import { flatten } from '../../config/settings.ts';
import type { Markup } from '../../report/markup.ts';
import { MetricsLog } from '../../runs/metrics-log.ts';
import { runFiles } from '../../runs/run-folder.ts';
import type { StudyResults, TrialResult } from '../results.ts';
import { RunStore } from '../store/run-store.ts';
import { plotSvg } from './plot-svg.ts';

const size = { width: 680, height: 360, marginTop: 12, marginRight: 24, marginBottom: 48, marginLeft: 76 };

interface CurvePoint {
  readonly rank: number;
  readonly samples: number;
  readonly mean: number;
}

/** The metric of the best trials against the samples learned, mean over the seeds; the better, the darker. */
export function learningCurves({ study }: StudyResults, best: readonly TrialResult[], folder: string): Markup {
  const store = new RunStore(folder);
  const points = best.flatMap((result, i) => curveOf(result, i + 1, study.objective.metric, store));
  return plotSvg(`${study.objective.metric} of the best settings against samples learned`, {
    ...size,
    x: { type: 'log', label: 'samples learned', labelAnchor: 'center', labelArrow: 'none', labelOffset: 40 },
    y: { label: study.objective.metric, labelAnchor: 'center', labelArrow: 'none', labelOffset: 66 },
    // Beyond the last rank the colours would be too bright for the paper.
    color: { type: 'linear', domain: [1, 1.3 * best.length + 1], scheme: 'viridis' },
    marks: [
      Plot.gridY({ strokeOpacity: 0.15 }),
      // The best last, on top.
      Plot.lineY(points.toReversed(), { x: 'samples', y: 'mean', z: 'rank', stroke: 'rank', strokeWidth: 1.5 }),
    ],
  });
}

function curveOf({ runs }: TrialResult, rank: number, metric: string, store: RunStore): CurvePoint[] {
  const sums = new Map<number, number>();
  for (const { name } of runs) {
    for (const evaluation of new MetricsLog(join(store.folderOf(name), runFiles.metrics)).read()) {
      const value = flatten(evaluation)[metric];
      if (typeof value === 'number' && Number.isFinite(value))
        sums.set(evaluation.samples, (sums.get(evaluation.samples) ?? 0) + value);
    }
  }
  return [...sums].map(([samples, sum]) => ({ rank, samples, mean: sum / runs.length }));
}
