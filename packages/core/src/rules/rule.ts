import type { Activation } from '../circuit/activation.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';

/** A learning rule: the circuit it runs on, and what that does with a sample. */
export interface Rule {
  readonly name: string;
  /** Where the rule is published. */
  readonly source: string;
  /** The names of its learning rates: one for each of its synapses. */
  readonly rates: readonly string[];
  /** Whether it has interneurons, which can be decoupled. */
  readonly interneurons: boolean;
  /** Lays out the populations and synapses, and says what they do. */
  build(circuit: Circuit, architecture: Architecture): Behaviour;
}

/** What a network's circuit depends on, besides the rule and the sizes of inputs and labels. */
export interface Architecture {
  /** k, the number of hidden units. */
  readonly hidden: number;
  /** Of the hidden units. */
  readonly activation: Activation;
  /** Whether the synapses to interneurons have weights of their own, where the rule has interneurons. */
  readonly decoupled: boolean;
}

/** What a circuit does. Each function is run once, on symbols (see `Circuit.trace`). */
export interface Behaviour {
  /** z, the activity of the hidden units. */
  transform(x: Signal<'stimulus'>): Signal<string>;
  /** ŷ = W2 z, the label that the network expects. */
  predict(x: Signal<'stimulus'>): Signal<'label'>;
  /** Learns one sample. */
  learn(x: Signal<'stimulus'>, y: Signal<'label'>): void;
}
