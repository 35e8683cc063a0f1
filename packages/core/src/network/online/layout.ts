import type { ActivationState } from '../../kernels/activation.ts';
import type { ActiveCells } from '../../kernels/active-cells.ts';
import type { ActiveWeights } from '../../kernels/active-weights.ts';
import type { DenseWeights } from '../../kernels/dense-weights.ts';
import type { InputWeights } from '../../kernels/input-weights.ts';
import type { LabelWeights } from '../../kernels/label-weights.ts';
import type { RegressionWeights } from '../../kernels/regression-weights.ts';
import type { Regression } from './representation.ts';

/** Synapses between populations of the circuit. */
export interface PlacedDense {
  readonly kind: 'dense';
  readonly weights: DenseWeights;
  /** Whether the matrix lies transposed (presynaptic rows), so that its longer side is contiguous. */
  readonly flipped: boolean;
}

/** Synapses between rectified cells and another population. */
export interface PlacedActive {
  readonly kind: 'active';
  readonly weights: ActiveWeights;
  /** Whether the cells, which are the rows, are presynaptic. */
  readonly flipped: boolean;
}

/** Synapses from the label, column by column. */
export interface PlacedLabel {
  readonly kind: 'label';
  readonly weights: LabelWeights;
}

/** Synapses to the label that learn from their own error. */
export interface PlacedRegression {
  readonly kind: 'regression';
  readonly weights: RegressionWeights;
  readonly signals: Regression;
}

/** Synapses from the stimulus. */
export interface PlacedInput {
  readonly kind: 'input';
  readonly weights: InputWeights;
}

export type Placed = PlacedDense | PlacedActive | PlacedLabel | PlacedRegression | PlacedInput;

/** The nonlinearity of a population's cells. */
export type PlacedCells =
  | { readonly kind: 'plain'; readonly state: ActivationState }
  | { readonly kind: 'active'; readonly state: ActiveCells };

/** Where a network's synapses lie, and what else a program needs to know of it. */
export interface Layout {
  readonly hidden: number;
  readonly ridge: number;
  /** The address of t, the number of samples seen. */
  readonly time: number;
  /** The addresses of all learning rates. */
  readonly rates: readonly number[];
  /** How many cells the population has. */
  size(population: string): number;
  synapses(name: string): Placed;
  /** The nonlinearity of the hidden units, the same one for all programs. */
  cells(): PlacedCells;
}
