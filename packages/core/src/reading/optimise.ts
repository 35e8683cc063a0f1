import { type Optimiser, optimiserNumbers } from '../network/optimiser.ts';

/** What an optimiser keeps for one set of synapses, in float64: v, or s, m and i, or m and v, and the number of updates. */
export interface Kept {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
  updates: number;
}

export function keptFor(length: number): Kept {
  return {
    first: new Float64Array(length),
    second: new Float64Array(length),
    third: new Float64Array(length),
    updates: 0,
  };
}

const rmspropFlags = { centred: false, epsilonInside: false };

/** What the weights are after a step with the gain g at the rate η: see `Optimiser`. */
export function stepped(
  W: Float64Array,
  gain: Float64Array,
  eta: number,
  optimiser: Optimiser,
  kept: Kept,
): Float64Array {
  const { weightDecay = 0 } = optimiser;
  const { first, second, third } = kept;
  const g = gain.map((value, i) => value - weightDecay * W[i]!);
  kept.updates += 1;
  switch (optimiser.kind) {
    case 'plain':
      return W.map((w, i) => w + eta * g[i]!);
    case 'momentum': {
      const { momentum = optimiserNumbers.momentum.momentum, decoupled = false } = optimiser;
      for (let i = 0; i < W.length; i++) first[i] = momentum * first[i]! + (decoupled ? eta * gain[i]! : g[i]!);
      return W.map((w, i) => (decoupled ? w + first[i]! - weightDecay * w : w + eta * first[i]!));
    }
    case 'rmsprop': {
      const { rho, epsilon, momentum, centred, epsilonInside } = {
        ...optimiserNumbers.rmsprop,
        ...rmspropFlags,
        ...optimiser,
      };
      for (let i = 0; i < W.length; i++) {
        first[i] = rho * first[i]! + (1 - rho) * g[i]! ** 2;
        second[i] = rho * second[i]! + (1 - rho) * g[i]!;
        const spread = centred ? Math.max(first[i]! - second[i]! ** 2, 0) : first[i]!;
        const root = epsilonInside ? Math.sqrt(spread + epsilon) : Math.sqrt(spread) + epsilon;
        third[i] = momentum * third[i]! + g[i]! / root;
      }
      return W.map((w, i) => w + eta * third[i]!);
    }
    case 'adam': {
      const { beta1, beta2, epsilon, epsilonHat = false } = { ...optimiserNumbers.adam, ...optimiser };
      for (let i = 0; i < W.length; i++) {
        first[i] = beta1 * first[i]! + (1 - beta1) * g[i]!;
        second[i] = beta2 * second[i]! + (1 - beta2) * g[i]! ** 2;
      }
      const [left1, left2] = [1 - beta1 ** kept.updates, 1 - beta2 ** kept.updates];
      return W.map((w, i) => {
        if (epsilonHat) return w + (((eta * Math.sqrt(left2)) / left1) * first[i]!) / (Math.sqrt(second[i]!) + epsilon);
        return w + (eta * (first[i]! / left1)) / (Math.sqrt(second[i]! / left2) + epsilon);
      });
    }
  }
}
