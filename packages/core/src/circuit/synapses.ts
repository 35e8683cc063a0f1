import type { Circuit } from './circuit.ts';
import type { Compartment, Population } from './population.ts';
import type { Signal } from './signal.ts';
import type { Reversal } from './trace.ts';

/** The weights that synapses start with: independent normal deviates of this standard deviation, or a multiple of I. */
export type Initial = { readonly normal: number } | { readonly identity: number };

/** The name by which weights are listed: synapses W2ᵀ hold the transpose of W2. */
export function weightName(synapses: string): string {
  return synapses.replace('ᵀ', '');
}

/** Something that carries signals from one population to another. */
export interface Pathway<From extends string, To extends string> {
  /** `W s`: the current that the signal causes in the cells that it reaches. */
  drive(signal: Signal<From>): Signal<To>;
}

/**
 * The synapses from the cells of one population to a compartment of another: a matrix W, one row a postsynaptic cell, one
 * column a presynaptic cell.
 */
export class Synapses<Pre extends string, Post extends string> implements Pathway<Pre, Post> {
  readonly name: string;
  readonly pre: Population<Pre>;
  readonly post: Population<Post>;
  readonly compartment: string | undefined;
  readonly initial: Initial;
  /** The name of their learning rate. */
  readonly rate: string;
  readonly #circuit: Circuit;

  constructor(
    circuit: Circuit,
    name: string,
    pre: Population<Pre>,
    post: Population<Post> | Compartment<Post>,
    initial: Initial,
    rate: string,
  ) {
    this.#circuit = circuit;
    this.name = name;
    this.pre = pre;
    this.post = 'population' in post ? post.population : post;
    this.compartment = 'population' in post ? post.name : undefined;
    this.initial = initial;
    this.rate = rate;
  }

  drive(signal: Signal<Pre>): Signal<Post> {
    this.#circuit.checkPlace(signal, this.pre, `what drives ${this.name}`);
    return this.#circuit.record(
      this.post,
      (output) => ({ kind: 'drive', synapses: this.name, input: signal.id, output }),
      this.compartment,
    );
  }

  /**
   * Learns from the signals at its own two ends: `W += η (post preᵀ − decay W)`. It takes effect after the sample, so that
   * whatever else is computed for the sample uses the weights from before.
   */
  learn(post: Signal<Post>, pre: Signal<Pre>, options: { readonly decay?: 0 | 1 } = {}): void {
    this.#circuit.checkPlace(post, this.post, `the postsynaptic signal of ${this.name}`);
    this.#circuit.checkPlace(pre, this.pre, `the presynaptic signal of ${this.name}`);
    this.#circuit.change({ synapses: this.name, post: post.id, pre: pre.id, decay: options.decay ?? 0 });
  }

  /** Wᵀ by **weight transport**: a way back that has the weights of this way there, as no known synapse has. */
  transposed(): Pathway<Post, Pre> {
    return this.#reversed('transport');
  }

  /** Synapses that run the other way and are **assumed to have the same weights**, Wᵀ, because both learn alike. */
  mirrored(): Pathway<Post, Pre> {
    return this.#reversed('symmetry');
  }

  #reversed(reversed: Reversal): Pathway<Post, Pre> {
    return {
      drive: (signal) => {
        this.#circuit.checkPlace(signal, this.post, `what drives the transpose of ${this.name}`);
        return this.#circuit.record(this.pre, (output) => ({
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
