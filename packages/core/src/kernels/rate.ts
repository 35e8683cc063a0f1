/** A learning rate η(t) = eta0 / (1 + t / t0), t being the samples seen before; without t0 it is constant. */
export interface Rate {
  readonly eta0: number;
  readonly t0?: number;
}

/** The fields that say a rate in the kernels' structures of synapses. */
export function rateFields({ eta0, t0 = Number.POSITIVE_INFINITY }: Rate): { eta0: number; t0: number } {
  return { eta0, t0 };
}
