import type { Circuit } from './circuit.ts';
import { type Compartment, Population } from './population.ts';
import type { Signal } from './signal.ts';
import type { Start } from './start.ts';
import type { Reversal } from './trace.ts';

/** The name by which weights are listed: synapses W2ᵀ hold the transpose of W2. */
export function weightName(synapses: string): string {
  return synapses.replace('ᵀ', '');
}

/** The population of what synapses have, one number each. */
export function placeAt(synapses: string): string {
  return `synapses ${synapses}`;
}

/** Something that carries signals from one population to another. */
export interface Pathway<From extends string, To extends string> {
  /** `W s`: the current that the signal causes in the cells that it reaches. */
  drive(signal: Signal<From>): Signal<To>;
}

/** Where and how synapses are laid. */
export interface Laid<Pre extends string, Post extends string> {
  readonly name: string;
  readonly pre: Population<Pre>;
  readonly post: Population<Post> | Compartment<Post>;
  readonly initial: Start;
  readonly options: SynapsesOptions;
}

export interface SynapsesOptions {
  /** The synapses whose learning rate they have unless they are given one of their own. */
  readonly rateOf?: string;
  /** Whether the rule's change is all that happens to them: no momentum or other optimiser, no weight decay. */
  readonly plain?: boolean;
  /** Whether weights are a running average that has to stay positive definite, as it does at rates below 1: a larger one is warned of. */
  readonly average?: boolean;
  /** Whether what they learn is a step down an objective, which overshoots where rates are too large for the samples: such rates are warned of. */
  readonly descends?: boolean;
  /** Whether they come from a cell that always fires: weight decay leaves them alone. */
  readonly bias?: boolean;
  /** Whether cells of a population have synapses onto themselves, where it is both ends; default true. Without, W_ii is 0 for ever. */
  readonly autapses?: boolean;
  /** Between which numbers weights stay: those that learning takes beyond one are at it, and leave it at once when they turn. */
  readonly bounds?: Bounds;
  /** Which share of the synapses there is: each with this probability, by the seed. Those that there are not have weights of zero for ever. */
  readonly density?: number;
}

/** The least and the most that something can be. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/**
 * Synapses that never learn, from the cells of one population to a compartment of another: a matrix W, one row a postsynaptic
 * cell, one column a presynaptic cell.
 */
export class FixedSynapses<Pre extends string, Post extends string> implements Pathway<Pre, Post> {
  readonly name: string;
  readonly pre: Population<Pre>;
  readonly post: Population<Post>;
  readonly compartment: string | undefined;
  readonly initial: Start;
  /** Whether they can learn. */
  readonly plastic: boolean = false;
  readonly options: SynapsesOptions;
  protected readonly circuit: Circuit;

  constructor(circuit: Circuit, { name, pre, post, initial, options }: Laid<Pre, Post>) {
    this.circuit = circuit;
    this.name = name;
    this.pre = pre;
    this.post = 'population' in post ? post.population : post;
    this.compartment = 'population' in post ? post.name : undefined;
    this.initial = initial;
    this.options = options;
  }

  /** Where a value of each synapse lives: see `values`, `outer`, `state` of the circuit. */
  get each(): Population<string> {
    return new Population(placeAt(this.name), this.pre.size * this.post.size);
  }

  drive(signal: Signal<Pre>): Signal<Post> {
    return this.#drive(signal);
  }

