import {
  allChanges,
  allOperations,
  type Body,
  inputsOf,
  inputsOfChange,
  type Operation,
  type Trace,
} from '../../circuit/trace.ts';
import type { Step } from './block.ts';
import type { Compilation } from './operations.ts';
import { lengthOf } from './slots.ts';

type Scale = Extract<Operation, { readonly kind: 'scale' }>;
type Sum = Extract<Operation, { readonly kind: 'plus' | 'minus' }>;

/** A sum one side of which is scaled: left + factor · right. */
export interface ScaledSum {
  readonly left: number;
  readonly factor: number;
  readonly right: number;
}

/**
 * The sums of a body one side of which is a product with a number that nothing else reads and that has no symbol, so that nobody asks for
 * it: a + f b is one pass over the vectors in the place of two, with the same rounding. By their outputs; and the outputs of those products.
 */
export function scaledSums(
  { operations }: Body,
  trace: Trace,
): { readonly sums: ReadonlyMap<number, ScaledSum>; readonly products: ReadonlySet<number> } {
  const reads = new Map<number, number>();
  const read = [...allOperations(trace).flatMap(inputsOf), ...allChanges(trace).flatMap(inputsOfChange)];
  for (const id of read) reads.set(id, (reads.get(id) ?? 0) + 1);
  const scales = new Map(
    operations
      .filter((each): each is Scale => each.kind === 'scale')
      .filter(({ output }) => reads.get(output) === 1 && trace.signals[output]?.symbol === undefined)
      .map((each) => [each.output, each]),
  );
  const sums = new Map<number, ScaledSum>();
  const products = new Set<number>();
  for (const each of operations.filter(isSum)) {
    const found = scaledSum(each, scales);
    if (found === undefined || trace.result === found.product) continue;
    sums.set(each.output, found);
    products.add(found.product);
  }
  return { sums, products };
}

export function isSum(operation: Operation): operation is Sum {
  return operation.kind === 'plus' || operation.kind === 'minus';
}

function scaledSum({ kind, left, right }: Sum, scales: ReadonlyMap<number, Scale>) {
  const [first, second] = [scales.get(left), scales.get(right)];
  if (second) {
    const factor = kind === 'plus' ? second.factor : -second.factor;
    return { left, factor, right: second.input, product: right };
  }
  return first && kind === 'plus'
    ? { left: right, factor: first.factor, right: first.input, product: left }
    : undefined;
}

/** left + factor · right */
export function scaledSumStep(
  { left, factor, right }: ScaledSum,
  output: number,
  { slots, machine }: Compilation,
): Step {
  const [a, b, to] = [left, right, output].map((id) => slots.at(id));
  return ({ count }) => machine.kernels.addScaled(a!.address, factor, b!.address, to!.address, lengthOf(to!, count));
}
