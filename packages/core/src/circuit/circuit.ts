import { type Activation, type Activity, activations } from './activation.ts';
import { checkSynapses } from './check-synapses.ts';
import { checkLinear } from './linear.ts';
import { type Compartment, Population } from './population.ts';
import { checkRest, type Driven } from './rest.ts';
import { Signal, State } from './signal.ts';
import type { Distribution, Start } from './start.ts';
import { FixedSynapses, placeAt, Synapses, type SynapsesOptions, weightName } from './synapses.ts';
import type { Body, Change, Operation, Rest, Trace, TracedSignal } from './trace.ts';

/** A body while it is recorded. */
interface Recording {
  readonly operations: Operation[];
  readonly changes: Change[];
}

/**
 * The populations and synapses of a rule, and a recorder of what it does with them. A rule builds a circuit and then says,
 * in terms of signals, what happens with a sample; `trace` runs that once on symbols. The kernels, and everything that is
 * shown of a rule, come from the trace.
 */
export class Circuit {
  readonly stimulus: Population<'stimulus'>;
  readonly label: Population<'label'>;
  readonly #populations = new Map<string, Population<string>>();
  readonly #synapses = new Map<string, FixedSynapses<string, string>>();
  /** How many traces were begun. */
  traced = 0;
  #signals: TracedSignal[] = [];
  /** What is recorded now; nothing but while a trace is made. */
  #body: Recording | undefined;
  /** The names of the running means and states of the trace. */
  #lasting = new Set<string>();
  /** The states of the trace that last for ever. */
  #ever = new Set<number>();
  /** How many repeated bodies what is recorded now is in. */
  #repeats = 0;

  /** @param inputs m, the numbers in an input. @param labels n, the numbers in a label; 0 where there is none */
  constructor(inputs: number, labels: number) {
    this.stimulus = this.population('stimulus', inputs);
    this.label = this.population('label', labels);
  }

