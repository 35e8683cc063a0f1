import type { Kernels } from '../../kernels/kernels.ts';
import type { Source } from '../sources.ts';

/** The samples that are computed together. */
export interface Block {
  readonly source: Source;
  /** The position of the first in the source's order. */
  readonly first: number;
  readonly count: number;
  /** Whether their inputs are listed, those that are zero left out. */
  readonly sparse: boolean;
  /** Is told of every step of what is repeated: the states that became something, and how many steps were done. */
  readonly watch?: (states: readonly number[], steps: number) => void;
}

/** One thing that is done to a block. */
export type Step = (block: Block) => void;

/** What steps work with. */
export interface Machine {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  /** Room for the kernels of products. */
  readonly scratch: number;
  /** The lists of a block's inputs. */
  readonly lists: number;
}
