import type { Settings } from '../config/settings.ts';

/** How a run stands. Damaged: its `config.json` cannot be read. Running: a process is at work on it, as far as is known. */
export type RunStatus = 'finished' | 'diverged' | 'running' | 'unfinished' | 'damaged';

/** A run as a watch has it. */
export interface WatchedRun {
  /**
   * Where its folder is, below the watched one, with slashes. A run that a study is at has the name already that it will have
   * when it has ended.
   */
  readonly name: string;
  readonly status: RunStatus;
  /** By their dotted paths; without `evaluateAt`, which is long. */
  readonly settings: Settings;
  /**
   * `learned`, the samples that it has learned at its last evaluation, what was measured there, and what its summary says
   * (`objective`, `accuracy.…`, `divergedAt`, `seconds`).
   */
  readonly results: Settings;
  /** Where its files are now. */
  readonly directory: string;
}
