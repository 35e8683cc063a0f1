import type { Change } from '../../circuit/trace.ts';
import { afterBatch, type Step } from './block.ts';
import { type PlacedMatrix, paddedSize } from './matrices.ts';
import type { Compilation } from './operations.ts';

/** The stimulus is the first signal of every trace. */
const stimulus = 0;

/** A change by a product of signals. */
export type OuterChange = Extract<Change, { readonly post: number }>;

/**
 * target += factor · the mean over the block of Σ post preᵀ − decay W, of changes of the same synapses. The target lies as their
 * weights W do, or is those: then there is at most one change by whose signal they decay, and no other.
 */
export function changeSteps(
  compilation: Compilation,
  changes: readonly OuterChange[],
  placed: PlacedMatrix,
  target: number,
  factor: number | (() => number),
): readonly Step[] {
  const { kernels } = compilation.machine;
  const { address } = compilation.matrices.at(changes[0]!.synapses);
  const scale = typeof factor === 'number' ? () => factor : factor;
  const decay = changes.reduce((total, each) => total + each.decay, 0);
  const shrink: Step = () => {
    if (target === address) kernels.decayAll(address, paddedSize(placed), scale(), decay);
    else kernels.addScaled(target, -scale() * decay, address, target, paddedSize(placed));
  };
  return [
    ...(decay === 0 ? [] : [afterBatch(shrink)]),
    ...changes.flatMap(({ decayBy }) =>
      decayBy === undefined ? [] : [decayByStep(compilation, { ...placed, address }, decayBy, target, scale)],
    ),
    ...changes.map((change) => productStep(compilation, change, placed, target, factor)),
    ...hollowSteps(compilation, placed, target),
  ];
}

/** W ← W + η (post preᵀ − decay W) of one change, by its own weights. */
export function learnSteps(
  compilation: Compilation,
  change: OuterChange,
  placed: PlacedMatrix,
  eta: () => number,
): readonly Step[] {
  const { address, rows, columns, flipped } = placed;
  const steps = changeSteps(compilation, [change], placed, address, eta);
  const { decay, decayBy } = change;
  if (decay === 0 && decayBy === undefined) return steps;
  const { machine, slots } = compilation;
  const { kernels } = machine;
  const [p, q] = [slots.at(change.post), slots.at(change.pre)];
  const [left, right] = flipped ? [q, p] : [p, q];
  const ends = [address, rows, columns, left.address, right.address] as const;
  const decays = decayBy === undefined ? 0 : slots.at(decayBy).address;
  const kernel = flipped ? kernels.learnDecayingColumns : kernels.learnDecayingRows;
  const hollow = hollowSteps(compilation, placed, address);
  return [
    (block) => {
      // One sample decays and gains in one go over the weights, unless most of its inputs are left out.
      if (block.batch > 1 || (block.sparse && change.pre === stimulus)) {
        for (const step of steps) step(block);
        return;
      }
      const rate = eta();
      if (decayBy === undefined) kernels.learnDecaying(...ends, rate, decay);
      else kernel(...ends, rate, decays);
      for (const step of hollow) step(block);
    },
  ];
}

/** target += what a change gains, its mean over the block; the target lies as the weights of the synapses do. */
export function gainSteps(
  compilation: Compilation,
  change: Change,
  placed: PlacedMatrix,
  target: number,
): readonly Step[] {
  if (!('value' in change)) return changeSteps(compilation, [change], placed, target, 1);
  const { kernels } = compilation.machine;
  const { address } = compilation.slots.at(change.value);
  return [() => kernels.add(target, address, target, paddedSize(placed)), ...hollowSteps(compilation, placed, target)];
}

/** target −= factor · the weights of each postsynaptic cell times its own decay, the mean of it over the block. */
function decayByStep(
  { machine, slots }: Compilation,
  { address, rows, columns, flipped }: PlacedMatrix,
  decayBy: number,
  target: number,
  factor: () => number,
): Step {
  const { kernels } = machine;
  const [each, mean] = [slots.at(decayBy), slots.like(decayBy)];
  const { stride } = each;
  return ({ count }) => {
    kernels.scale(1 / count, each.address, mean.address, stride);
    for (let s = 1; s < count; s++) {
      kernels.addScaled(mean.address, 1 / count, each.address + 4 * s * stride, mean.address, stride);
    }
    const kernel = flipped ? kernels.decayColumns : kernels.decayRows;
    kernel(target, address, rows, columns, mean.address, factor());
  };
}

/** Zeros for autapses, of what lies as the weights of the synapses do. */
export function hollowSteps({ machine }: Compilation, placed: PlacedMatrix, target: number): readonly Step[] {
  if (!placed.hollow) return [];
  return [afterBatch(() => machine.kernels.clearDiagonal(target, placed.rows, placed.columns))];
}

/**
 * target += factor · the mean over the batch of post preᵀ. Of a batch that comes in parts, products are summed up beside it, going on from
 * part to part, and added after the last: to the bits of a batch that is computed as a whole.
 */
function productStep(
  compilation: Compilation,
  change: OuterChange,
  placed: PlacedMatrix,
  target: number,
  factor: number | (() => number),
): Step {
  const add = outerStep(compilation, change, target, factor);
  if (!compilation.inParts) return add;
  const { kernels } = compilation.machine;
  const length = paddedSize(placed);
  const sum = compilation.arena.float32(length).byteOffset;
  const sumUp = outerStep(compilation, change, sum, factor, true);
  const addSum = afterBatch(() => kernels.add(target, sum, target, length));
  return (block) => {
    if (block.count === block.batch) {
      add(block);
      return;
    }
    if (block.before === 0) kernels.clear(sum, length);
    sumUp(block);
    addSum(block);
  };
}

/**
 * target += factor · the mean over the batch of post preᵀ, of the samples of the block, the target lying as the weights of the synapses do.
 * @param goesOn whether each sample is added by itself, as to a sum
 */
export function outerStep(
  { machine, slots, matrices }: Compilation,
  { synapses, post, pre }: { readonly synapses: string; readonly post: number; readonly pre: number },
  target: number,
  factor: number | (() => number),
  goesOn = false,
): Step {
  const { kernels, scratch, lists } = machine;
  const addSparse = goesOn ? kernels.continueSparse : kernels.learnSparse;
  const addDense = goesOn ? kernels.continueOuterProducts : kernels.addOuterProducts;
  const { rows, columns, flipped } = matrices.at(synapses);
  const [p, q] = [slots.at(post), slots.at(pre)];
  const [left, right] = flipped ? [q, p] : [p, q];
  const scale = typeof factor === 'number' ? () => factor : factor;
  return ({ count, batch, sparse }) => {
    const each = scale() / batch;
    if (sparse && pre === stimulus && flipped) {
      addSparse(lists, count, rows, p.address, each, target, columns);
    } else {
      addDense(target, rows, columns, left.address, right.address, count, each, scratch);
    }
  };
}
