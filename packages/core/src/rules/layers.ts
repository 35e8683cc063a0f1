import { type Activity, activations } from '../circuit/activation.ts';
import type { Circuit } from '../circuit/circuit.ts';
import type { Population } from '../circuit/population.ts';
import type { Signal } from '../circuit/signal.ts';
import type { Initial } from '../circuit/start.ts';
import { type FixedSynapses, Synapses, type SynapsesOptions } from '../circuit/synapses.ts';
import { type Architecture, isPlainNetwork } from './architecture.ts';

/** What a way up computes. */
export interface Forward {
  /** h_0 … h_L: the stimulus, and what the hidden layers pass on. */
  readonly h: readonly Signal<string>[];
  /** u_{L+1}, the current of the output units, and p, what they make of it. */
  readonly u: Signal<'label'>;
  readonly p: Signal<'label'>;
  /** `f′(u_l) ⊙ signal`, for a signal in the hidden layer l, from 1 on. */
  gate(l: number, signal: Signal<string>): Signal<string>;
}

/** What a chain of layers has otherwise than usual. */
export interface LayersOptions {
  /** Whether hidden layers learn, or stay as they start. Default: they learn. */
  readonly learns?: boolean;
  /** How W_l starts, from 1 on. Default: N(0, 1/n_in), of rectified units N(0, 2/n_in); N(0, 0.01²) and N(0, 0.1²) in the paper's network. */
  readonly start?: (l: number) => Initial;
}

/**
 * A chain of layers: h_0 = x; u_l = W_l h_{l−1} + b_l and h_l = f(u_l) for the hidden layers l = 1 … L; u_{L+1} and p = u, σ(u) or
 * softmax(u). What rules of layers have in common; how credit gets to the hidden layers is theirs to say.
 */
export class Layers {
  /** L, the number of hidden layers. */
  readonly depth: number;
  /** Populations 0 … L + 1: the stimulus, the hidden layers, the label. */
  readonly populations: readonly Population<string>[];
  /** The one cell that always fires, from which biases come; undefined in networks without biases. */
  readonly bias: Population<string> | undefined;
  readonly #circuit: Circuit;
  readonly #architecture: Architecture;
  /** W_l and b_l at place l − 1. */
  readonly #W: readonly FixedSynapses<string, string>[];
  readonly #b: readonly FixedSynapses<string, string>[];

  constructor(circuit: Circuit, architecture: Architecture, { learns = true, start }: LayersOptions = {}) {
    const { hidden, biases } = architecture;
    this.#circuit = circuit;
    this.#architecture = architecture;
    this.depth = hidden.length;
    const called = (l: number) => (hidden.length === 1 ? 'hidden' : `hidden ${l}`);
    const units = hidden.map((size, i) => circuit.population(called(i + 1), size));
    this.populations = [circuit.stimulus, ...units, circuit.label];
    this.bias = biases ? circuit.population('bias', 1) : undefined;
    const layers = Array.from({ length: this.depth + 1 }, (_, i) => i + 1);
    const lay = (l: number, name: string, pre: Population<string>, initial: Initial, options?: SynapsesOptions) =>
      learns || l > this.depth
        ? circuit.synapses(name, pre, this.at(l), initial, options)
        : circuit.fixed(name, pre, this.at(l), initial);
    this.#W = layers.map((l) => lay(l, `W${l}`, this.at(l - 1), start?.(l) ?? this.#start(l)));
    const { bias } = this;
    this.#b = bias ? layers.map((l) => lay(l, `b${l}`, bias, { constant: 0 }, { rateOf: `W${l}`, bias: true })) : [];
  }

  /** The population of layer l: 0 is the stimulus, L + 1 the label. */
  at(l: number): Population<string> {
    const found = this.populations[l];
    if (!found) throw new TypeError(`there is no layer ${l}`);
    return found;
  }

  /** W_l, from 1 on. */
  W(l: number): FixedSynapses<string, string> {
    const found = this.#W[l - 1];
    if (!found) throw new TypeError(`there is no W${l}`);
    return found;
  }

  /** b_l, from 1 on, from the one cell that always fires; undefined in networks without biases. */
  b(l: number): FixedSynapses<string, string> | undefined {
    return this.#b[l - 1];
  }