  get allPopulations(): readonly Population<string>[] {
    return [...this.#populations.values()];
  }

  get allSynapses(): readonly FixedSynapses<string, string>[] {
    return [...this.#synapses.values()];
  }

  /** @throws TypeError where there is one of that name already */
  population<Name extends string>(name: Name, size: number, compartments: readonly string[] = []): Population<Name> {
    if (this.#populations.has(name)) throw new TypeError(`the circuit has two populations called ${name}`);
    const population = new Population(name, size, compartments);
    this.#populations.set(name, population);
    return population;
  }

  /** Whether what lives there are numbers that synapses have, not cells. */
  isAtSynapses(population: string): boolean {
    return this.allSynapses.some(({ name }) => placeAt(name) === population);
  }

  /** How many cells the population of this name has; how many synapses, where it is what those have. */
  size(population: string): number {
    const found = this.#populations.get(population);
    if (found) return found.size;
    const synapses = this.allSynapses.find(({ name }) => placeAt(name) === population);
    if (!synapses) throw new TypeError(`the circuit has no population ${population}`);
    return synapses.each.size;
  }

  /** The synapses of this name. */
  synapsesOf(name: string): FixedSynapses<string, string> {
    const found = this.#synapses.get(name);
    if (!found) throw new TypeError(`the circuit has no synapses ${name}`);
    return found;
  }

  /**
   * Lays synapses that learn. A name that ends in ᵀ says that the weights are listed transposed, by the name without it.
   * @throws TypeError where there are synapses of that name already, and for no autapses between different populations
   */
  synapses<Pre extends string, Post extends string>(
    name: string,
    pre: Population<Pre>,
    post: Population<Post> | Compartment<Post>,
    initial: Start,
    options: SynapsesOptions = {},
  ): Synapses<Pre, Post> {
    return this.#lay(new Synapses(this, { name, pre, post, initial, options }));
  }

  /** Lays synapses that never learn. @throws TypeError where there are synapses of that name already */
  fixed<Pre extends string, Post extends string>(
    name: string,
    pre: Population<Pre>,
    post: Population<Post> | Compartment<Post>,
    initial: Start,
    options: Pick<SynapsesOptions, 'density'> = {},
  ): FixedSynapses<Pre, Post> {
    return this.#lay(new FixedSynapses(this, { name, pre, post, initial, options }));
  }

  /** The same number in every cell. */
  constant<Name extends string>(population: Population<Name>, value: number): Signal<Name> {
    return this.record(population, (output) => ({ kind: 'constant', value, output }));
  }

  /**
   * Independent deviates in the cells, anew at each sample and step: a function of the seed, the name, and how often the name
   * was drawn from before.
   */
  noise<Name extends string>(name: string, population: Population<Name>, distribution: Distribution): Signal<Name> {
    return this.record(population, (output) => ({ kind: 'noise', name, distribution, output }));
  }

  /**
   * A signal that lasts from step to step: for a sample, in which it starts anew, or for ever.
   * @param start a number in every cell; or, of what lasts a sample, a signal in the same cells
   * @throws TypeError for a second state (or running mean) of that name, and within what is repeated, where it would start every time
   */
  state<Name extends string>(
    name: string,
    population: Population<Name>,
    start: number | Signal<Name>,
    lasts: 'sample' | 'ever' = 'sample',
  ): State<Name> {
    this.#once(name);
    if (this.#repeats > 0) throw new TypeError(`the state ${name} must be had before what is repeated, not within it`);
    if (typeof start !== 'number') {
      this.checkPlace(start, population, `what ${name} starts as`);
      if (lasts === 'ever') throw new TypeError(`${name} lasts for ever: it can start as a number only`);
    }
    const from = typeof start === 'number' ? { value: start } : { signal: start.id };
    const signal = this.record(population, (output) => ({ kind: 'state', name, start: from, lasts, output }));
    if (lasts === 'ever') this.#ever.add(signal.id);
    return new State(this, population, signal.id);
  }

  /**
   * Does the body so many times for each sample: settling. States that it says to become something do so after each time.
   *
   * A body that returns states with what drives them, which is zero at rest, can stop early. With a tolerance a sample settles no longer
   * than until nothing that drives them is larger than that, in any cell: it takes no further step, whatever other samples do.
   * @throws TypeError for steps that are no whole number, a tolerance below 0, and one for a body that does more than compute what
   *   states of each sample's own cells become
   */
  repeat(steps: number, body: () => void): void;
  repeat(steps: number, body: () => readonly Driven[], rest: Pick<Rest, 'tolerance' | 'stableBelow'>): void;
  repeat(steps: number, body: () => unknown, until?: Pick<Rest, 'tolerance' | 'stableBelow'>): void {
    if (!Number.isSafeInteger(steps) || steps < 0)
      throw new TypeError(`a body is repeated a whole number of times, not ${steps}`);
    this.#repeats++;
    let driven: readonly Driven[] = [];
    const repeated = this.#record(() => {
      const returned = body();
      if (until) driven = returned as readonly Driven[];
    });
    this.#repeats--;
    for (const { state, drive } of driven) this.checkPlace(drive, state.population, 'what drives a state');
    const rest = until && {
      ...{ states: driven.map(({ state }) => state.id), drives: driven.map(({ drive }) => drive.id) },
      ...until,
    };
    if (rest) checkRest(repeated, rest, (id) => this.#isShared(id));
    this.#recording.operations.push({ kind: 'repeat', steps, body: repeated, ...(rest && { rest }) });
  }

  /** Does the body and applies its changes, before anything else is done: what comes after it sees the new weights. @returns what the body does */
  phase<Result>(name: string, body: () => Result): Result {
    let result: Result | undefined;
    const recorded = this.#record(() => {
      result = body();
    });
    this.#recording.operations.push({ kind: 'phase', name, body: recorded });
    return result as Result;
  }

  /**
   * Where fast dynamics come to rest: the signal z for which `residual(z)`, linear in z, is zero; solved directly. Such as
   * `z => input.minus(M.drive(z))`, which is M⁻¹ times the input. The signals from which the residual is made are those at rest.
   * @throws TypeError for a residual that is not linear in z or does more than compute, and for what synapses have
   */
  equilibrium<Name extends string>(
    population: Population<Name>,
    residual: (z: Signal<Name>) => Signal<Name>,
  ): Signal<Name> {
    this.checkCells(population, 'what comes to rest together');
    const unknown = this.#signal(population);
    let last = unknown;
    const body = this.#record(() => {
      last = residual(unknown);
      this.checkPlace(last, population, 'what is zero at rest');
    });
    checkLinear(body, unknown.id, last.id);
    return this.record(population, (output) => ({
      kind: 'equilibrium',
      unknown: unknown.id,
      body,
      residual: last.id,
      output,
    }));
  }

  /**
   * The activity of cells with this current. Linear cells pass it on as it is.
   * @param mean what the running mean is called, where one is subtracted
   * @throws TypeError for a second running mean (or state) of that name
   */
  activity<Name extends string>(current: Signal<Name>, activation: Activation, mean = 'zbar'): Activity<Name> {
    if (activations[activation.function] === 'identity' && activation.meanRate === undefined) {
      return { output: current, gate: (signal) => signal };
    }
    const { population } = current;
    if (activation.meanRate !== undefined) {
      this.#once(mean);
      this.checkCells(population, 'what has a running mean');
    }
    const slope = this.#signal(population);
    const output = this.record(population, (id) => ({
      kind: 'activate',
      activation,
      ...(activation.meanRate !== undefined && { mean }),
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
  trace(run: (x: Signal<'stimulus'>, y: Signal<'label'>) => Signal<string> | undefined): Trace {
    this.traced++;
    this.#signals = [];
    this.#lasting = new Set();
    this.#ever = new Set();
    const x = this.#signal(this.stimulus).as('x');
    const y = this.#signal(this.label).as('y');
    let result: Signal<string> | undefined;
    const body = this.#record(() => {
      result = run(x, y);
    });
    return { signals: this.#signals, ...body, result: result?.id };
  }

  /** Notes an operation that yields a new signal in the population. */
  record<Name extends string>(
    population: Population<Name>,
    operation: (output: number) => Operation,
    compartment?: string,
  ): Signal<Name> {
    const signal = this.#signal(population, compartment);
    this.#recording.operations.push(operation(signal.id));
    return signal;
  }

  /** Notes the symbol of a signal. */
  name(id: number, symbol: string): void {
    const signal = this.#signals[id];
    if (signal) this.#signals[id] = { ...signal, symbol };
  }

  /** Notes that a signal is a residual, or probed, by its name. @throws TypeError for a second one of that name */
  mark(id: number, as: 'residual' | 'probed', name: string): void {
    if (this.#signals.some((each) => each[as] === name)) {
      throw new TypeError(`the rule has two ${as === 'residual' ? 'residuals' : 'probed signals'} called ${name}`);
    }
    const signal = this.#signals[id];
    if (signal) this.#signals[id] = { ...signal, [as]: name };
  }

  change(change: Change): void {
    this.#recording.changes.push(change);
  }

  become(state: number, next: number): void {
    const { operations } = this.#recording;
    if (operations.some((each) => each.kind === 'become' && each.state === state)) {
      throw new TypeError('a state becomes two things at the end of the same step');
    }
    operations.push({ kind: 'become', state, next });
  }

  /** Refuses what synapses have, which do not see each other, where cells are meant. */
  checkCells({ name }: Population<string>, what: string): void {
    if (this.isAtSynapses(name)) throw new TypeError(`${what} must live in cells, but this lives at ${name}`);
  }

  /** Refuses a signal that lives elsewhere than in the population: for callers whose types were not checked. */
  checkPlace(signal: Signal<string>, population: Population<string>, what: string): void {
    if (signal.population.name !== population.name) {
      throw new TypeError(
        `${what} must live at ${population.name}, but this signal lives at ${signal.population.name}`,
      );
    }
  }

  #lay<Laid extends FixedSynapses<string, string>>(synapses: Laid): Laid {
    checkSynapses(synapses, this.allSynapses);
    this.#synapses.set(synapses.name, synapses as FixedSynapses<string, string>);
    return synapses;
  }

  /** Refuses a name that a running mean or state of the trace has already, or synapses have. */
  #once(name: string): void {
    const isTaken = this.#lasting.has(name) || this.allSynapses.some((each) => weightName(each.name) === name);
    if (isTaken) throw new TypeError(`the rule has two running means, states or synapses called ${name}`);
    this.#lasting.add(name);
  }

  /** Whether a signal is not of one sample alone: it lives at synapses, or goes on from sample to sample. */
  #isShared(id: number): boolean {
    return this.#ever.has(id) || this.isAtSynapses(this.#signals[id]!.population);
  }

  get #recording(): Recording {
    if (this.#body) return this.#body;
    throw new TypeError(
      'signals are those of a sample: they are had where a rule learns or predicts, not where it is built',
    );
  }

  #record(run: () => void): Body {
    const outer = this.#body;
    const body: Recording = { operations: [], changes: [] };
    this.#body = body;
    try {
      run();
    } finally {
      this.#body = outer;
    }
    return body;
  }

  #signal<Name extends string>(population: Population<Name>, compartment?: string): Signal<Name> {
    const id = this.#signals.length;
    this.#signals.push({ id, population: population.name, ...(compartment === undefined ? {} : { compartment }) });
    return new Signal(this, population, id);
  }
}
