import { allOperations, type Operation } from '../../circuit/trace.ts';
import type { DivergedState } from '../../errors.ts';
import type { Block } from './block.ts';
import type { Compilation } from './operations.ts';
import { lengthOf } from './slots.ts';

/** Thrown where what changes synapses, or a state that settles, is not finite. */
export class NotFinite extends Error {
  /** The state, and the sample of the batch, from 0; absent where it is not known to be one that settles. */
  readonly state: DivergedState | undefined;

  constructor(state?: DivergedState) {
    super();
    this.state = state;
  }
}

/** @throws NotFinite where one of the numbers is not finite */
export function checkFinite(numbers: readonly number[]): void {
  if (!numbers.every(Number.isFinite)) throw new NotFinite();
}

/**
 * What looks, after so many steps of what is repeated, at the states in cells that become something in it, of so many samples: those
 * that start as a signal, which are what settles, before those that are kept for it.
 *
 * @throws NotFinite by it, for the first that is not finite
 */
export function watchStates(
  { body }: Extract<Operation, { readonly kind: 'repeat' }>,
  { trace, slots, machine }: Compilation,
): (steps: number, block: Block) => void {
  const becoming = new Set(body.operations.flatMap((each) => (each.kind === 'become' ? [each.state] : [])));
  const states = allOperations(trace).flatMap((each) =>
    each.kind === 'state' && becoming.has(each.output) ? [each] : [],
  );
  const watched = [
    ...states.filter(({ start }) => 'signal' in start),
    ...states.filter(({ start }) => 'value' in start),
  ].flatMap(({ name, output }) => {
    const slot = slots.at(output);
    const { symbol, population } = trace.signals[output]!;
    return slot.matrix ? [] : [{ slot, state: symbol ?? name, population }];
  });
  return (steps, { count, before }) => {
    for (const { slot, state, population } of watched) {
      const { address, stride } = slot;
      if (machine.kernels.allFinite(address, lengthOf(slot, count))) continue;
      const values = new Float32Array(machine.memory.buffer, address, count * stride);
      const sample = Math.floor(values.findIndex((value) => !Number.isFinite(value)) / stride);
      throw new NotFinite({ state, population, steps, sample: before + sample });
    }
  };
}