  /** u_l = W_l h + b_l. */
  current(l: number, h: Signal<string>): Signal<string> {
    const drive = this.W(l).drive(h);
    const bias = this.#b[l - 1];
    return bias ? drive.plus(bias.drive(this.#one())) : drive;
  }

  /** u_{L+1} of the output units. */
  outputCurrent(h: Signal<string>): Signal<'label'> {
    return this.current(this.depth + 1, h) as Signal<'label'>;
  }

  /** The way up from x. */
  forward(x: Signal<'stimulus'>): Forward {
    const h: Signal<string>[] = [x];
    const activities: Activity<string>[] = [];
    for (let l = 1; l <= this.depth; l++) {
      const activity = this.activity(l, this.current(l, h[l - 1]!));
      activities.push(activity);
      h.push(activity.output);
    }
    const u = this.outputCurrent(h[this.depth]!);
    const p = this.output(u);
    return { h, u, p: p === u ? p : p.as('p'), gate: (l, signal) => activities[l - 1]!.gate(signal) };
  }

  /** f of the hidden layer l. */
  activity(l: number, u: Signal<string>): Activity<string> {
    const mean = this.depth === 1 ? 'zbar' : `zbar${l}`;
    return this.#circuit.activity(u, this.#architecture.activation, mean);
  }

  /** p of the output units with the current u. */
  output(u: Signal<'label'>): Signal<'label'> {
    const { output } = this.#architecture;
    if (output === 'linear') return u;
    return output === 'sigmoid' ? u.through('sigmoid') : u.softmax();
  }

  /** `δ_{L+1} = −∂L/∂u_{L+1}`, what the output layer learns from: y − p but for squared loss behind a nonlinearity. */
  outputError({ u, p }: Pick<Forward, 'u' | 'p'>, y: Signal<'label'>): Signal<'label'> {
    const { output, loss } = this.#architecture;
    const error = y.minus(p).as('ε');
    if (loss === 'cross-entropy' || output === 'linear') return error;
    const delta =
      output === 'sigmoid' ? error.times(u.slope('sigmoid')) : p.times(error.minus(error.times(p).pooled()));
    return delta.as(`δ${this.depth + 1}`);
  }

  /** What layer l makes of h when it is driven by it alone: f(u_l), or p of the output units; no mean is subtracted or moved. */
  answer(l: number, h: Signal<string>): Signal<string> {
    const u = this.current(l, h);
    if (l > this.depth) return this.output(u as Signal<'label'>);
    return u.through(activations[this.#architecture.activation.function]);
  }

  /** Layer l learns: ΔW_l = η δ h_{l−1}ᵀ, Δb_l = η δ. */
  learn(l: number, delta: Signal<string>, below: Signal<string>): void {
    const [W, b] = [this.W(l), this.#b[l - 1]];
    if (W instanceof Synapses) W.learn(delta, below);
    if (b instanceof Synapses) b.learn(delta, this.#one());
  }

  /** What one hidden layer is called in equations: z where it is the only one. */
  symbol(l: number): string {
    return this.depth === 1 ? 'z' : `h${l}`;
  }

  /** Synapses B_l from layer l + 1, or from the output, back to the hidden layer l, which have weights of their own. */
  feedback(l: number, from: Population<string>, initial: Initial): Synapses<string, string> {
    return this.#circuit.synapses(`B${l}`, from, this.at(l), initial, { rateOf: `W${l + 1}` });
  }

  /** The same, which never learn. */
  fixedFeedback(l: number, from: Population<string>, initial: Initial): FixedSynapses<string, string> {
    return this.#circuit.fixed(`B${l}`, from, this.at(l), initial);
  }

  #one(): Signal<string> {
    if (!this.bias) throw new TypeError('this network has no biases');
    return this.#circuit.constant(this.bias, 1).as('1');
  }

  #start(l: number): Initial {
    const { hidden, output, activation } = this.#architecture;
    if (isPlainNetwork(hidden, output)) return { normal: l === 1 ? 0.01 : 0.1 };
    return { normal: activation.function === 'relu' && l <= this.depth ? Math.SQRT2 : 1, fan: 'in' };
  }
}
