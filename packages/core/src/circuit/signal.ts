import { InputError } from '../errors.ts';
import type { Circuit } from './circuit.ts';
import type { FunctionName } from './functions.ts';
import type { Population } from './population.ts';
import type { Operation } from './trace.ts';

/**
 * One number for each cell of a population, at one moment. `Name` is the name of the population where it lives: signals of
 * different populations are different types. What synapses have, one number each, is a signal that lives at them.
 */
export class Signal<Name extends string> {
  readonly population: Population<Name>;
  protected readonly circuit: Circuit;
  readonly #place: number;
  /** Which of the circuit's traces it is of. */
  readonly #trace: number;

  constructor(circuit: Circuit, population: Population<Name>, place: number) {
    this.circuit = circuit;
    this.population = population;
    this.#place = place;
    this.#trace = circuit.traced;
  }

  /** Its place in the trace. @throws TypeError where another trace is made */
  get id(): number {
    if (this.#trace === this.circuit.traced) return this.#place;
    throw new TypeError(
      `a signal at ${this.population.name} was made for another function of the rule: each function makes its own`,
    );
  }

  /** Gives the signal the symbol by which equations and drawings call it. What has none is written out. */
  as(symbol: string): this {
    this.circuit.name(this.id, symbol);
    return this;
  }

  /**
   * What learning is to make zero, besides the loss: the probe `residuals` reads its mean squared norm under this name, as a rule
   * that of the synapses that learn it.
   */
  residual(name: string): this {
    this.circuit.mark(this.id, 'residual', name);
    return this;
  }

  /** What the probe `signals` reads the distribution of, over cells and samples, under this name. */
  probed(name: string): this {
    this.circuit.checkCells(this.population, 'what is probed');
    this.circuit.mark(this.id, 'probed', name);
    return this;
  }

  /** The sum of two signals in the same cells. */
  plus(other: Signal<Name> | number): Signal<Name> {
    return this.#combined('plus', other, 'the signal that is added');
  }

  /** The difference of two signals in the same cells: excitation minus inhibition, label minus prediction. */
  minus(other: Signal<Name> | number): Signal<Name> {
    return this.#combined('minus', other, 'the signal that is subtracted');
  }

  /**
   * The product with a number, or cell by cell with a signal in the same cells.
   * @param symbol what equations call the number
   * @throws InputError for a number that is not finite: a rule's parameters can make it so
   */
  times(other: Signal<Name> | number, symbol?: string): Signal<Name> {
    if (typeof other === 'number') {
      if (!Number.isFinite(other)) {
        const what = `${symbol === undefined ? 'a number' : symbol} that a signal of ${this.population.name} is multiplied by`;
        throw new InputError(`parameters: with these, ${what} is ${other}`);
      }
      const input = this.id;
      return this.circuit.record(this.population, (output) => ({
        kind: 'scale',
        factor: other,
        ...(symbol !== undefined && { symbol }),
        input,
        output,
      }));
    }
    return this.#combined('multiply', other, 'the signal that is multiplied');
  }

  /** The smaller of two signals in the same cells, cell by cell. */
  minimum(other: Signal<Name> | number): Signal<Name> {
    return this.#combined('minimum', other, 'the signal that is compared');
  }

  /** The larger of two signals in the same cells, cell by cell. */
  maximum(other: Signal<Name> | number): Signal<Name> {
    return this.#combined('maximum', other, 'the signal that is compared');
  }

  /** The quotient of two signals in the same cells, cell by cell. What is divided by zero is not finite. */
  over(other: Signal<Name>): Signal<Name> {
    return this.times(other.through('reciprocal'));
  }

  /** `f(u)`, cell by cell. */
  through(name: FunctionName): Signal<Name> {
    return this.#derived((input, output) => ({ kind: 'apply', function: name, input, output }));
  }

  /** `f′(u)`, cell by cell. */
  slope(name: FunctionName): Signal<Name> {
    return this.#derived((input, output) => ({ kind: 'slope', function: name, input, output }));
  }

  /** `exp(u_i) / Σ_j exp(u_j)`: the cells' shares. */
  softmax(): Signal<Name> {
    return this.#derived((input, output) => ({ kind: 'softmax', input, output }));
  }

  /** `Σ_j u_j`, the sum over the cells, at each of them. */
  pooled(): Signal<Name> {
    return this.#derived((input, output) => ({ kind: 'pool', input, output }));
  }

  #combined(
    kind: 'plus' | 'minus' | 'multiply' | 'minimum' | 'maximum',
    other: Signal<Name> | number,
    what: string,
  ): Signal<Name> {
    const right = typeof other === 'number' ? this.circuit.constant(this.population, other) : other;
    this.circuit.checkPlace(right, this.population, what);
    return this.circuit.record(this.population, (output) => ({ kind, left: this.id, right: right.id, output }));
  }

  #derived(operation: (input: number, output: number) => Operation): Signal<Name> {
    return this.circuit.record(this.population, (output) => operation(this.id, output));
  }
}

/** A signal that lasts: read, it is what it was before the step; what it becomes, it is from the step's end on. */
export class State<Name extends string> extends Signal<Name> {
  /** What the state is from the end of the step on: of the body of `repeat` where it is said there, else of the sample. */
  becomes(next: Signal<Name>): void {
    this.circuit.checkPlace(next, this.population, 'what a state becomes');
    this.circuit.become(this.id, next.id);
  }
}
