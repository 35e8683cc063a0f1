import type { RunGroup } from '../runs/group.ts';
import type { Moments } from '../statistics/moments.ts';
import type { PairedDifference } from '../statistics/paired.ts';

/** One of what is compared. */
export interface Contender {
  label: string;
  /** What was measured at the end, by name: over the seeds that came to their end. */
  final: Record<string, Moments & { runs: (number | null)[] }>;
  runs: RunGroup;
}

/** How one contender differs from the first, seed by seed. */
export interface Difference extends PairedDifference {
  /** What was measured: `objective`, `accuracy.test`, … */
  measured: string;
  of: string;
  minus: string;
  /** Those for which both have a value. */
  seeds: number[];
}

/** A comparison. All outside `provenance` is the same, bit for bit, for the same configs and seeds. */
export interface Comparison {
  experiment: 'comparison';
  version: string;
  /** Of the intervals. */
  confidence: number;
  data: { set: string; split: string; count: number; sha256: Record<string, string> };
  contenders: Contender[];
  /** Every contender minus the first, for all that both measured. */
  differences: Difference[];
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
