import type { Weights } from '../training/protocol.ts';

/** Weights from a file. */
export interface BroughtWeights {
  /** What the address calls them by: the beginning of the SHA-256 sum of the file. */
  readonly mark: string;
  readonly file: string;
  readonly rule: string;
  readonly weights: Weights;
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
