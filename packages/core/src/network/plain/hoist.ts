import { allOperations, type Body, inputsOf, isFunction, type Operation, outputsOf } from '../../circuit/trace.ts';

/**
 * A repeated body in two: what gives the same every time, as nothing that it reads changes from step to step, which is done once and
 * before, and the rest. Where a phase changes weights in it, that is all of it.
 */
export function hoisted(whole: Body): { readonly before: readonly Operation[]; readonly body: Body } {
  const { operations, changes } = whole;
  if (allOperations(whole).some(({ kind }) => kind === 'phase')) return { before: [], body: whole };
  const changing = new Set(operations.flatMap((each) => (each.kind === 'become' ? [each.state] : [])));
  const [before, rest]: [Operation[], Operation[]] = [[], []];
  for (const operation of operations) {
    const isStill = isFunction(operation) && !inputsOf(operation).some((signal) => changing.has(signal));
    (isStill ? before : rest).push(operation);
    if (!isStill) for (const signal of outputsOf(operation)) changing.add(signal);
  }
  return { before, body: { operations: rest, changes } };
}
