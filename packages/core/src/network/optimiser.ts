import { InputError, written } from '../errors.ts';

/**
 * What synapses do with what they gain, g (the mean over a batch, along which the loss falls); wd is `weightDecay`, which biases
 * never have:
 *
 * - `plain`: W += η (g − wd W)
 * - `momentum`: v ← μ v + (g − wd W), W += η v; with `decoupled` v ← μ v + η g, W += v − wd W
 * - `rmsprop`: s ← ρ s + (1 − ρ) g², W += η g / (√s + ε), where g includes −wd W; with `centred` s is less by m² there,
 *   m ← ρ m + (1 − ρ) g; with `epsilonInside` √(s + ε) stands for √s + ε; with `momentum` i ← μ i + g / (…), W += η i
 * - `adam`: m ← β1 m + (1 − β1) g, v ← β2 v + (1 − β2) g², W += η (m / (1 − β1ᵏ)) / (√(v / (1 − β2ᵏ)) + ε) at the update k; with
 *   `epsilonHat` W += η √(1 − β2ᵏ) / (1 − β1ᵏ) m / (√v + ε). g includes −wd W.
 *
 * All are local: what a synapse keeps (v, s, m, i) is its own.
 */
export type Optimiser =
  | { readonly kind: 'plain'; readonly weightDecay?: number }
  | {
      readonly kind: 'momentum';
      /** μ; default 0.9. */
      readonly momentum?: number;
      readonly weightDecay?: number;
      readonly decoupled?: boolean;
    }
  | {
      readonly kind: 'rmsprop';
      /** ρ; default 0.99. */
      readonly rho?: number;
      /** ε; default 1e-8. */
      readonly epsilon?: number;
      /** μ; default 0. */
      readonly momentum?: number;
      readonly centred?: boolean;
      readonly epsilonInside?: boolean;
      readonly weightDecay?: number;
    }
  | {
      readonly kind: 'adam';
      /** Defaults 0.9 and 0.999. */
      readonly beta1?: number;
      readonly beta2?: number;
      /** ε; default 1e-8. */
      readonly epsilon?: number;
      readonly epsilonHat?: boolean;
      readonly weightDecay?: number;
    };

export type OptimiserKind = Optimiser['kind'];

/** The numbers of each optimiser besides `weightDecay`, with their defaults; shares are from 0 to less than 1. */
export const optimiserNumbers = {
  plain: {},
  momentum: { momentum: 0.9 },
  rmsprop: { rho: 0.99, epsilon: 1e-8, momentum: 0 },
  adam: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
} as const satisfies Record<OptimiserKind, Readonly<Record<string, number>>>;

export const optimiserNames = Object.keys(optimiserNumbers) as readonly OptimiserKind[];

/** How many numbers a synapse keeps for the optimiser. */
export function keptBySynapse(optimiser: Optimiser): number {
  switch (optimiser.kind) {
    case 'plain':
      return 0;
    case 'momentum':
      return 1;
    case 'rmsprop':
      return isPlainRmsprop(optimiser) ? 1 : 3;
    case 'adam':
      return 2;
  }
}

/** Whether it is RMSprop without mean and momentum, ε beside the root. */
export function isPlainRmsprop({
  momentum = optimiserNumbers.rmsprop.momentum,
  centred = false,
  epsilonInside = false,
}: Extract<Optimiser, { readonly kind: 'rmsprop' }>): boolean {
  return momentum === 0 && !centred && !epsilonInside;
}

const flags: Readonly<Record<OptimiserKind, readonly string[]>> = {
  plain: [],
  momentum: ['decoupled'],
  rmsprop: ['centred', 'epsilonInside'],
  adam: ['epsilonHat'],
};

/** @param name what it is called in messages. @throws InputError for what is none, and numbers out of range */
export function checkOptimiser(name: string, optimiser: Optimiser): void {
  if (typeof optimiser !== 'object' || optimiser === null) {
    throw new InputError(`${name} must be an optimiser such as { kind: "adam" }, not ${written(optimiser)}`);
  }
  const { kind, weightDecay = 0, ...others } = optimiser;
  if (!optimiserNames.includes(kind)) {
    throw new InputError(`${name}.kind must be one of ${optimiserNames.join(', ')}, not ${written(kind)}`);
  }
  if (!(Number.isFinite(weightDecay) && weightDecay >= 0)) {
    throw new InputError(`${name}.weightDecay must be a finite number, zero or more, not ${written(weightDecay)}`);
  }
  const numbers = Object.keys(optimiserNumbers[kind]);
  for (const [key, value] of Object.entries(others as Record<string, unknown>)) {
    if (flags[kind].includes(key)) {
      if (typeof value !== 'boolean')
        throw new InputError(`${name}.${key} must be true or false, not ${written(value)}`);
    } else if (!numbers.includes(key)) {
      const known = [...numbers, ...flags[kind], 'weightDecay'].join(', ');
      throw new InputError(`${name}.${key}: ${kind} has no such setting, only ${known}`);
    } else if (key === 'epsilon') {
      if (!(Number.isFinite(value) && (value as number) > 0)) {
        throw new InputError(`${name}.epsilon must be a positive finite number, not ${written(value)}`);
      }
    } else if (!(typeof value === 'number' && value >= 0 && value < 1)) {
      throw new InputError(`${name}.${key} must be from 0 to less than 1, not ${written(value)}`);
    }
  }
}
