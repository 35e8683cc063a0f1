import type { Kernels } from '../../kernels/kernels.ts';
import type { Arena } from '../../kernels/memory.ts';
import { isPlainRmsprop, keptBySynapse, type Optimiser, optimiserNumbers } from '../optimiser.ts';

/** What an optimiser keeps for one set of synapses, and its step: see `Optimiser`. */
export class OptimiserState {
  readonly #kernels: Kernels;
  readonly #optimiser: Optimiser;
  readonly #length: number;
  /** What each synapse keeps: v, s, or s, m and i, or m and v. */
  readonly #kept: readonly Float32Array[];
  /** Of Adam: k, β1ᵏ and β2ᵏ. */
  readonly #counts: Float64Array;

  /** @param length the floats of the weights */
  constructor(arena: Arena, kernels: Kernels, optimiser: Optimiser, length: number) {
    this.#kernels = kernels;
    this.#optimiser = optimiser;
    this.#length = length;
    this.#kept = Array.from({ length: keptBySynapse(optimiser) }, () => arena.float32(length));
    this.#counts = arena.float64(optimiser.kind === 'adam' ? 3 : 0);
    this.restart();
  }

  restart(): void {
    for (const kept of this.#kept) kept.fill(0);
    this.#counts.set([0, 1, 1].slice(0, this.#counts.length));
  }

  get state(): readonly (Float32Array | Float64Array)[] {
    return [...this.#kept, ...(this.#counts.length > 0 ? [this.#counts] : [])];
  }

  /** W ← W + what the gradient is worth at the rate η. */
  step(weights: number, gradient: number, eta: number): void {
    const optimiser = this.#optimiser;
    const { weightDecay = 0 } = optimiser;
    const length = this.#length;
    const [first = 0, second = 0, third = 0] = this.#kept.map(({ byteOffset }) => byteOffset);
    switch (optimiser.kind) {
      case 'plain':
        this.#kernels.stepPlain(weights, gradient, length, eta, weightDecay);
        return;
      case 'momentum': {
        const { momentum = optimiserNumbers.momentum.momentum, decoupled = false } = optimiser;
        const kernel = decoupled ? this.#kernels.stepMomentumFreeDecay : this.#kernels.stepMomentum;
        kernel(weights, gradient, first, length, eta, momentum, weightDecay);
        return;
      }
      case 'rmsprop': {
        const { rho, epsilon, momentum } = { ...optimiserNumbers.rmsprop, ...optimiser };
        if (isPlainRmsprop(optimiser)) {
          this.#kernels.stepRmsprop(weights, gradient, first, length, eta, rho, epsilon, weightDecay);
          return;
        }
        const { centred = false, epsilonInside = false } = optimiser;
        const addresses = [weights, gradient, first, second, third] as const;
        const [inside, beside] = epsilonInside ? [epsilon, 0] : [0, epsilon];
        this.#kernels.stepRmspropMomentum(
          ...([...addresses, length, eta, rho, Number(centred), inside, beside, momentum, weightDecay] as const),
        );
        return;
      }
      case 'adam': {
        const { beta1, beta2, epsilon, epsilonHat = false } = { ...optimiserNumbers.adam, ...optimiser };
        const [k, power1, power2] = [this.#counts[0]! + 1, this.#counts[1]! * beta1, this.#counts[2]! * beta2];
        this.#counts.set([k, power1, power2]);
        const [step, correction] = epsilonHat
          ? [(eta * Math.sqrt(1 - power2)) / (1 - power1), 1]
          : [eta / (1 - power1), 1 / (1 - power2)];
        this.#kernels.stepAdam(
          ...([
            weights,
            gradient,
            first,
            second,
            length,
            step,
            correction,
            beta1,
            beta2,
            epsilon,
            weightDecay,
          ] as const),
        );
      }
    }
  }
}
