import {
  type bestRunOf,
  countsOf,
  markedNames,
  ranked,
  rungsOf,
  type Study,
  type StudyResults,
  samplesOf,
  settingsKey,
  type TrialResult,
  valueWords,
} from '@apical/experiments';
import { formatCount, formatCounted, formatObjective, formatTable } from './format.ts';

const shown = 10;

/** The best settings of a study, mean ± sd over seeds; the marked ones with their ranks; how much there is of what. */
export function formatStudy(results: StudyResults): string {
  const { study, trials } = results;
  const order = ranked(trials);
  const names = study.axes.map((axis) => axis.name);
  const marks = markedNames(study);
  const isOfLengths = new Set(order.map(samplesOf)).size > 1;
  const rows = order.flatMap((result, i) => {
    const mark = marks.get(settingsKey(result.trial.settings));
    if (i >= shown && mark === undefined) return [];
    const samples = isOfLengths ? [formatCount(samplesOf(result))] : [];
    const settings = names.map((name) => valueWords(result.trial.settings[name]));
    return [[String(i + 1), valueText(result), ...samples, ...settings, mark ?? '']];
  });
  const title = ['rank', study.objective.metric, ...(isOfLengths ? ['samples'] : []), ...names, ''];
  const table = rows.length > 0 ? [formatTable([title, ...rows], [0]), ''] : [];
  return [...table, countsText(results), ...rungsText(results)].join('\n');
}

/** The run of the best settings that came to the best value. */
export interface BestRun extends NonNullable<ReturnType<typeof bestRunOf>> {
  readonly folder: string;
}

/** Which seed's run is the best of the best settings, where it is, and what it came to beside the mean over their seeds. */
export function formatBest({ objective: { metric } }: Study, { trial, run, folder }: BestRun): string {
  const { mean, runs } = trial;
  const others =
    runs.length > 1 ? `, where the mean of ${formatCount(runs.length)} seeds is ${formatObjective(mean)}` : '';
  return `best     ${folder}: seed ${run.config.seed}, ${metric} ${formatObjective(run.value)}${others}`;
}

function valueText({ mean, sd, runs, diverged, unmeasured }: TrialResult): string {
  if (diverged > 0) return `${diverged} of ${runs.length} diverged`;
  if (unmeasured > 0) return `${unmeasured} of ${runs.length} not measured`;
  return `${formatObjective(mean)}${runs.length > 1 ? ` ± ${sd.toFixed(6)}` : ''}`;
}

function countsText(results: StudyResults): string {
  const { settings, ended, diverged } = countsOf(results);
  return `${formatCounted(settings, 'setting')}, ${formatCounted(ended, 'run')} ended, ${formatCount(diverged)} of them diverged`;
}

/** What rungs there were, where a search has them, and what it takes to get to the last. */
function rungsText(results: StudyResults): string[] {
  const rungs = rungsOf(results);
  const { search } = results.study;
  const [last] = rungs.slice(-1);
  if (last === undefined || search.method !== 'asha') return [];
  const each = rungs.map(
    ({ samples, settings }) => `${formatCount(samples)} samples: ${formatCounted(settings, 'setting')}`,
  );
  const needed = search.eta ** (rungs.length - 1);
  const hint =
    results.isComplete && last.settings === 0 && search.trials < needed
      ? [
          `none got to ${formatCount(last.samples)} samples: for ${formatCount(rungs.length)} rungs, trials must be ${formatCount(needed)} or more`,
        ]
      : [];
  return [`rungs: ${each.join('; ')}`, ...hint];
}
