import { ranked, type StudyResults, type TrialResult } from '@apical/experiments';
import { formatCount, formatObjective, formatTable } from './format.ts';

const shown = 10;

/** The best settings of a study, mean ± sd over seeds; the marked ones with their ranks. */
export function formatStudy(results: StudyResults): string {
  const { study, trials } = results;
  const order = ranked(trials);
  const names = study.axes.map((axis) => axis.name);
  const marks = new Map(study.marked.map(({ name }, i) => [trials[i], name]));
  const rows = order.flatMap((result, i) => {
    const mark = marks.get(result);
    return i < shown || mark !== undefined ? [row(result, i + 1, names, mark ?? '')] : [];
  });
  const title = [`rank`, study.objective.metric, ...names, ''];
  const ended = trials.flatMap(({ runs }) => runs.filter(({ summary }) => summary));
  const diverged = ended.filter(({ summary }) => summary?.status === 'diverged').length;
  const counts = `${formatCount(trials.length)} settings, ${formatCount(ended.length)} runs ended, ${formatCount(diverged)} of them diverged`;
  return `${formatTable([title, ...rows], [0])}\n\n${counts}`;
}

function row(
  { trial, mean, sd, runs, diverged }: TrialResult,
  rank: number,
  names: readonly string[],
  mark: string,
): string[] {
  const spread = runs.length > 1 ? ` ± ${sd.toFixed(6)}` : '';
  const value = Number.isNaN(mean) ? `${diverged} of ${runs.length} diverged` : `${formatObjective(mean)}${spread}`;
  return [String(rank), value, ...names.map((name) => String(trial.settings[name] ?? '–')), mark];
}
