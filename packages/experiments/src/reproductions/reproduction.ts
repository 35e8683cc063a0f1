import type { RunConfig } from '../config/run-config.ts';
import type { Figure } from '../figures/figure.ts';
import type { RunResult } from '../runs/result.ts';

/** How well a published value is known. */
export type Known = 'printed' | 'stored log' | 'report' | 'derived' | 'computed';

/** A value after so many samples. */
export interface Point {
  readonly samples: number;
  readonly value: number;
}

/**
 * What has to be reached after so many samples: a value to within something, or at most or at least so much. It can be said of how
 * much more it is than another contender's value there, seed by seed.
 */
export type Expectation = (
  | { readonly samples: number; readonly value: number; readonly within: number }
  | { readonly samples: number; readonly atMost: number }
  | { readonly samples: number; readonly atLeast: number }
) & {
  /** The label of the contender whose value is subtracted, that of the same seed. */
  readonly than?: string;
};

/** Something that is measured of a contender, and what others found. */
export interface Measure {
  /** The contender's label. */
  readonly of: string;
  /** As evaluations have it: `accuracy.test`, `objective`, `alignment.B1.weights`. */
  readonly measured: string;
  /** What it is in, where that is not 1 and the rule does not say it. */
  readonly unit?: string;
  /** Published values, drawn beside ours. */
  readonly published: readonly Point[];
  readonly known: Known;
  readonly expected: readonly Expectation[];
  /** Whether the mean over the seeds has to reach it, their geometric mean, each of them, or their 90th percentile. Default: the mean. */
  readonly over?: 'mean' | 'geometric mean' | 'each' | '90th percentile';
}

/** One of what is trained: a config, whose seed is not used. */
export interface ReproducedContender {
  readonly label: string;
  readonly config: RunConfig;
  /** Its runs, on seeds from 1 on, where they are not as many as the others'. */
  readonly seeds?: number;
  /** What is computed of a run besides what it measured: readings of each of its evaluations, in their order. */
  readonly derived?: (run: RunResult) => readonly Readonly<Record<string, number>>[];
  /** Whether the seed of a run orders its images, too, in the place of `data.shuffle`: each run then holds out others. */
  readonly shuffled?: boolean;
  /** Whether the seed of a run makes its data, which is generated: each run then learns a draw of its own. */
  readonly drawn?: boolean;
}

/** The runs of contenders that learned all their samples, by the contenders' labels, in the order of their seeds. */
export type ReproducedRuns = ReadonlyMap<string, readonly RunResult[]>;

/** A published experiment as data: what is trained, what is measured, and what has to come of it. */
export interface Reproduction {
  /** What `apical reproduce` calls it. */
  readonly name: string;
  readonly title: string;
  /** What is repeated, in two or three sentences. */
  readonly says: string;
  /** Where the values come from. */
  readonly source: string;
  /** What the source looked at when it chose what to publish: the test set, nothing … */
  readonly selectedOn: string;
  readonly contenders: readonly ReproducedContender[];
  readonly measures: readonly Measure[];
  /** What readers of the source know, drawn from the runs. */
  readonly figures?: (runs: ReproducedRuns) => readonly Figure[];
  /** Runs of each contender, on seeds from 1 on. */
  readonly seeds: number;
  /** About how many minutes it takes on two cores. */
  readonly minutes: number;
  /** What a look learns: so many samples a contender, of one seed. */
  readonly quickSamples: number;
  /** What the page says besides: what differs from the source, and why. */
  readonly notes: readonly string[];
}
