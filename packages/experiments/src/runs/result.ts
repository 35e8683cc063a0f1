import type { Evaluation, Matrix } from 'apical';
import type { RunConfig } from '../config/run-config.ts';

/** A run that learned all its samples. */
export interface RunResult {
  config: RunConfig;
  /** Objective (1) at the config's evaluation points. */
  evaluations: Evaluation[];
  /** Objective (1) at the end. */
  objective: number;
  /** The final weights, in the order of the rule's synapses. */
  weights: Record<string, Matrix>;
  /** SHA-256 over the bytes of the final weights: see `weightsDigest`. */
  weightsSha256: string;
  /** Wall time of learning and evaluating. */
  seconds: number;
}

/** A run whose signals or weights left the range of finite numbers. */
export interface DivergedRun {
  config: RunConfig;
  /** Those before it diverged. */
  evaluations: Evaluation[];
  /** The 1-based count of the sample at which it diverged. */
  divergedAt: number;
}

/** What becomes of a run. */
export type RunOutcome = RunResult | DivergedRun;

export function hasDiverged(outcome: RunOutcome): outcome is DivergedRun {
  return 'divergedAt' in outcome;
}
