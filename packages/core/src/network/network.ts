import type { ActivationFunction } from '../circuit/activation.ts';
import { allOperations, type Trace } from '../circuit/trace.ts';
import { InputError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Matrix } from '../matrix.ts';
import type { ParameterValues } from '../rules/parameters.ts';
import type { Loss, OutputFunction } from '../rules/shape.ts';
import { isSamples, type Samples } from '../samples.ts';
import { Computation } from './computation.ts';
import type { Engine } from './engine.ts';
import { Estimator } from './estimator.ts';
import { Learning } from './learning.ts';
import { makeEngine } from './make-engine.ts';
import { type Measured, type Measuring, Meter, traceEnergy, traceObjective } from './meter.ts';
import { Observer } from './observer.ts';
import { OnlineEngine } from './online/engine.ts';
import { suitsOnline } from './online/suits.ts';
import { type Blueprint, type NetworkOptions, type NetworkSettings, planNetwork, settingsOf } from './options.ts';
import { checkNumbers, PlacedSamples } from './placed-samples.ts';
import { checkFinite } from './plain/diverged.ts';
import { recordable, recordedSignal } from './recorded.ts';
import { Rest } from './rest.ts';
import { rowsOf } from './rows.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { Stage } from './sources.ts';
import { type NetworkTraces, traceNetwork } from './traces.ts';

/** How steps of time are done. */
export interface AdvanceOptions {
  /** Whether synapses learn; what they keep goes on either way. Default: they do. */
  readonly plastic?: boolean;
  /** The signals that are given back: names of states, or symbols. */
  readonly record?: readonly string[];
}

/**
 * A network that learns samples, one or a batch at a time. Inputs have m numbers, labels n, and there are k units in the last hidden
 * layer. Made by `createNetwork`. Its methods are synchronous and deterministic: the same options, the same samples, the same bits.
 */
export class Network extends Estimator {
  readonly rule: string;
  /** m */
  readonly inputs: number;
  /** n */
  readonly labels: number;
  /** k, the units of the last hidden layer. */
  readonly hidden: number;
  /** The units of each hidden layer, from the input up. */
  readonly layers: readonly number[];
  readonly activation: ActivationFunction;
  readonly output: OutputFunction;
  /** What it makes small. */
  readonly loss: Loss;
  readonly biases: boolean;
  /** The rule's own settings. */
  readonly parameters: ParameterValues;
  readonly decoupled: boolean;
  /** How many samples it learns at once. */
  readonly batch: number;
  /** λ */
  readonly ridge: number;
  /** What it is made of. */
  readonly blueprint: Blueprint;
  #options: NetworkOptions;
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #engine: Engine;
  readonly #traces: NetworkTraces;
  #namesOfSignals: ReadonlyMap<string, number> | undefined;
  readonly #stage: Stage;
  readonly #placed: PlacedSamples;
  readonly #computation: Computation;
  readonly #learning: Learning;

