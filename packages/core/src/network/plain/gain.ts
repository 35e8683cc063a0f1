import type { Kernels } from '../../kernels/kernels.ts';
import type { Call } from '../../kernels/tape.ts';

/** What synapses gain by a call: W ← (1 − factor decay) W + factor Σ left rightᵀ, the sum over so many pairs of vectors. */
export interface Gain {
  readonly weights: number;
  readonly rows: number;
  readonly columns: number;
  /** Where the vectors lie. */
  readonly left: number;
  readonly right: number;
  readonly pairs: number;
  readonly factor: number;
  readonly decay: number;
  /** Where each column has a decay of its own: where they lie; else 0. */
  readonly decays: number;
}

/** What is gained by a call; undefined where it is no such gain. */
export function gainOf({ kernel, numbers }: Call): Gain | undefined {
  if (kernel === 'addOuterProducts') {
    const [weights, rows, columns, left, right, pairs, factor] = numbers as Arguments<typeof kernel>;
    return { weights, rows, columns, left, right, pairs, factor, decay: 0, decays: 0 };
  }
  if (kernel === 'learnDecaying') {
    const [weights, rows, columns, left, right, factor, decay] = numbers as Arguments<typeof kernel>;
    return { weights, rows, columns, left, right, pairs: 1, factor, decay, decays: 0 };
  }
  if (kernel === 'learnDecayingColumns') {
    const [weights, rows, columns, left, right, factor, decays] = numbers as Arguments<typeof kernel>;
    return { weights, rows, columns, left, right, pairs: 1, factor, decay: 0, decays };
  }
  return undefined;
}

/** The arguments of a kernel, as it declares them. */
export type Arguments<Kernel extends keyof Kernels> = Readonly<Parameters<Kernels[Kernel]>>;
