import { isFunction, type Operation, type Trace } from '../circuit/trace.ts';
import type { LaidOut } from '../rules/lay-out.ts';

/** What a rule's energy is computed by. */
export interface EnergyTrace {
  readonly trace: Trace;
  /** The signals that are it, one a layer: the sum over the cells of each. */
  readonly layers: readonly number[];
}

/** What a rule's energy at the end of settling is computed by; undefined where the rule has none. */
export function traceEnergy({
  circuit,
  behaviour: { energy },
}: Pick<LaidOut, 'circuit' | 'behaviour'>): EnergyTrace | undefined {
  if (!energy) return undefined;
  let layers: readonly number[] = [];
  const trace: Trace = circuit.trace((x, y) => {
    layers = energy(x, y).map(({ id }) => id);
    return undefined;
  });
  return { trace, layers };
}

/**
 * The same in each step, too, at the state before it: what computes the energy is done within what is repeated as well. Undefined where
 * nothing is repeated, or where more than that follows it.
 */
export function traceEnergySteps(energy: EnergyTrace): (EnergyTrace & { readonly steps: number }) | undefined {
  const { trace, layers } = energy;
  const place = trace.operations.findIndex(({ kind }) => kind === 'repeat');
  const settling = trace.operations[place];
  const after = trace.operations.slice(place + 1);
  if (settling?.kind !== 'repeat' || !after.every(isFunction)) return undefined;
  const { body } = settling;
  const watched: Operation = { ...settling, body: { ...body, operations: [...body.operations, ...after] } };
  const operations = [...trace.operations.slice(0, place), watched, ...after];
  return { trace: { ...trace, operations }, layers, steps: settling.steps };
}