  /** @internal */
  constructor(options: NetworkOptions, blueprint: Blueprint, kernels: Kernels, memory: WebAssembly.Memory) {
    super();
    const { rule, architecture, parameters } = blueprint;
    this.rule = rule.name;
    this.inputs = options.inputs;
    this.labels = options.labels;
    this.layers = architecture.hidden;
    this.hidden = architecture.hidden.at(-1)!;
    this.activation = architecture.activation.function;
    this.output = architecture.output;
    this.loss = architecture.loss;
    this.biases = architecture.biases;
    this.parameters = parameters;
    this.decoupled = parameters.decoupled === true;
    this.batch = options.batch ?? 1;
    this.ridge = options.ridge ?? 0;
    this.blueprint = blueprint;
    this.#options = options;
    this.#kernels = kernels;
    this.#arena = new Arena(memory);
    this.#stage = new Stage(this.#arena, kernels, this.inputs, this.labels, this.batch);

    this.#traces = traceNetwork(blueprint);
    this.#engine = makeEngine(this.#arena, kernels, blueprint, this.#traces, options);
    this.#placed = new PlacedSamples(this.#arena, kernels, this, {
      listed: this.#engine.readsLists,
      batch: this.batch,
    });
    const rest = new Rest(blueprint, this.#engine, this.batch);
    this.#computation = new Computation(this.rule, this, this.#engine, this.#stage, this.#placed, rest);
    this.#learning = new Learning(this.rule, this.#engine, this.#stage, this.#computation, rest);
  }

  /** What `advance` can record. */
  get #recordable(): ReadonlyMap<string, number> {
    this.#namesOfSignals ??= recordable(this.#traces.learn, this.blueprint.circuit);
    return this.#namesOfSignals;
  }

  /** What it computes and learns by. */
  get settings(): NetworkSettings {
    const drawsNoise = allOperations(this.#traces.learn).some(({ kind }) => kind === 'noise');
    const isSparse = this.blueprint.circuit.allSynapses.some(({ options }) => options.density !== undefined);
    return { ...settingsOf(this.#options), ...((drawsNoise || isSparse) && { seed: this.#options.seed ?? 0 }) };
  }

  /** How many samples the network has learned; t of the learning rates. */
  get samplesSeen(): number {
    return this.#engine.samplesSeen;
  }

  /** Back to how the network was made: its first weights, and t. What was learned since then is forgotten. */
  restart(): void {
    this.#engine.start();
    this.#learning.beginAnew();
  }

  /**
   * Learns with these rates from the next sample on, t going on. Snapshots from before do not fit any more.
   * @throws InputError, the rates unchanged, for names that the rule does not have and rates that are not positive and finite
   */
  setRates(rates: NetworkOptions['rates']): void {
    const options = { ...this.#options, rates };
    const { plasticity } = planNetwork(options);
    const isOnline = this.#engine instanceof OnlineEngine;
    const { learn, predict } = this.#traces;
    if (isOnline && !suitsOnline({ ...this.blueprint, plasticity }, learn, predict, options)) {
      throw new InputError(
        'this network was made with rates that are constant or fall as 1 / (1 + t / t0): it learns by no others',
      );
    }
    this.#options = options;
    this.#engine.setPlasticity(plasticity);
  }

  /**
   * Learns one sample, an input of m numbers and a label of n.
   * @throws InputError for other lengths and numbers that are not finite; DivergenceError
   */
  learn(x: ArrayLike<number>, y: ArrayLike<number> = []): void {
    rowsOf('x', x, this.inputs, 1);
    if (this.labels > 0 || y.length > 0) rowsOf('y', y, this.labels, 1);
    this.learnRows(x, y);
  }

  /**
   * Steps of time, of rules in time: learns X, T × m, and the teacher's Y, T × n, a sample after the other, bit for bit as `learn` does, but
   * without coming back to JavaScript for each. Returns what signals and states were in each step, T × cells row-major: what a state became in
   * it, or a signal by its symbol.
   * @throws InputError for a rule that is not in time, names that it does not have, other lengths and numbers that are not finite; DivergenceError
   */
  advance(X: ArrayLike<number>, Y: ArrayLike<number>, options: AdvanceOptions = {}): Record<string, Float32Array> {
    const { plastic = true, record = [] } = options;
    if (this.blueprint.rule.time === undefined || !this.#engine.advance) {
      throw new InputError(`${this.rule} is not a rule in time: fit, partialFit and learn are for its samples`);
    }
    const count = rowsOf('X', X, this.inputs);
    if (this.labels > 0 || Y.length > 0) rowsOf('Y', Y, this.labels, count);
    const signals = record.map((name) => recordedSignal(this.#recordable, name));
    const kept = this.#learning.advance(X, Y, count, { plastic, record: signals });
    return Object.fromEntries(record.map((name, i) => [name, kept[i]!]));
  }

  /**
   * z, T × k row-major, for X of T × m or a data set, with labels or without.
   * @throws InputError for another shape and numbers that are not finite; DivergenceError for a state that settles and is not finite, and where
   *   cells do not come to rest, as weights that have to be positive definite are not
   */
  transform(X: ArrayLike<number> | Samples): Float32Array {
    return this.#computation.of(this.#traces.transform, X);
  }

  /**
   * What the second view alone comes to, T × k row-major, for Y of T × n or a data set: its part in z.
   * @throws InputError where the rule has no second view, and as `transform` does
   */
  transformSecond(Y: ArrayLike<number> | Samples): Float32Array {
    const trace = this.#ofSecondView('transformSecond');
    const computation = this.#computation;
    return isSamples(Y) ? computation.ofSamples(trace, Y, 0, Y.count, 'labels') : computation.ofRows(trace, { Y });
  }

  /**
   * z of both views, T × k row-major, for X of T × m and Y of T × n, or a data set.
   * @throws InputError where the rule has no second view, for views of different lengths, and as `transform` does
   */
  transformBoth(samples: Samples): Float32Array;
  transformBoth(X: ArrayLike<number>, Y: ArrayLike<number>): Float32Array;
  transformBoth(X: ArrayLike<number> | Samples, Y: ArrayLike<number> = []): Float32Array {
    const trace = this.#ofSecondView('transformBoth');
    const computation = this.#computation;
    return isSamples(X) ? computation.ofSamples(trace, X, 0, X.count, 'labels') : computation.ofRows(trace, { X, Y });
  }

  /** ŷ = W2 z, T × n row-major, for X of T × m or a data set. @throws InputError as `transform` does */
  predict(X: ArrayLike<number> | Samples): Float32Array {
    return this.#computation.of(this.#predicting, X);
  }

  /**
   * Learns the samples of a data set that have these numbers, in this order.
   * @throws InputError, before anything is learned, for samples of another shape, and for numbers of samples that there are
   *   not; DivergenceError
   */
  learnSamples(samples: Samples, numbers: Uint32Array): void {
    const source = this.#placed.of(samples, 'labels');
    checkNumbers(samples, numbers);
    this.#learning.learnNumbers(source, numbers);
  }

  /**
   * ŷ of the samples of a data set that have these numbers, in this order, row-major.
   * @throws InputError for samples of another shape, and for numbers of samples that there are not
   */
  predictNumbers(samples: Samples, numbers: Uint32Array): Float32Array {
    return this.#computation.ofNumbers(this.#predicting, samples, numbers);
  }

  /**
   * z of samples first … first + count − 1 of a data set, count × k row-major.
   * @throws InputError for samples of another shape, and for numbers of samples that there are not
   */
  transformSamples(samples: Samples, first: number, count: number): Float32Array {
    return this.#computation.ofSamples(this.#traces.transform, samples, first, count);
  }

  /** ŷ of samples first … first + count − 1 of a data set, count × n row-major. @throws as `transformSamples` does */
  predictSamples(samples: Samples, first: number, count: number): Float32Array {
    return this.#computation.ofSamples(this.#predicting, samples, first, count);
  }

  /** Σ_t ‖y_t − ŷ_t‖², or the sum of another loss, over a whole data set. @throws InputError without labels */
  totalLoss(samples: Samples, kind: Loss = this.loss): number {
    return this.#computation.totalLoss(this.#predicting, samples, kind);
  }

  /**
   * Copies of the weights by name: W1 is k × m, W2 n × k, and what else the rule has; with a `meanRate`, the running mean zbar, k × 1,
   * and what other states last.
   */
  weights(): Record<string, Matrix> {
    return this.#engine.weights();
  }

  /** @internal The names of `weights`, without copies of these. */
  get weightNames(): readonly string[] {
    return this.#engine.weightNames;
  }

  /**
   * What looks at what the rule does with samples, and at what gradient descent would do: see `Observer`. Give it back by its
   * `dispose`. @throws InputError where what is predicted has no known derivative
   */
  observer(): Observer {
    const traces = { learn: this.#traces.learn, predict: this.#predicting };
    return new Observer(this.#kernels, this.#arena.memory, this.blueprint, traces, this.#options);
  }

  /**
   * Looks at samples first … first + count − 1 of a data set, at most a block.
   * @throws InputError for samples of another shape, and without labels; DivergenceError for a state that settles and is not finite
   */
  observe(observer: Observer, samples: Samples, first: number, count: number): void {
    const source = this.#placed.of(samples, 'labels');
    this.#computation.from(first, () => observer.look(this.weights(), source, first, count));
  }

  /**
   * The energy of each layer as it has settled with a sample and its label, the mean over a data set, of rules that settle one down; the
   * sum of all of them is what settling makes small. Of other rules there is none: an empty list.
   * @throws InputError for samples of another shape, without labels, and none; DivergenceError for a state that is not finite
   */
  energies(samples: Samples): readonly number[] {
    const energy = traceEnergy(this.blueprint);
    return this.measure(samples, energy, {
      measured: (meter, count) => checkFinite(meter.values(count)),
    });
  }

  /**
   * What the network makes small, over a whole data set: the mean loss, `totalLoss / T`; of a rule that predicts no labels, its own
   * objective (`Behaviour.objective`), without what depends on the data alone.
   * @throws InputError for samples of another shape, and none; without labels, where labels are learned
   */
  objective(samples: Samples): number {
    const objective = traceObjective(this.blueprint);
    if (!objective) return this.totalLoss(samples) / samples.count;
    const values = this.measure(samples, objective);
    return objective.factors.reduce((sum, factor, i) => sum + factor * values[i]!, 0);
  }

  /**
   * @internal Measures signals over all samples of a data set and their labels, block after block, if there is what computes them; nothing
   * is learned.
   */
  measure(samples: Samples, what: Measured | undefined, how: Measuring = {}): readonly number[] {
    const source = this.#placed.of(samples, 'labels');
    if (samples.count === 0) throw new InputError('the data set has no samples');
    if (!what) return [];
    const meter = new Meter(this.#kernels, this.#arena.memory, this.blueprint, what, this.#options);
    return this.#computation.measure(meter, this.weights(), source, samples.count, how);
  }

  /** Everything that the future depends on. A network of the same options that restores it goes on bit for bit alike. */
  snapshot(): Uint8Array {
    return writeSnapshot(this.#options, this.#engine.state());
  }

  /** Goes back to a snapshot. @throws InputError for bytes that are none, or that a network of other options made */
  restore(snapshot: Uint8Array): void {
    readSnapshot(snapshot, this.#options, this.#engine.state());
    this.#learning.beginAnew();
  }

  /** Gives the network's memory back, where it shares one with others. The network must not be used again. */
  dispose(): void {
    this.#computation.forget();
    this.#engine.dispose();
    this.#arena.dispose();
  }

  protected checkPredicts(): void {
    void this.#predicting;
  }

  /** @throws InputError where the rule predicts no labels */
  get #predicting(): Trace {
    const { predict } = this.#traces;
    if (predict) return predict;
    throw new InputError(`${this.rule} predicts no labels: transform gives what it has learned of inputs`);
  }

  protected learnRows(X: ArrayLike<number>, Y: ArrayLike<number>): void {
    this.#learning.learnRows(X, Y, X.length / this.inputs);
  }

  /** @internal @throws DivergenceError where cells do not come to rest at the present weights: nothing more is learned then */
  checkRest(): void {
    this.#learning.checkRest();
  }

  /** @throws InputError where the rule has no second view */
  #ofSecondView(what: 'transformSecond' | 'transformBoth'): Trace {
    const trace = this.#traces[what];
    if (trace) return trace;
    throw new InputError(`${this.rule} has no second view: transform gives what it has learned of inputs`);
  }
}
