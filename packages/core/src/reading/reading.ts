import { withoutAutapses } from '../circuit/autapses.ts';
import { type FixedSynapses, weightName } from '../circuit/synapses.ts';
import { allOperations, type Trace } from '../circuit/trace.ts';
import { turnAt, turnsOf } from '../circuit/turns.ts';
import { InputError } from '../errors.ts';
import { initialWeights } from '../network/initial-weights.ts';
import type { Blueprint } from '../network/options.ts';
import { drawsOf, Noise, type NoiseSource } from '../network/plain/noise.ts';
import { possible, presenceOf } from '../network/presence.ts';
import { rateAt } from '../network/schedule.ts';
import { channelOf, listedShape } from '../network/start.ts';
import { Interpreter, type Memory } from './interpreter.ts';
import { type Kept, keptFor, stepped } from './optimise.ts';
import { meanOuter, turned, type Value } from './values.ts';

/** A matrix of numbers, row-major. */
export interface Numbers {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
}

/** The same in float64. */
export interface DoubleMatrix extends Numbers {
  readonly data: Float64Array;
}

/** A value of each signal of a trace. */
export type SignalValues = readonly Value[];

export interface ReadingOptions {
  /** The weights, running means and lasting states to begin with, by the names of `Network.weights`; others start as the rule says. */
  readonly weights: Readonly<Record<string, Numbers>>;
  readonly seed?: number;
  /** λ, of networks that are linear in their inputs: see `NetworkOptions`. */
  readonly ridge?: number;
  /** Where the deviates of noise come from; by default where a network's come from. */
  readonly noise?: NoiseSource;
}

/**
 * A network in float64, read off its rule's trace with no thought of speed: the meaning of a rule, against which the kernels are
 * tested, and by which the laboratory shows what a circuit does.
 */
export class Reading {
  readonly #blueprint: Blueprint;
  readonly #learn: Trace;
  /** What is done in each turn: all, where there are none. */
  readonly #turns: readonly Trace[];
  readonly #before: { readonly times: number; readonly trace: Trace } | undefined;
  readonly #weights = new Map<string, Float64Array>();
  readonly #lasting = new Map<string, Float64Array>();
  /** What weights with bounds, or of which there are not all, can be. */
  readonly #possible = new Map<string, (weights: Float64Array) => Float64Array>();
  readonly #kept = new Map<string, Kept>();
  readonly #noise: NoiseSource;
  readonly #ridge: number;
  #lastsInCells = false;
  #updates = 0;
  #stepsBefore = 0;

