import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';

/** A learning rule: the circuit it runs on, and what that does with a sample. */
export interface Rule {
  readonly name: string;
  /** Where the rule is published. */
  readonly source: string;
  /** The names of its synapses, in the order in which weights are listed, saved and hashed. */
  readonly synapses: readonly string[];
  /** Lays out the populations and synapses for `hidden` hidden units, and says what they do. */
  build(circuit: Circuit, hidden: number): Behaviour;
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
