import type { SweepProgress } from '@apical/experiments';
import { formatCount, formatCounted, formatObjective, formatSeconds } from '../format.ts';
import { formatBar } from './bars.ts';

/** What of a sweep's progress is shown. */
export type ShownProgress = Omit<SweepProgress, 'best'> & {
  readonly best: Pick<NonNullable<SweepProgress['best']>, 'trial' | 'mean' | 'loss'> | undefined;
};

/** The view on a terminal of `width` columns: a bar with counts, and the best settings so far. */
export function sweepLines(
  name: string,
  progress: ShownProgress,
  secondsLeft: number | undefined,
  width: number,
): [string, string] {
  const { done, planned } = progress;
  return [
    formatBar(name, planned === 0 ? 0 : done / planned, counts(progress, secondsLeft), width),
    `  ${best(progress)}`.slice(0, width - 4).trimEnd(),
  ];
}

/** All of that as a line of a log. */
export function sweepLine(progress: ShownProgress, secondsLeft: number | undefined): string {
  return [counts(progress, secondsLeft), best(progress)].filter(Boolean).join('; ');
}

function counts({ done, planned, running, diverged, failed }: ShownProgress, secondsLeft: number | undefined): string {
  const parts = [`${formatCount(done)} of ${formatCounted(planned, 'run')}`, `${running} running`];
  if (diverged > 0) parts.push(`${formatCount(diverged)} diverged`);
  if (failed > 0) parts.push(`${formatCount(failed)} failed`);
  if (secondsLeft !== undefined) parts.push(`${formatSeconds(secondsLeft)} left`);
  return parts.join(' · ');
}

function best({ best }: ShownProgress): string {
  if (best === undefined || !Number.isFinite(best.loss)) return '';
  const settings = Object.entries(best.trial.settings).map(([name, value]) => `${name} ${value}`);
  return `best ${formatObjective(best.mean)}: ${settings.join(', ')}`;
}
