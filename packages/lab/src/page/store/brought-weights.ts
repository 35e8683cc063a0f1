import type { Weights } from '../training/protocol.ts';

/** Weights from files: of one network, or of several that learn side by side. */
export interface BroughtWeights {
  /** What the address calls them by: the beginnings of the SHA-256 sums of the files. */
  readonly mark: string;
  /** By the rules of the networks. */
  readonly files: Readonly<Record<string, BroughtFile>>;
}

/** The weights of a file. */
export interface BroughtFile {
  readonly file: string;
  readonly weights: Weights;
  /** How many samples they had learned, where the file says so. */
  readonly learned?: number;
}

/** Those that were brought since the page was opened, for the browser to go back to. */
const brought = new Map<string, BroughtWeights>();

export function keepBrought(weights: BroughtWeights): void {
  brought.set(weights.mark, weights);
}

/** The weights of that mark; undefined where the page was loaded anew since they were brought. */
export function findBrought(mark: string): BroughtWeights | undefined {
  return brought.get(mark);
}

/** The names of the files, in words. */
export function fileWords({ files }: BroughtWeights): string {
  return Object.values(files)
    .map(({ file }) => file)
    .join(' and ');
}

/** How many samples the networks had learned whose weights were brought, where their files say it: one number where all are alike. */
export function learnedBefore(weights: BroughtWeights | undefined): readonly number[] | undefined {
  const known = Object.values(weights?.files ?? {}).flatMap(({ learned }) => learned ?? []);
  return known.length === 0 ? undefined : [...new Set(known)];
}
