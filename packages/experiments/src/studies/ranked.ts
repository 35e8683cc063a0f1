import { type StudyResults, samplesOf, settingsKey, type TrialResult, type TrialRun } from './results.ts';

/**
 * Every setting once, by the longest of its trials that have ended: those that learned most samples first, of these the best,
 * and of equal ones the earlier. Those without a value are last, and of these the ones that diverged.
 */
export function ranked(trials: readonly TrialResult[]): TrialResult[] {
  const longest = new Map<string, TrialResult>();
  for (const result of trials) {
    if (!result.isComplete) continue;
    const key = settingsKey(result.trial.settings);
    const before = longest.get(key);
    if (before === undefined || samplesOf(before) < samplesOf(result)) longest.set(key, result);
  }
  return [...longest.values()].sort(byLength);
}

/** The best trial of those that learned most samples, of all that have ended with a value. */
export function bestOf(trials: readonly TrialResult[]): TrialResult | undefined {
  return trials.reduce<TrialResult | undefined>((best, result) => {
    if (!result.isComplete || result.loss === Infinity) return best;
    return best === undefined || byLength(result, best) < 0 ? result : best;
  }, undefined);
}

/** The best of all trials, and of its runs, one a seed, the one with the best value; undefined where no trial has ended with a value. */
export function bestRunOf({
  study,
  trials,
}: Pick<StudyResults, 'study' | 'trials'>):
  | { readonly trial: TrialResult; readonly run: TrialRun & { readonly value: number } }
  | undefined {
  const trial = bestOf(trials);
  const runs = trial?.runs.flatMap((run) => (run.value === undefined ? [] : [{ ...run, value: run.value }])) ?? [];
  const sign = study.objective.goal === 'min' ? 1 : -1;
  const [run] = runs.toSorted((a, b) => sign * (a.value - b.value));
  return trial && run && { trial, run };
}

/**
 * Trials that can be compared, the best first: those that have ended and learned the same number of samples, the one that most
 * of them learned. In successive halving that is the lowest rung, which all settings were on.
 */
export function comparable(trials: readonly TrialResult[]): TrialResult[] {
  const lengths = Map.groupBy(
    trials.filter(({ isComplete }) => isComplete),
    samplesOf,
  );
  const [most = []] = [...lengths]
    .sort(([samples, some], [others, more]) => more.length - some.length || others - samples)
    .map(([, alike]) => alike);
  return most.toSorted(byLoss);
}

/** Those with a value first, of these the longest. */
function byLength(a: TrialResult, b: TrialResult): number {
  const withValue = Number(a.loss === Infinity) - Number(b.loss === Infinity);
  return withValue || samplesOf(b) - samplesOf(a) || byLoss(a, b);
}

function byLoss(a: TrialResult, b: TrialResult): number {
  if (a.loss !== b.loss) return a.loss < b.loss ? -1 : 1;
  return Number(a.diverged > 0) - Number(b.diverged > 0);
}
