import type { Circuit } from './circuit.ts';
import type { Population } from './population.ts';

/**
 * One number for each cell of a population, at one moment. `Name` is the name of the population where it lives: signals of
 * different populations are different types.
 */
export class Signal<Name extends string> {
  readonly population: Population<Name>;
  /** Its place in the trace. */
  readonly id: number;
  readonly #circuit: Circuit;

  constructor(circuit: Circuit, population: Population<Name>, id: number) {
    this.#circuit = circuit;
    this.population = population;
    this.id = id;
  }

  /** Gives the signal the symbol by which equations and drawings call it. What has none is written out. */
  as(symbol: string): this {
    this.#circuit.name(this.id, symbol);
    return this;
  }

  /** The difference of two signals in the same cells: excitation minus inhibition, label minus prediction. */
  minus(other: Signal<Name>): Signal<Name> {
    this.#circuit.checkPlace(other, this.population, 'the signal that is subtracted');
    return this.#circuit.record(this.population, (output) => ({
      kind: 'minus',
      left: this.id,
      right: other.id,
      output,
    }));
  }
}
