import type { Activation, Activity } from './activation.ts';
import { type Compartment, Population } from './population.ts';
import { Signal } from './signal.ts';
import { type Initial, Synapses, weightName } from './synapses.ts';
import type { Change, Operation, Trace, TracedSignal } from './trace.ts';

/** Something that a circuit does with an input and its label. */
export type TracedFunction = (x: Signal<'stimulus'>, y: Signal<'label'>) => Signal<string> | undefined;

/**
 * The populations and synapses of a rule, and a recorder of what it does with them. A rule builds a circuit and then says,
 * in terms of signals, what happens with a sample; `trace` runs that once on symbols. The kernels, and everything that is
 * shown of a rule, come from the trace.
 */
export class Circuit {
  readonly stimulus: Population<'stimulus'>;
  readonly label: Population<'label'>;
  readonly #populations = new Map<string, Population<string>>();
  readonly #synapses = new Map<string, Synapses<string, string>>();
  #signals: TracedSignal[] = [];
  #operations: Operation[] = [];
  #changes: Change[] = [];

  /** @param inputs m, the numbers in an input. @param labels n, the numbers in a label. */
  constructor(inputs: number, labels: number) {
    this.stimulus = this.population('stimulus', inputs);
    this.label = this.population('label', labels);
  }

  get allPopulations(): readonly Population<string>[] {
    return [...this.#populations.values()];
  }

  get allSynapses(): readonly Synapses<string, string>[] {
    return [...this.#synapses.values()];
  }

  population<Name extends string>(name: Name, size: number, compartments: readonly string[] = []): Population<Name> {
    const population = new Population(name, size, compartments);
    this.#populations.set(name, population);
    return population;
  }

  /** How many cells the population of this name has. */
  size(population: string): number {
    const found = this.#populations.get(population);
    if (!found) throw new TypeError(`the circuit has no population ${population}`);
    return found.size;
  }

  /**
   * Lays synapses. A name that ends in ᵀ says that the weights are listed transposed, by the name without it.
   * @param rate the name of their learning rate, where it is not their own
   */
  synapses<Pre extends string, Post extends string>(
    name: string,
    pre: Population<Pre>,
    post: Population<Post> | Compartment<Post>,
    initial: Initial,
    rate: string = weightName(name),
  ): Synapses<Pre, Post> {
    const synapses = new Synapses(this, name, pre, post, initial, rate);
    this.#synapses.set(name, synapses);
    return synapses;
  }

  /** The activity of cells with this current. Linear cells pass it on as it is. */
  activity<Name extends string>(current: Signal<Name>, activation: Activation): Activity<Name> {
    if (activation.function === 'linear') return { output: current, gate: (signal) => signal };
    const { population } = current;
    const slope = this.#signal(population);
    const output = this.record(population, (id) => ({
      kind: 'activate',
      activation,
      input: current.id,
      output: id,
      slope: slope.id,
    }));
    return {
      output,
      gate: (signal) => {
        this.checkPlace(signal, population, 'the signal that is gated');
        return this.record(population, (id) => ({ kind: 'gate', slope: slope.id, input: signal.id, output: id }));
      },
    };
  }

  /** Runs the function once on a symbolic input and label, signals 0 and 1, and returns what it did. */
  trace(run: TracedFunction): Trace {
    this.#signals = [];
    this.#operations = [];
    this.#changes = [];
    const result = run(this.#signal(this.stimulus).as('x'), this.#signal(this.label).as('y'));
    return {
      signals: this.#signals,
      operations: this.#operations,
      changes: this.#changes,
      result: result?.id,
    };
  }

  /** Notes an operation that yields a new signal in the population. */
  record<Name extends string>(
    population: Population<Name>,
    operation: (output: number) => Operation,
    compartment?: string,
  ): Signal<Name> {
    const signal = this.#signal(population, compartment);
    this.#operations.push(operation(signal.id));
    return signal;
  }

  /** Notes the symbol of a signal. */
  name(id: number, symbol: string): void {
    const signal = this.#signals[id];
    if (signal) this.#signals[id] = { ...signal, symbol };
  }

  change(change: Change): void {
    this.#changes.push(change);
  }

  /** Refuses a signal that lives elsewhere than in the population: for callers whose types were not checked. */
  checkPlace(signal: Signal<string>, population: Population<string>, what: string): void {
    if (signal.population.name !== population.name) {
      throw new TypeError(
        `${what} must live at ${population.name}, but this signal lives at ${signal.population.name}`,
      );
    }
  }

  #signal<Name extends string>(population: Population<Name>, compartment?: string): Signal<Name> {
    const id = this.#signals.length;
    this.#signals.push({ id, population: population.name, ...(compartment === undefined ? {} : { compartment }) });
    return new Signal(this, population, id);
  }
}
