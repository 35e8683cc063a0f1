import type { Circuit } from '../circuit/circuit.ts';
import type { Population } from '../circuit/population.ts';
import type { Signal } from '../circuit/signal.ts';

/**
 * The rate of cells that weigh all samples alike: 1/D, where every cell keeps the running sum D of what it forgets, the decay of its
 * synapses, with that of this sample. What synapses learn at this rate is an exact running average:
 * `D W = D(0) W(0) + Σ post preᵀ`.
 * @param start D(0)
 */
export function ratesOf<Name extends string>(
  circuit: Circuit,
  { name, symbol, start }: { readonly name: string; readonly symbol: string; readonly start: number },
  cells: Population<Name>,
  decay: Signal<Name>,
): Signal<Name> {
  const D = circuit.state(name, cells, start, 'ever');
  const next = D.plus(decay).as(`${name}′`);
  D.becomes(next);
  return next.through('reciprocal').as(symbol);
}
