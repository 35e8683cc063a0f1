import type { RunConfig } from '../config/run-config.ts';

/** A panel of Figure 3, named as its data set is. */
export type PanelName = 'mnist' | 'fashion-mnist' | 'cifar-10' | 'cifar-100';

/**
 * How a value of ours compares with the paper's at the same step. `agrees`: within 3 combined standard deviations;
 * `differs`: not; `uninformative`: the band of 3 combined standard deviations around the paper's mean contains the
 * untrained network's value too, so that agreeing says nothing about learning.
 */
export type RowVerdict = 'agrees' | 'differs' | 'uninformative';

/** One method's runs of one panel. */
export interface MethodResults {
  /** What ran, with the first seed. */
  config: RunConfig;
  /** Where a printed setting could not run: what was used instead, and why. */
  note?: string;
  seeds: number[];
  /** Mean over the runs of objective (1), a value a step. */
  mean: number[];
  /** Standard deviation over the runs, a value a step. */
  sd: number[];
  /** Objective (1), run × step; null from where the run diverged. */
  runs: (number | null)[][];
  diverged: { seed: number; sample: number }[];
  /** SHA-256 of each run's final weights; null where it diverged. */
  weightsSha256: (string | null)[];
}

/** One panel of Figure 3 beside the paper's. */
export interface PanelResults {
  title: string;
  /** Hidden units, k. */
  hidden: number;
  /** Samples each run learns. */
  samples: number;
  data: { set: string; split: string; count: number; sha256: Record<string, string> };
  /** Objective (1) at the optimum of the problem learned (its ridge included), from the closed form. */
  optimum: number;
  /** The paper's 0-based steps: at step s, s + 1 samples have been seen. */
  steps: number[];
  bmvr: MethodResults;
  backprop: MethodResults;
  paper: {
    optimum: number;
    bmvr: { mean: number[]; sd: number[] };
    backprop: { mean: number[]; sd: number[] };
  };
  verdicts: {
    bmvr: RowVerdict[];
    backprop: RowVerdict[];
    /** Whether the values at the last step agree with the paper's. */
    final: { bmvr: boolean; backprop: boolean };
  };
}

/** Figure 3, reproduced. All outside `provenance` is the same, bit for bit, for the same options. */
export interface Figure3Results {
  experiment: 'figure-3';
  version: string;
  panels: Partial<Record<PanelName, PanelResults>>;
  provenance: {
    /** When the runs ended, ISO 8601. */
    created: string;
    seconds: number;
    node: string;
    platform: string;
    cpu: string;
    workers: number;
  };
}
