import type { RunCurve, RunStatus } from '@apical/experiments';

/** Why a run has no curve of a metric, or not all of it, in words; empty where nothing is missing. */
export function curveGaps(curve: RunCurve | undefined, status: RunStatus | undefined, metric: string): string[] {
  if (curve === undefined) return [];
  const { points, problems, isCut } = curve;
  const gaps = [...problems];
  if (isCut) gaps.push('only the beginning of its evaluations is read: they are too many');
  if (points.length === 0 && problems.length === 0) gaps.push(withoutPoints[status ?? 'unfinished']);
  if (points.length > 0 && points.every(({ readings }) => readings[metric] === undefined)) {
    gaps.push(`its evaluations have no ${metric}`);
  }
  return gaps;
}

const withoutPoints: Readonly<Record<RunStatus, string>> = {
  finished: 'metrics.jsonl has no evaluation that can be read',
  diverged: 'it diverged before its first evaluation',
  damaged: 'there is no evaluation that can be read',
  running: 'there is no evaluation yet',
  unfinished: 'there is no evaluation yet',
};
