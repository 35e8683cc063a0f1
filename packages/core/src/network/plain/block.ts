import type { Kernels } from '../../kernels/kernels.ts';
import type { Source } from '../sources.ts';

/** The samples that are computed together: a batch, or a part of one. */
export interface Block {
  readonly source: Source;
  /** The position of the first in the source's order. */
  readonly first: number;
  readonly count: number;
  /** How many samples of the batch were computed before. */
  readonly before: number;
  /** How many samples the batch has. */
  readonly batch: number;
  /** Whether their inputs are listed, those that are zero left out. */
  readonly sparse: boolean;
  readonly watch?: Watch;
}

/** Who is told of what is repeated. */
export interface Watch {
  /** After every step that a sample of the block took: how many steps were done. Signals are those from before it, states those after it. */
  step?(steps: number): void;
  /** At the end, where samples settle until they are at rest: how many steps each of the block took. */
  rested?(steps: Uint32Array): void;
}

/** One thing that is done to a block. */
export type Step = (block: Block) => void;

/** What is done once a batch, with its last samples. */
export function afterBatch(step: Step): Step {
  return (block) => {
    if (block.before + block.count === block.batch) step(block);
  };
}

/** What steps work with. */
export interface Machine {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  /** Room for the kernels of products. */
  readonly scratch: number;
  /** The lists of a block's inputs. */
  readonly lists: number;
}