  /** A way with a value at each synapse in the place of its weight. */
  with(value: Signal<string>): Pathway<Pre, Post> {
    this.circuit.checkPlace(value, this.each, `what stands for the weights of ${this.name}`);
    return { drive: (signal) => this.#drive(signal, value) };
  }

  /** W, as a value at each synapse. */
  weights(): Signal<string> {
    return this.circuit.record(this.each, (output) => ({ kind: 'weights', synapses: this.name, output }));
  }

  /**
   * `sign(Wᵀ)` of synapses that run the other way, as a value at each of these, by **sign transport**: what no known synapse
   * has. The sign of 0 is 0.
   */
  signsOf(other: FixedSynapses<Post, Pre>): Signal<string> {
    if (other.pre.name !== this.post.name || other.post.name !== this.pre.name) {
      throw new TypeError(`${other.name} does not run the other way than ${this.name}`);
    }
    return this.circuit.record(this.each, (output) => ({
      kind: 'signs',
      synapses: this.name,
      of: other.name,
      output,
    }));
  }

  /** What the presynaptic cell has, as a value at each of its synapses. */
  before(pre: Signal<Pre>): Signal<string> {
    return this.outer(this.circuit.constant(this.post, 1), pre);
  }

  /** What the postsynaptic cell has, as a value at each of its synapses. */
  after(post: Signal<Post>): Signal<string> {
    return this.outer(post, this.circuit.constant(this.pre, 1));
  }

  /** `post preᵀ`, a value at each synapse: the product of the signals at its two ends, its mean over a batch. */
  outer(post: Signal<Post>, pre: Signal<Pre>): Signal<string> {
    this.checkEnds(post, pre);
    return this.circuit.record(this.each, (output) => ({
      kind: 'outer',
      synapses: this.name,
      post: post.id,
      pre: pre.id,
      output,
    }));
  }

  /** Wᵀ by **weight transport**: a way back that has the weights of this way there, as no known synapse has. */
  transposed(): Pathway<Post, Pre> {
    return this.#reversed('transport');
  }

  /** Synapses that run the other way and are **assumed to have the same weights**, Wᵀ, because both learn alike. */
  mirrored(): Pathway<Post, Pre> {
    return this.#reversed('symmetry');
  }

  protected checkEnds(post: Signal<string>, pre: Signal<string>): void {
    this.circuit.checkPlace(post, this.post, `the postsynaptic signal of ${this.name}`);
    this.circuit.checkPlace(pre, this.pre, `the presynaptic signal of ${this.name}`);
  }

  #drive(signal: Signal<Pre>, value?: Signal<string>): Signal<Post> {
    this.circuit.checkPlace(signal, this.pre, `what drives ${this.name}`);
    return this.circuit.record(
      this.post,
      (output) => ({
        kind: 'drive',
        synapses: this.name,
        ...(value && { by: value.id }),
        input: signal.id,
        output,
      }),
      this.compartment,
    );
  }

  #reversed(reversed: Reversal): Pathway<Post, Pre> {
    return {
      drive: (signal) => {
        this.circuit.checkPlace(signal, this.post, `what drives the transpose of ${this.name}`);
        return this.circuit.record(this.pre, (output) => ({
          kind: 'drive',
          synapses: this.name,
          reversed,
          input: signal.id,
          output,
        }));
      },
    };
  }
}

/** How weights decay while they learn. */
interface DecayOptions<Post extends string> {
  readonly decay?: number | Signal<Post>;
  readonly symbol?: string | undefined;
}

/** Synapses that learn. */
export class Synapses<Pre extends string, Post extends string> extends FixedSynapses<Pre, Post> {
  override readonly plastic = true;

  /**
   * Learns from the signals at its own two ends: `W += η (post preᵀ − decay W)`, its mean over a batch. It takes effect after the
   * sample, the batch or the phase, so that whatever else is computed in it uses the weights from before; what is learned there
   * several times is summed.
   * @param options `decay`: a number, or a signal d in the postsynaptic cells, by which each has its own: `W_ij += −η d_i W_ij`;
   *   `symbol`: what equations call the number
   */
  learn(post: Signal<Post>, pre: Signal<Pre>, options: DecayOptions<Post> = {}): void {
    this.checkEnds(post, pre);
    const { decay = 0, symbol } = options;
    const ends = { synapses: this.name, post: post.id, pre: pre.id };
    if (typeof decay === 'object') {
      this.circuit.checkPlace(decay, this.post, `the decay of ${this.name}`);
      this.circuit.change({ ...ends, decay: 0, decayBy: decay.id });
      return;
    }
    if (!Number.isFinite(decay)) throw new TypeError(`the decay of ${this.name} must be a number, not ${decay}`);
    this.circuit.change({ ...ends, decay, ...(symbol !== undefined && { symbol }) });
  }

  /** Learns a value at each synapse: `W += η value`, when `learn` takes effect. */
  grow(value: Signal<string>): void {
    this.circuit.checkPlace(value, this.each, `what ${this.name} grow by`);
    this.circuit.change({ synapses: this.name, value: value.id });
  }
}
