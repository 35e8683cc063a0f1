import type { Output } from './output.ts';

/** What a command gets beside its own options, and where it leaves its exit code. */
export interface Context {
  readonly output: Output;
  /** Aborted by Ctrl-C; the reason is an `Interrupted`. */
  readonly signal: AbortSignal;
  /** Set by a command that ran but has bad news; see `exitCodes`. */
  exitCode: number;
}
