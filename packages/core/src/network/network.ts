import { checkSamples, checkShape } from '../check-samples.ts';
import type { Activation } from '../circuit/activation.ts';
import { Circuit } from '../circuit/circuit.ts';
import type { Trace } from '../circuit/trace.ts';
import { DivergenceError, InputError } from '../errors.ts';
import { instantiateKernels, type Kernels } from '../kernels/kernels.ts';
import { Arena, checkMemory, createMemory } from '../kernels/memory.ts';
import type { Matrix } from '../matrix.ts';
import { architectureOf } from '../rules/architecture.ts';
import { isSamples, type Samples } from '../samples.ts';
import { compile } from './compile.ts';
import { Estimator } from './estimator.ts';
import { Evaluation } from './evaluate.ts';
import { checkOptions, type NetworkOptions, type NetworkSettings, settingsOf } from './options.ts';
import { Placement } from './placement.ts';
import { rowsOf } from './rows.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { blockSamples, placeSamples, type SampleSource, type Source, Stage } from './sources.ts';

/**
 * Makes a network with the initial weights that the options say.
 *
 * @throws InputError for an unknown rule, sizes that are not positive integers, rates that are not positive and finite, a
 *   negative ridge, names of synapses that the rule does not have, weights of another shape or that are not finite, and a
 *   memory that `createMemory` has not made
 */
export async function createNetwork(options: NetworkOptions): Promise<Network> {
  checkOptions(options);
  const memory = options.memory ?? createMemory();
  checkMemory(memory);
  return new Network(options, await instantiateKernels(memory), memory);
}

/**
 * A network of one hidden layer that learns one sample at a time. Inputs have m numbers, labels n, and there are k hidden
 * units. Made by `createNetwork`. Its methods are synchronous and deterministic: the same options, the same samples, the
 * same bits.
 */
export class Network extends Estimator {
  readonly rule: string;
  /** m */
  readonly inputs: number;
  /** n */
  readonly labels: number;
  /** k */
  readonly hidden: number;
  readonly activation: Activation['function'];
  readonly decoupled: boolean;
  /** λ */
  readonly ridge: number;
  #options: NetworkOptions;
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #placement: Placement;
  readonly #learning: number;
  readonly #traces: { readonly transform: Trace; readonly predict: Trace };
  /** What was computed last, while the weights stay as they are. */
  #evaluation: { readonly trace: Trace; readonly evaluation: Evaluation } | undefined;
  readonly #stage: Stage;
  readonly #sources = new WeakMap<Samples, SampleSource>();
  #diverged: DivergenceError | undefined;

  /** @internal */
  constructor(options: NetworkOptions, kernels: Kernels, memory: WebAssembly.Memory) {
    super();
    const rule = checkOptions(options);
    this.rule = rule.name;
    this.inputs = options.inputs;
    this.labels = options.labels;
    this.hidden = options.hidden;
    this.activation = options.activation ?? 'linear';
    this.decoupled = options.decoupled ?? false;
    this.ridge = options.ridge ?? 0;
    this.#options = options;
    this.#kernels = kernels;
    this.#arena = new Arena(memory);
    this.#stage = new Stage(this.#arena, kernels, this.inputs, this.labels);

    const circuit = new Circuit(options.inputs, options.labels);
    const behaviour = rule.build(circuit, architectureOf(rule, options));
    const learning = circuit.trace((x, y) => {
      behaviour.learn(x, y);
    });
    this.#placement = new Placement(this.#arena, kernels, circuit, learning, options);
    this.#learning = compile(this.#arena, this.#placement, learning);
    this.#traces = { transform: circuit.trace(behaviour.transform), predict: circuit.trace(behaviour.predict) };
  }

