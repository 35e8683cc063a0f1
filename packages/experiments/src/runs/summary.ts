import { accuracies } from './confusion.ts';
import type { RunResult } from './result.ts';

/** What `summary.json` says of a run that learned all its samples. */
export interface FinishedSummary {
  readonly status: 'finished';
  readonly samples: number;
  /** Objective (1) at the end. */
  readonly objective: number;
  /** Of the images that the config names: the share that is taken for what it is, and the confusion matrices. */
  readonly accuracy?: Readonly<Record<string, number>>;
  readonly confusion?: RunResult['confusion'];
  readonly weightsSha256: string;
  /** Wall time of learning and evaluating, over all its parts where it was interrupted. */
  readonly seconds: number;
  /** What goes wrong by the theory of its rule, in words, by what it is about. */
  readonly warnings?: Readonly<Record<string, string>>;
  /** SHA-256 of the folder's other files. */
  readonly files: Readonly<Record<string, string>>;
}

/** What `summary.json` says of a run that left the range of finite numbers. */
export interface DivergedSummary {
  readonly status: 'diverged';
  /** The 1-based count of the sample at which it diverged. */
  readonly divergedAt: number;
  readonly warnings?: FinishedSummary['warnings'];
  readonly files: Readonly<Record<string, string>>;
}

export type Summary = FinishedSummary | DivergedSummary;

export function finishedSummary(
  { config, objective, confusion, weightsSha256, seconds }: RunResult,
  warnings: Readonly<Record<string, string>>,
  files: FinishedSummary['files'],
): FinishedSummary {
  const measured = Object.keys(confusion).length > 0 ? { ...accuracies(confusion), confusion } : {};
  return {
    status: 'finished',
    samples: config.samples,
    objective,
    ...measured,
    weightsSha256,
    seconds,
    ...warned(warnings),
    files,
  };
}

export function divergedSummary(
  divergedAt: number,
  warnings: Readonly<Record<string, string>>,
  files: DivergedSummary['files'],
): DivergedSummary {
  return { status: 'diverged', divergedAt, ...warned(warnings), files };
}

function warned(warnings: Readonly<Record<string, string>>): { readonly warnings?: Readonly<Record<string, string>> } {
  return Object.keys(warnings).length > 0 ? { warnings } : {};
}
