import type { Circuit } from '../../circuit/circuit.ts';
import type { Population } from '../../circuit/population.ts';
import type { Signal, State } from '../../circuit/signal.ts';

/**
 * A state that lasts for ever and moves by little in each of very many steps. What rounding loses of a step is kept, and added to the
 * next (Kahan 1965): else float32 would lose it a million times over.
 */
export function slowly<Cells extends string>(
  circuit: Circuit,
  name: string,
  cells: Population<Cells>,
  start: number,
): { readonly value: State<Cells>; moveBy(change: Signal<Cells>): void } {
  const value = circuit.state(name, cells, start, 'ever');
  const lost = circuit.state(`${name} lost`, cells, 0, 'ever');
  return {
    value,
    moveBy(change) {
      const due = change.plus(lost);
      const next = value.plus(due);
      value.becomes(next);
      lost.becomes(due.minus(next.minus(value)));
    },
  };
}