  constructor(blueprint: Blueprint, { weights, seed = 0, ridge = 0, noise }: ReadingOptions) {
    const { circuit, behaviour } = blueprint;
    const { before } = behaviour;
    this.#blueprint = blueprint;
    this.#ridge = ridge;
    this.#learn = circuit.trace((x, y) => {
      behaviour.learn(x, y);
      return undefined;
    });
    this.#before = before && { times: before.times, trace: circuit.trace(() => void before.run()) };
    this.#turns = behaviour.turns === undefined ? [this.#learn] : turnsOf(this.#learn);
    const drawing = [...this.#turns, ...(this.#before ? [this.#before.trace] : [])];
    this.#noise =
      noise ??
      new Noise(
        seed,
        drawing.map((trace) => drawsOf(trace, circuit)),
      ).draw;
    const started = new Map<string, Float64Array>();
    for (const synapses of circuit.allSynapses) {
      const name = weightName(synapses.name);
      const data = weights[name] ? Float64Array.from(weights[name].data) : startOf(synapses, seed, started);
      started.set(name, data);
      const isListed = name === synapses.name;
      const lying = (values: Float64Array) => (isListed ? values : turned(values, listedShape(synapses).rows));
      const presence = presenceOf(synapses, seed);
      if (synapses.options.bounds || presence) {
        const own = presence && Float32Array.from(lying(Float64Array.from(presence)));
        this.#possible.set(synapses.name, (values) => values.map(possible(synapses, own)));
      }
      const start = lying(data);
      this.#weights.set(synapses.name, this.#possible.get(synapses.name)?.(start) ?? start);
      this.#kept.set(synapses.name, keptFor(data.length));
    }
    this.#startLasting(weights);
  }

  /** What the circuit computes and changes for a block of samples that it learns, in all phases together; nothing is learned. */
  respond(
    x: Value,
    y: Value,
  ): { readonly signals: SignalValues; readonly changes: Readonly<Record<string, DoubleMatrix>> } {
    const changes: Record<string, DoubleMatrix> = {};
    const apply = (gains: ReadonlyMap<string, Float64Array>) => {
      for (const [name, gain] of gains) {
        const own = this.#listed(name, gain);
        const before = changes[weightName(name)];
        const data = before ? own.data.map((value, i) => value + before.data[i]!) : own.data;
        changes[weightName(name)] = { ...own, data };
      }
    };
    const lasting = new Map(this.#lasting);
    const interpreter = new Interpreter(this.#memory({ lasting, learns: true, apply }), this.#learn, x, y);
    interpreter.run();
    return { signals: interpreter.values, changes };
  }

  /** Learns a batch, in the turn that it is; returns what all signals were. @throws InputError for several samples where cells have states that last */
  learn(x: Value, y: Value): SignalValues {
    if (x.length > 1 && this.#lastsInCells) throw new InputError('one sample at a time: cells have states that last');
    const { times = 0, trace } = this.#before ?? {};
    for (; trace && this.#stepsBefore < times; this.#stepsBefore++) this.#learnBy(trace, x, y);
    const { turns = 1 } = this.#blueprint.behaviour;
    const values = this.#learnBy(this.#turns[turnAt(this.#updates, this.#turns.length, turns)]!, x, y);
    this.#updates += 1;
    return values;
  }

  /** What a trace of the same circuit computes for a block of samples, without learning. */
  compute(
    trace: Trace,
    x: Value,
    y: Value = x.map(() => new Float64Array(this.#blueprint.circuit.label.size)),
  ): SignalValues {
    const interpreter = this.interpreter(trace, x, y);
    interpreter.run();
    return interpreter.values;
  }

  /** What does a trace of the same circuit part by part, at these weights, without learning. */
  interpreter(trace: Trace, x: Value, y: Value): Interpreter {
    return new Interpreter(this.#memory({ learns: false, apply: () => {} }), trace, x, y);
  }

  /** Weights, running means and lasting states, by the names of `Network.weights`. */
  weights(): Record<string, DoubleMatrix> {
    const weights = [...this.#weights].map(([name, data]) => [weightName(name), this.#listed(name, data)] as const);
    const lasting = [...this.#lasting].map(([name, data]) => [name, { rows: data.length, cols: 1, data }] as const);
    return Object.fromEntries([...weights, ...lasting]);
  }

  #learnBy(trace: Trace, x: Value, y: Value): SignalValues {
    const apply = (gains: ReadonlyMap<string, Float64Array>) => this.#apply(this.#withNoise(trace, gains));
    const interpreter = new Interpreter(this.#memory({ learns: true, apply }), trace, x, y);
    interpreter.run();
    return interpreter.values;
  }

  #apply(gains: ReadonlyMap<string, Float64Array>): void {
    for (const [name, gain] of gains) {
      const { rate, optimiser } = this.#blueprint.plasticity.get(weightName(name))!;
      const eta = rateAt(rate, this.#updates);
      const next = stepped(this.#weights.get(name)!, gain, eta, optimiser, this.#kept.get(name)!);
      this.#weights.set(name, this.#possible.get(name)?.(next) ?? next);
    }
  }

  /**
   * What is gained with white noise of variance λ on the input and, independently, on the label, averaged: the responses to each number of
   * them alone, of which all signals are linear functions, are multiplied as the signals are.
   */
  #withNoise(trace: Trace, gains: ReadonlyMap<string, Float64Array>): ReadonlyMap<string, Float64Array> {
    if (this.#ridge === 0) return gains;
    const { stimulus, label } = this.#blueprint.circuit;
    const total = new Map(gains);
    const signalsAt = (x: Value, y: Value) => {
      const interpreter = new Interpreter(this.#memory({ learns: false, apply: () => {} }), trace, x, y);
      interpreter.run();
      return interpreter.values;
    };
    const zeros = (rows: number, size: number) => Array.from({ length: rows }, () => new Float64Array(size));
    const units = (size: number) => zeros(size, size).map((unit, i) => unit.fill(1, i, i + 1));
    const still = signalsAt(zeros(1, stimulus.size), zeros(1, label.size));
    for (const { count, x, y } of [
      { count: stimulus.size, x: units(stimulus.size), y: zeros(stimulus.size, label.size) },
      { count: label.size, x: zeros(label.size, stimulus.size), y: units(label.size) },
    ]) {
      if (count === 0) continue;
      const signals = signalsAt(x, y);
      const responses = (signal: number) =>
        signals[signal]!.map((each) => each.map((value, cell) => value - still[signal]![0]![cell]!));
      for (const change of trace.changes) {
        if ('value' in change) continue;
        const mean = meanOuter(responses(change.post), responses(change.pre));
        const before = total.get(change.synapses)!;
        total.set(
          change.synapses,
          before.map((value, i) => value + this.#ridge * count * mean[i]!),
        );
      }
    }
    return total;
  }

  #memory(how: Pick<Memory, 'learns' | 'apply'> & { readonly lasting?: Map<string, Float64Array> }): Memory {
    const { circuit } = this.#blueprint;
    return { circuit, weights: this.#weights, lasting: this.#lasting, noise: this.#noise, ...how };
  }

  /** What synapses have as their weights are listed. */
  #listed(synapses: string, data: Float64Array): DoubleMatrix {
    const own = this.#blueprint.circuit.synapsesOf(synapses);
    const shape = listedShape(own);
    return { ...shape, data: synapses === weightName(synapses) ? data : turned(data, own.post.size) };
  }

  #startLasting(weights: ReadingOptions['weights']): void {
    const { circuit } = this.#blueprint;
    for (const operation of allOperations(this.#learn)) {
      const { signals } = this.#learn;
      if (operation.kind === 'activate' && operation.mean !== undefined) {
        const size = circuit.size(signals[operation.input]!.population);
        this.#lasting.set(operation.mean, Float64Array.from(weights[operation.mean]?.data ?? new Float64Array(size)));
      } else if (operation.kind === 'state' && operation.lasts === 'ever' && 'value' in operation.start) {
        const { population } = signals[operation.output]!;
        this.#lastsInCells ||= !circuit.isAtSynapses(population);
        const size = circuit.size(population);
        const start = new Float64Array(size).fill(operation.start.value);
        this.#lasting.set(operation.name, Float64Array.from(weights[operation.name]?.data ?? start));
      }
    }
  }
}

/** How synapses start of which nothing else is said, as they are listed; `started` are those laid before them. */
function startOf(
  synapses: FixedSynapses<string, string>,
  seed: number,
  started: ReadonlyMap<string, Float64Array>,
): Float64Array {
  const shape = listedShape(synapses);
  const { initial, pre, post } = synapses;
  if ('of' in initial) return started.get(initial.of)!.map((value) => initial.times * value);
  if ('channel' in initial) return Float64Array.from(channelOf(shape, initial).data);
  if ('constant' in initial) return new Float64Array(shape.rows * shape.cols).fill(initial.constant);
  const ends = { pre: pre.size, post: post.size };
  const { data } = initialWeights(weightName(synapses.name), shape, initial, seed, ends);
  return withoutAutapses(synapses, Float64Array.from(data));
}