  /** What it computes and learns by. */
  get settings(): NetworkSettings {
    return settingsOf(this.#options);
  }

  /** How many samples the network has learned; t of the learning rates. */
  get samplesSeen(): number {
    return this.#placement.samplesSeen;
  }

  /** Back to how the network was made: its first weights, and t. What was learned since then is forgotten. */
  restart(): void {
    this.#placement.start();
    this.#forgetEvaluation();
    this.#diverged = undefined;
  }

  /**
   * Learns with these rates from the next sample on, t going on. Snapshots from before do not fit any more.
   * @throws InputError, the rates unchanged, for names that the rule does not have and rates that are not positive and finite
   */
  setRates(rates: NetworkOptions['rates']): void {
    const options = { ...this.#options, rates };
    checkOptions(options);
    this.#options = options;
    this.#placement.setRates(rates);
  }

  /**
   * Learns one sample, an input of m numbers and a label of n.
   * @throws InputError for other lengths and numbers that are not finite; DivergenceError
   */
  learn(x: ArrayLike<number>, y: ArrayLike<number>): void {
    rowsOf('x', x, this.inputs, 1);
    rowsOf('y', y, this.labels, 1);
    this.learnRows(x, y);
  }

  /** z, T × k row-major, for X of T × m or a data set, with labels or without. @throws InputError for another shape and numbers that are not finite */
  transform(X: ArrayLike<number> | Samples): Float32Array {
    return this.#compute(this.#traces.transform, X);
  }

  /** ŷ = W2 z, T × n row-major, for X of T × m or a data set. @throws InputError as `transform` does */
  predict(X: ArrayLike<number> | Samples): Float32Array {
    return this.#compute(this.#traces.predict, X);
  }

  /**
   * Learns the samples of a data set that have these numbers, in this order.
   * @throws InputError, before anything is learned, for samples of another shape, and for numbers of samples that there are
   *   not; DivergenceError
   */
  learnSamples(samples: Samples, numbers: Uint32Array): void {
    const source = this.#source(samples, 'labels');
    for (let i = 0; i < numbers.length; i++) {
      if (numbers[i]! >= samples.count) {
        throw new InputError(`there are ${samples.count} samples, from 0 on; number ${numbers[i]} was asked for`);
      }
    }
    for (let first = 0; first < numbers.length; first += source.capacity) {
      const part = numbers.subarray(first, first + source.capacity);
      source.order.set(part);
      this.#learn(source, part.length);
    }
  }

  /**
   * z of samples first … first + count − 1 of a data set, count × k row-major.
   * @throws InputError for samples of another shape, and for numbers of samples that there are not
   */
  transformSamples(samples: Samples, first: number, count: number): Float32Array {
    return this.#computeSamples(this.#traces.transform, samples, first, count);
  }

  /** ŷ of samples first … first + count − 1 of a data set, count × n row-major. @throws as `transformSamples` does */
  predictSamples(samples: Samples, first: number, count: number): Float32Array {
    return this.#computeSamples(this.#traces.predict, samples, first, count);
  }

  /** Σ_t ‖y_t − W2 z_t‖² over a whole data set. */
  squaredError(samples: Samples): number {
    const source = this.#source(samples, 'labels');
    const evaluation = this.#evaluate(this.#traces.predict);
    let total = 0;
    for (let first = 0; first < samples.count; first += blockSamples) {
      total += evaluation.squaredError(source, first, Math.min(blockSamples, samples.count - first));
    }
    return total;
  }

  /**
   * Copies of the weights by name: W1 is k × m, W2 n × k, and what else the rule has; and with a `meanRate`, the running mean
   * zbar, k × 1.
   */
  weights(): Record<string, Matrix> {
    return this.#placement.weights();
  }

  /** Everything that the future depends on. A network of the same options that restores it goes on bit for bit alike. */
  snapshot(): Uint8Array {
    return writeSnapshot(this.#options, this.#placement.state());
  }

  /** Goes back to a snapshot. @throws InputError for bytes that are none, or that a network of other options made */
  restore(snapshot: Uint8Array): void {
    readSnapshot(snapshot, this.#options, this.#placement.state());
    this.#forgetEvaluation();
    this.#diverged = undefined;
  }

  /** Gives the network's memory back, where it shares one with others. The network must not be used again. */
  dispose(): void {
    this.#forgetEvaluation();
    this.#arena.dispose();
  }

  #source(samples: Samples, reads: 'inputs' | 'labels'): SampleSource {
    checkShape(samples, this, reads);
    let source = this.#sources.get(samples);
    if (!source) {
      checkSamples(samples);
      source = placeSamples(this.#arena, this.#kernels, samples, this.#placement.readsLists);
      this.#sources.set(samples, source);
    }
    return source;
  }

  protected learnRows(X: ArrayLike<number>, Y: ArrayLike<number>): void {
    const count = X.length / this.inputs;
    for (let first = 0; first < count; first += this.#stage.capacity) {
      const part = Math.min(this.#stage.capacity, count - first);
      this.#stage.fill(X, Y, first, part);
      this.#learn(this.#stage, part);
    }
  }

  #learn(source: Source, count: number): void {
    if (this.#diverged) throw this.#diverged;
    this.#forgetEvaluation();
    const learned = this.#kernels.learn(this.#learning, source.address, 0, count);
    if (learned < count) {
      this.#diverged = new DivergenceError(this.samplesSeen + 1, this.rule);
      throw this.#diverged;
    }
  }

  /** The trace's results at the present weights. */
  #evaluate(trace: Trace): Evaluation {
    if (this.#evaluation?.trace === trace) return this.#evaluation.evaluation;
    this.#forgetEvaluation();
    const evaluation = new Evaluation(this.#kernels, this.#arena.memory, this.#placement, trace);
    this.#evaluation = { trace, evaluation };
    return evaluation;
  }

  /** Where weights change. */
  #forgetEvaluation(): void {
    this.#evaluation?.evaluation.dispose();
    this.#evaluation = undefined;
  }

  #compute(trace: Trace, X: ArrayLike<number> | Samples): Float32Array {
    if (isSamples(X)) return this.#computeSamples(trace, X, 0, X.count);
    const count = rowsOf('X', X, this.inputs);
    const evaluation = this.#evaluate(trace);
    const results = new Float32Array(count * evaluation.size);
    for (let first = 0; first < count; first += this.#stage.capacity) {
      const part = Math.min(this.#stage.capacity, count - first);
      this.#stage.fill(X, undefined, first, part);
      evaluation.compute(this.#stage, 0, part, results.subarray(first * evaluation.size));
    }
    return results;
  }

  #computeSamples(trace: Trace, samples: Samples, first: number, count: number): Float32Array {
    const source = this.#source(samples, 'inputs');
    const whole = Number.isInteger(first) && Number.isInteger(count);
    if (!(whole && first >= 0 && count >= 0 && first + count <= samples.count)) {
      throw new InputError(`there are ${samples.count} samples; ${count} from number ${first} on were asked for`);
    }
    const evaluation = this.#evaluate(trace);
    const results = new Float32Array(count * evaluation.size);
    for (let done = 0; done < count; done += blockSamples) {
      const part = Math.min(blockSamples, count - done);
      evaluation.compute(source, first + done, part, results.subarray(done * evaluation.size));
    }
    return results;
  }
}
