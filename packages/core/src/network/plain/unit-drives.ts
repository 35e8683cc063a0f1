import type { Operation } from '../../circuit/trace.ts';
import { padded } from '../../kernels/memory.ts';
import type { Step } from './block.ts';
import type { Compilation } from './operations.ts';

/** Whether an operation has what synapses drive by a signal: by their own weights. */
export function isDriveOf(signal: number, operation: Operation): boolean {
  return operation.kind === 'drive' && operation.input === signal && operation.by === undefined;
}

/** What synapses drive by each unit vector, as if these were samples: their matrix as it lies, or its transpose. */
export function driveByUnits(
  { synapses, reversed, output }: Extract<Operation, { readonly kind: 'drive' }>,
  { machine, matrices, slots }: Compilation,
): Step {
  const { kernels } = machine;
  const { address, rows, columns, flipped } = matrices.at(synapses);
  const to = slots.at(output).address;
  if (flipped !== (reversed !== undefined)) return () => kernels.copy(address, to, rows * padded(columns));
  return () => kernels.transpose(address, rows, columns, to);
}
