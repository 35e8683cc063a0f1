/** The number of cells by whose square root a start is divided: those before a synapse, those after it, or both together. */
export type Fan = 'in' | 'out' | 'sum';

/**
 * What weights start with: independent normal deviates of this standard deviation, independent uniform deviates from −a to a, a
 * random matrix whose singular values are all alike, a multiple of I, or one number. With `fan`, the standard deviation or a is divided by the square root of a number of cells:
 * `{ normal: 1, fan: 'in' }` is N(0, 1/n_in), `{ uniform: √6, fan: 'sum' }` that of Glorot and Bengio (2010).
 */
export type Initial =
  | { readonly normal: number; readonly fan?: Fan }
  | { readonly uniform: number; readonly fan?: Fan }
  | { readonly orthogonal: number }
  | { readonly identity: number }
  | { readonly constant: number };

/** A multiple of what other synapses of the same shape start with: `{ times: -1, of: 'B1' }`. */
export interface MultipleOf {
  readonly times: number;
  /** The name of their weights. */
  readonly of: string;
}

/**
 * Each postsynaptic cell i from one presynaptic cell, `channel · cells + i`, with the weight 1: signals for each cell, such as the
 * conductances of a teacher, one channel after the other.
 */
export interface Channel {
  readonly channel: number;
}

/** How a rule says that synapses start. */
export type Start = Initial | MultipleOf | Channel;

/** How deviates are distributed: normal of this standard deviation, or uniform from −a to a. */
export type Distribution = { readonly normal: number } | { readonly uniform: number };
