import type { Activation } from '../circuit/activation.ts';
import type { ActivationState } from '../kernels/activation.ts';
import type { DenseWeights } from '../kernels/dense-weights.ts';
import type { InputWeights } from '../kernels/input-weights.ts';

/** Synapses between populations of the circuit. */
export interface PlacedDense {
  readonly kind: 'dense';
  readonly weights: DenseWeights;
  /** Whether the matrix lies transposed (presynaptic rows), so that its longer side is contiguous. */
  readonly flipped: boolean;
}

/** Synapses from the stimulus. */
export interface PlacedInput {
  readonly kind: 'input';
  readonly weights: InputWeights;
}

/** Where a network's synapses lie, and what else a program needs to know of it. */
export interface Layout {
  readonly hidden: number;
  readonly ridge: number;
  /** The address of t, the number of samples seen. */
  readonly time: number;
  /** How many cells the population has. */
  size(population: string): number;
  synapses(name: string): PlacedDense | PlacedInput;
  /** The nonlinearity of the population's cells, the same one for all programs. */
  activation(population: string, activation: Activation): ActivationState;
}
