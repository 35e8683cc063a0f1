import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import { InputError } from '../errors.ts';
import type { Architecture } from './architecture.ts';
import { type InTime, isInTime } from './in-time/in-time.ts';
import type { Parameters, ParameterValues } from './parameters.ts';
import { isShape, type Shape } from './shape.ts';

/**
 * A learning rule: the circuit it runs on, and what that does with a sample. All that the program knows of a rule (its
 * settings, kernels, audit, drawing, probes) follows from this object.
 */
export interface Rule<Own extends Parameters = Parameters> {
  /** What commands and files call it: `kolen-pollack`. */
  readonly name: string;
  /** What headings call it: `Kolen–Pollack`. */
  readonly title: string;
  /** When it was published. */
  readonly year: number;
  /** Where it is published. */
  readonly source: string;
  /** What networks it can have. */
  readonly shape: Shape;
  /** What a rule in time says of it: one whose samples are steps of time; the labels of its shape are then a `teacher`. */
  readonly time?: InTime<Own>;
  /** Settings of its own. A rule in time has `dt`. */
  readonly parameters: Own;
  /**
   * Learning rates that it starts from where nothing else is said, by the names of synapses or their groups (`{ W: 0.5 }`), for
   * plain steps along the mean of a batch. What it does not name learns at the usual rate of its optimiser.
   */
  readonly usualRates?: Readonly<Record<string, number>>;
  /** What components of the data its cells find, of rules whose cells find such: probes and warnings follow from it. */
  readonly finds?: Components<Own>;
  /**
   * Of rules whose linear cells regress the label on the stimulus at reduced rank, by Wx and Wy: the s by which errors are measured,
   * `Σs = (s Cyy + (1 − s) I)⁻¹`. Probes follow from it.
   */
  readonly regresses?: (parameters: ParameterValues<Own>) => number;
  /** Lays out the populations and synapses, and says what they do. */
  build(circuit: Circuit, architecture: Architecture, parameters: ParameterValues<Own>): Behaviour;
}

/**
 * The components that cells find: of the inputs, principal ones, or of two views, canonical ones. A parameter `alpha` is a threshold that they have
 * to be above.
 */
export interface Components<Own extends Parameters = Parameters> {
  readonly components: 'principal' | 'canonical';
  /**
   * The variance of the output along a component at the optimum: of a principal one of variance λ, of a canonical one of correlation ρ. 0
   * where none is kept.
   */
  variance(value: number, parameters: ParameterValues<Own>): number;
}

/** A rule with the values of its parameters known by their names: what a file of a rule exports. */
export function defineRule<const Own extends Parameters>(rule: Rule<Own>): Rule {
  return rule as unknown as Rule;
}

/** What of a rule is what. */
const fields: Readonly<Record<keyof Rule, (value: unknown) => boolean>> = {
  name: (value) => typeof value === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
  title: (value) => typeof value === 'string',
  year: (value) => Number.isInteger(value),
  source: (value) => typeof value === 'string',
  shape: isShape,
  time: (value) => value === undefined || isInTime(value),
  parameters: isObject,
  usualRates: (value) => value === undefined || areRates(value),
  finds: (value) => value === undefined || areComponents(value),
  regresses: (value) => value === undefined || typeof value === 'function',
  build: (value) => typeof value === 'function',
};

/**
 * Refuses what is no rule, for callers whose types were not checked.
 * @param what it is called in the message
 * @throws InputError that says what is missing or wrong in it
 */
export function checkRule(value: unknown, what: string): Rule {
  if (!isObject(value)) throw new InputError(`${what} is no rule: see defineRule`);
  for (const [name, fits] of Object.entries(fields)) {
    if (fits(value[name])) continue;
    const found = value[name] === undefined ? 'is missing' : `is wrong: ${JSON.stringify(value[name]) ?? value[name]}`;
    const needed = name === 'name' ? ' (small letters, digits and hyphens are allowed)' : '';
    throw new InputError(`${what} is no rule: its ${name} ${found}${needed}; see defineRule`);
  }
  return value as unknown as Rule;
}

function areRates(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((rate) => Number.isFinite(rate) && (rate as number) >= 0);
}

function areComponents(value: unknown): boolean {
  if (!isObject(value) || typeof value.variance !== 'function') return false;
  return value.components === 'principal' || value.components === 'canonical';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a circuit does. Each function is run once, on symbols (see `Circuit.trace`). */
export interface Behaviour {
  /** z, the activity of the last hidden units. */
  transform(x: Signal<'stimulus'>): Signal<string>;
  /** ŷ, the label that the network expects; absent where the rule predicts none (see `Shape.labels`). */
  predict?(x: Signal<'stimulus'>): Signal<'label'>;
  /** What the second view alone comes to, where the label is one: the part that it has in z. */
  transformSecond?(y: Signal<'label'>): Signal<string>;
  /** z of both views, where the label is a second one. */
  transformBoth?(x: Signal<'stimulus'>, y: Signal<'label'>): Signal<string>;
  /** Learns one sample, or a batch of them at once. */
  learn(x: Signal<'stimulus'>, y: Signal<'label'>): void;
  /** What a rule that predicts no labels makes small: see `ObjectiveTerm`. Runs measure it in place of a loss. */
  objective?(x: Signal<'stimulus'>, y: Signal<'label'>): readonly ObjectiveTerm[];
  /**
   * The phases of `learn` take turns: each is done alone for so many updates, one after the other. Absent: all are done at every update.
   */
  readonly turns?: number;
  /**
   * The energy of the state from which a sample is learned, a signal a layer, where the rule has one: that of a layer is the sum over
   * its cells.
   */
  energy?(x: Signal<'stimulus'>, y: Signal<'label'>): readonly Signal<string>[];
  /** What is done so many times before the first sample, where something is. */
  readonly before?: { readonly times: number; run(): void };
}

/**
 * A summand of an objective, with its factor. A signal in cells stands for the mean over the samples of its sum over the cells, ⟨Σ_i s_i⟩:
 * `z.times(a)` for ⟨z·a⟩. What synapses have stands for the sum of the squares of its mean, ‖⟨S⟩‖²: `M.outer(z, z)` for ‖⟨z zᵀ⟩‖²,
 * `M.weights()` for ‖M‖². Two signals in cells stand for the same of their products where no synapses have them, ‖⟨a bᵀ⟩‖². What depends on
 * the data alone is left out.
 */
export type ObjectiveTerm = readonly [factor: number, of: Signal<string>, and?: Signal<string>];
