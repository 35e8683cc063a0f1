import { allOperations } from '../circuit/trace.ts';
import { InputError } from '../errors.ts';
import type { LaidOut } from '../rules/lay-out.ts';

/**
 * Refuses batches where cells have states that last from sample to sample: these are of one sample at a time.
 *
 * @throws InputError for that
 */
export function checkBatch(
  { rule, circuit, behaviour }: Pick<LaidOut, 'rule' | 'circuit' | 'behaviour'>,
  batch: number,
): void {
  if (batch === 1) return;
  const { signals, ...body } = circuit.trace((x, y) => void behaviour.learn(x, y));
  const lastsInCells = allOperations(body).some(
    (each) => each.kind === 'state' && each.lasts === 'ever' && !circuit.isAtSynapses(signals[each.output]!.population),
  );
  if (!lastsInCells) return;
  throw new InputError(
    `batch must be 1: ${rule.name} has states that last from sample to sample, which are those of one sample at a time`,
  );
}
