import type { Figure } from '../figures/figure.ts';
import type { RunGroup } from '../runs/group.ts';
import type { Expectation, Measure } from './reproduction.ts';

/** Whether one expectation is met. */
export interface Verdict {
  of: string;
  measured: string;
  expected: Expectation;
  /** Ours there, or how much more it is than another's: the mean over the seeds and its standard deviation; null where no run has a value. */
  mean: number | null;
  sd: number | null;
  /** The value of the seed that is farthest from it, where each has to reach it. */
  worst: number | null;
  reached: boolean;
}

/** What came of a reproduction. All outside `provenance` is the same, bit for bit, for the same version and seeds. */
export interface ReproductionResults {
  experiment: 'reproduction';
  name: string;
  title: string;
  version: string;
  /** Whether it was a look, in which nothing is judged. */
  quick: boolean;
  contenders: { label: string; runs: RunGroup }[];
  measures: readonly Measure[];
  verdicts: Verdict[];
  /** What readers of the source know, drawn from the runs. */
  figures?: readonly Figure[];
  data: { set: string; split: string; count: number; sha256: Record<string, string> };
  provenance: { created: string; seconds: number; node: string; platform: string; cpu: string; workers: number };
}
