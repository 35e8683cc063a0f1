import type { Evaluation, Matrix } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import type { Recorded } from './recorder.ts';

/** What was measured after so many samples. */
export interface RunEvaluation extends Evaluation {
  /** The share of images that are classified right, from 0 to 1, by the names of the config's `accuracy`, if it has any. */
  readonly accuracy?: Readonly<Record<string, number>>;
}

/** How many images of class i were taken for class j, at row i and column j. */
export type Confusion = number[][];

/** A run that learned all its samples. */
export interface RunResult {
  config: RunConfig;
  /** At the config's evaluation points. */
  evaluations: RunEvaluation[];
  /** Objective (1) at the end. */
  objective: number;
  /** How images are classified at the end, by the names of the config's `accuracy`. */
  confusion: Record<string, Confusion>;
  /** The final weights, in the order of the rule's synapses. */
  weights: Record<string, Matrix>;
  /** SHA-256 over the bytes of the final weights: see `weightsDigest`. */
  weightsSha256: string;
  /** What goes wrong by the theory of its rule, in words, by what it is about; see core's `watchForWarnings`. */
  warnings?: Record<string, string>;
  /** What was recorded of a run in time whose config says so. */
  recorded?: Recorded;
  /** Wall time of learning and evaluating. */
  seconds: number;
}

/** A run whose signals or weights left the range of finite numbers. */
export interface DivergedRun {
  config: RunConfig;
  /** Those before it diverged. */
  evaluations: RunEvaluation[];
  /** The 1-based count of the sample at which it diverged. */
  divergedAt: number;
  warnings?: Record<string, string>;
}

/** What becomes of a run. */
export type RunOutcome = RunResult | DivergedRun;

export function hasDiverged(outcome: RunOutcome): outcome is DivergedRun {
  return 'divergedAt' in outcome;
}
