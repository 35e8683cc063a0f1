import { join } from 'node:path';
import { groupLegend, readingChart } from '../../report/group-charts.ts';
import { legendList } from '../../report/legend.ts';
import { chartSvg } from '../../report/line-chart.ts';
import { html, type Markup } from '../../report/markup.ts';
import { groupOf } from '../../runs/group.ts';
import { MetricsLog } from '../../runs/metrics-log.ts';
import { runFiles } from '../../runs/run-files.ts';
import { type StudyResults, type TrialResult, valueWords } from '../results.ts';
import { RunStore } from '../store/run-store.ts';

/** The metric of the best trials against the samples learned, mean ± sd over the seeds, with a legend that has each one's rank and values of the axes. */
export function learningCurves({ study }: StudyResults, best: readonly TrialResult[], folder: string): Markup {
  const store = new RunStore(folder);
  const { metric } = study.objective;
  const groups = best.map(({ trial, runs }, i) => ({
    label: `${i + 1}: ${study.axes.map(({ name }) => `${name} = ${valueWords(trial.settings[name])}`).join(', ')}`,
    group: groupOf(
      runs.map(({ config, name }) => ({
        config,
        evaluations: new MetricsLog(join(store.folderOf(name), runFiles.metrics)).read(),
      })),
    ),
  }));
  // Curves have what probes read by its own name.
  const chart = readingChart(groups, { name: metric.replace(/^probes\./, ''), label: metric });
  if (chart === undefined) return html``;
  return html`<div class="panel">${chartSvg(chart, `${metric} of the best settings against samples learned`)}</div>
${legendList(groupLegend(groups))}`;
}
