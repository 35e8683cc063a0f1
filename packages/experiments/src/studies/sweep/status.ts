import { askToStop, claimsOf, processesOf } from '../../claims/claims.ts';
import { type Owner, stateOf } from '../../claims/owner.ts';
import { completedSettings } from '../axis-values.ts';
import { kindsProblem } from '../check-runs.ts';
import { loadRulesOf } from '../load-study-rules.ts';
import type { TrialResult } from '../results.ts';
import { createSearch } from '../search/create-search.ts';
import { RunIndex } from '../store/run-index.ts';
import { readStudyFolder } from '../store/study-folder.ts';
import { trialConfig } from '../trial-config.ts';
import { Plan } from './plan.ts';

/** How a study stands, as its folder says. */
export interface SweepStatus {
  readonly name: string;
  /** Runs that have ended, and how many of them diverged. */
  readonly done: number;
  readonly diverged: number;
  /** Runs that the search has asked for so far or is known to ask for, and whether these are all. */
  readonly planned: number;
  readonly isPlannedWhole: boolean;
  /** The processes at work, each with how many runs it does, and how many more it has claimed. */
  readonly processes: readonly { readonly owner: Owner; readonly running: number; readonly claimed: number }[];
  readonly best: TrialResult | undefined;
  /** Why none is called best, of studies of earlier versions whose objective is not the same of all runs; now such studies are refused. */
  readonly notRanked?: string;
}

/** Reads how a study stands, from any machine that shares its folder. @throws InputError where the folder holds none, and where a module of its rules is gone */
export async function sweepStatus(folder: string): Promise<SweepStatus> {
  const { study } = readStudyFolder(folder);
  await loadRulesOf(study);
  const index = new RunIndex(folder, 'status');
  index.refresh();
  const plan = new Plan(study, index);
  const { samples } = trialConfig(study, { settings: completedSettings(study.axes, {}) }, 0);
  let isPlannedWhole = true;
  for (const { start, awaited } of createSearch(study, samples, (trial) => plan.result(trial).loss)) {
    plan.add(start);
    isPlannedWhole = study.search.method !== 'asha' || awaited.every((trial) => plan.result(trial).isComplete);
    if (!awaited.every((trial) => plan.result(trial).isComplete)) break;
  }
  const ended = [...plan.runs.keys()].flatMap((name) => index.runs.get(name) ?? []);
  const notRanked = kindsProblem(study);
  const claims = claimsOf(folder);
  const processes = processesOf(folder)
    .filter((owner) => stateOf(owner) !== 'gone')
    .map((owner) => {
      const its = claims.filter((claim) => claim.owner?.id === owner.id);
      const running = its.filter(({ hasBegun }) => hasBegun).length;
      return { owner, running, claimed: its.length - running };
    });
  return {
    name: study.name,
    done: ended.length,
    diverged: ended.filter(({ summary }) => summary.status === 'diverged').length,
    planned: plan.expectedRuns,
    isPlannedWhole,
    processes,
    best: notRanked === undefined ? plan.best : undefined,
    ...(notRanked !== undefined && { notRanked }),
  };
}

/** Asks all processes that work on a study to write checkpoints and end. @returns those that were asked */
export function stopSweep(folder: string): Owner[] {
  readStudyFolder(folder);
  const living = processesOf(folder).filter((owner) => stateOf(owner) !== 'gone');
  for (const owner of living) askToStop(folder, owner);
  return living;
}
