import type { RuleSums } from '../load-study-rules.ts';
import type { Study } from '../study.ts';

/** What determines the runs of a study besides its file. */
export interface Recorded {
  readonly version: string;
  /** By data set, the SHA-256 sums of its files. */
  readonly dataSha256: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of the modules that have its rules, where there are some, by path. */
  readonly ruleSha256?: RuleSums;
}

/** What the folder of a study holds of it, in `study.json`. */
export interface HeldStudy {
  readonly study: Study;
  readonly recorded: Recorded;
}
