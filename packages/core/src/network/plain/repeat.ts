import { type Operation, stopsEarly } from '../../circuit/trace.ts';
import type { Step } from './block.ts';
import { watchStates } from './diverged.ts';
import { hoisted } from './hoist.ts';
import { type Compilation, compileOperation } from './operations.ts';
import { Settling } from './settling.ts';

/** What is repeated: the body so many times, or until all samples of the block are at rest. */
export function compileRepeat(
  operation: Extract<Operation, { readonly kind: 'repeat' }>,
  compilation: Compilation,
): readonly Step[] {
  const { steps, rest } = operation;
  const { slots, machine } = compilation;
  const { before, body } = hoisted(operation.body);
  const zero = rest?.drives.map((id) => slots.at(id)) ?? [];
  const settling = stopsEarly(operation)
    ? new Settling(machine.memory, zero, rest!.tolerance, slots.capacity)
    : undefined;
  const once = compilation.compileBody(body, compilation, 'accumulate', settling);
  const checkStates = watchStates(operation, compilation);
  return [
    ...before.flatMap((each) => compileOperation(each, compilation)),
    (block) => {
      const { count, watch } = block;
      settling?.begin(count);
      if (steps > 0) checkStates(0, block);
      for (let i = 1; i <= steps; i++) {
        for (const step of once) step(block);
        if (settling?.isAtRest) break;
        checkStates(i, block);
        watch?.step?.(i);
      }
      if (settling) watch?.rested?.(settling.taken);
    },
  ];
}
