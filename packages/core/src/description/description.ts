import type { Activation } from '../circuit/activation.ts';
import type { Bounds } from '../circuit/synapses.ts';
import type { Operation, Rest, Reversal } from '../circuit/trace.ts';
import type { ParameterValues } from '../rules/parameters.ts';
import type { Loss, OutputFunction } from '../rules/shape.ts';
import type { Term } from './expression.ts';
import type { Origins } from './flow.ts';

/** A learning rule's circuit and what it does with one sample, as plain data. All of it comes from the rule's trace. */
export interface CircuitDescription extends DescribedActivity {
  readonly rule: string;
  readonly title: string;
  readonly year: number;
  /** Where the rule is published. */
  readonly source: string;
  /** The values of the rule's own parameters. */
  readonly parameters: ParameterValues;
  /** The names of those that differ from their defaults. */
  readonly changed: readonly string[];
  readonly activation: Activation;
  readonly output: OutputFunction;
  readonly loss: Loss;
  readonly biases: boolean;
  /** Whether BMVR's interneurons have weights of their own. */
  readonly decoupled: boolean;
  /** k, or the units of each hidden layer, where they were given. */
  readonly hidden?: number | readonly number[];
  readonly populations: readonly DescribedPopulation[];
  readonly synapses: readonly DescribedSynapses[];
  /** For how many updates each phase is done alone, one after the other, where they take turns. */
  readonly turns?: number;
  /** What is done so many times before the first sample, where something is. */
  readonly before?: DescribedActivity & { readonly times: number };
}

/** What a circuit does. */
export interface DescribedActivity {
  /** In the order in which they are computed; the first two are the input and the label. */
  readonly signals: readonly DescribedSignal[];
  /** Which signal drives what while the circuit learns. */
  readonly pathways: readonly DescribedPathway[];
  /** Which signals change which synapses. */
  readonly updates: readonly DescribedUpdate[];
  /** The phases that have names, in order. */
  readonly phases: readonly string[];
  /** How many times each body that is repeated is done for a sample, in order; of those within others, the innermost. */
  readonly repeats: readonly number[];
  /** How what settles comes to rest, where it can before all of these times. */
  readonly rests: readonly Rest[];
}

export interface DescribedPopulation {
  readonly name: string;
  /** What it is called in drawings: its name, but where the label is a teacher or a second view, that. */
  readonly title: string;
  /** How many cells, in symbols: m (inputs), n (labels), k (hidden units), or k1, k2 … where there are several hidden layers. */
  readonly size: string;
  readonly compartments: readonly string[];
}

/** Whether a current adds to what it meets, or is subtracted from it. */
export type Effect = 'excitatory' | 'inhibitory';

export interface DescribedSynapses {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The compartment of the postsynaptic cells where they end. */
  readonly compartment?: string;
  readonly effect: Effect;
  /** The name of their learning rate. */
  readonly rate: string;
  /** Whether they never learn. */
  readonly fixed: boolean;
  /** Whether they come from a cell that always fires. */
  readonly bias: boolean;
  /** Whether cells have some onto themselves, where they run within a population. */
  readonly autapses: boolean;
  /** Between which numbers their weights stay, if they do. */
  readonly bounds?: Bounds;
  /** Which share of them there is, if not all. */
  readonly density?: number;
}

/** A signal's way over synapses. */
export interface DescribedPathway {
  /** What the signal is multiplied by: the synapses' name, or that of their transpose. */
  readonly weights: string;
  /** The synapses whose weights these are. */
  readonly synapses: string;
  /** Why they are used in reverse, where they are. */
  readonly reversed?: Reversal;
  /** What stands in the place of the weights, where something does: a signal at the synapses. */
  readonly by?: number;
  /** The synapses of which the signs are transported to these. */
  readonly signs: readonly string[];
  /** The noise in what stands in the place of the weights. */
  readonly noise: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly compartment?: string;
  readonly effect: Effect;
  /** Whether the synapses never learn. */
  readonly fixed: boolean;
  /** Whether they come from a cell that always fires. */
  readonly bias: boolean;
  /** Whether each cell gets a number of its own of a channel: see `Channel`. */
  readonly channel: boolean;
  /** The phase in which it is used, where it is one that has a name. */
  readonly phase?: string;
  /** The signals at both ends, by their `id`. */
  readonly input: number;
  readonly output: number;
}

export interface DescribedSignal extends Origins {
  readonly id: number;
  /** Its symbol, or what it is computed from: `n`, `a − Q n`. */
  readonly expression: string;
  /** What a signal with a symbol is computed from: `Qᵀ z`. */
  readonly definition?: string;
  /** Where it lives; `synapses W1` for what the synapses W1 have. */
  readonly population: string;
  /** The compartment where it arises; absent for what the cells pass on. */
  readonly compartment?: string;
  /** How it is computed; absent for the input, the label and the unknown of an equation. */
  readonly operation?: Operation;
  /** The phase in which it is computed, where it is one that has a name. */
  readonly phase?: string;
  /** How many times it is computed for each sample. */
  readonly steps: number;
  /** Of a state, the signal that it becomes. */
  readonly next?: number;
  /** Of a state, how many times for each sample it becomes something. */
  readonly renewals?: number;
  /** Whether that is fewer times where the sample is at rest before. */
  readonly early?: boolean;
}

/** What synapses gain at the end of a sample, or of a phase. */
export interface DescribedUpdate {
  readonly synapses: string;
  /** The change, in symbols: `ηq (z nᵀ − Q)`. */
  readonly expression: string;
  /** The signals of its first product, by their `id`; absent where it learns none. */
  readonly post?: number;
  readonly pre?: number;
  /** All that is summed in it. */
  readonly terms: readonly Term[];
  /** How many times for each sample something is added to it: more than once within what is repeated. */
  readonly steps: number;
  /** By how much the weights decay: 1 for the whole of them, times the rate. */
  readonly decay: number;
  /** The signals, by their `id`, by which the weights of each postsynaptic cell decay besides. */
  readonly decayBy: readonly number[];
  /** The phase at whose end it takes effect, where it is one that has a name. */
  readonly phase?: string;
}
