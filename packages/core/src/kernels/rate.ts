/** A learning rate η(t) = eta0 / (1 + t / t0), t being the samples seen before; without t0 it is constant. */
export interface Rate {
  readonly eta0: number;
  readonly t0?: number;
}
