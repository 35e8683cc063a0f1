import type { Initial, Rate } from '@apical/core';
import type { PanelName } from './results.ts';

/** Learning rates by synapses, and why where they are not the printed ones. */
export interface MethodSettings {
  readonly rates: Readonly<Record<string, Rate>>;
  readonly note?: string;
}

/** One panel of Figure 3. */
export interface Panel {
  readonly title: string;
  /** k */
  readonly hidden: number;
  /** How many samples a run learns. */
  readonly samples: number;
  /** The start of each of the synapses W1, W2 and Q, for both methods. */
  readonly initial: Readonly<Record<'W1' | 'W2' | 'Q', Initial>>;
  readonly bmvr: MethodSettings;
  readonly backprop: MethodSettings;
}

/**
 * The panels with the settings that run here: the printed ones (Golkar et al. 2020) but where a note says otherwise. Rates
 * decay as η(t) = η0 / (1 + t/t0).
 *
 * The paper does not print how the weights start. These starts were chosen so that the curves follow the paper's from its
 * first points on; the final values do not depend on them. They must be the smaller the longer the inputs are, for online
 * BMVR is stable only while η1 ‖x‖² σ(QQᵀ) < 2, and a Q that is too small for the inputs lets the activity overshoot first.
 */
export const panels: Readonly<Record<PanelName, Panel>> = {
  mnist: {
    title: 'MNIST',
    hidden: 1,
    samples: 1e5,
    initial: start(0.001, 0.05, 1 / 3),
    bmvr: { rates: decaying(1e3, { W1: 0.01, W2: 0.01, Q: 0.003 }) },
    backprop: { rates: decaying(1e3, { W1: 0.02, W2: 0.02 }) },
  },
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    hidden: 2,
    samples: 1e5,
    initial: start(0.001, 0.05, 1 / 4),
    bmvr: { rates: decaying(1e3, { W1: 0.013, W2: 0.013, Q: 0.005 }) },
    backprop: { rates: decaying(1e3, { W1: 0.018, W2: 0.018 }) },
  },
  'cifar-10': {
    title: 'CIFAR-10',
    hidden: 4,
    samples: 1e7,
    initial: start(0.001, 0.01, 0.1),
    bmvr: {
      rates: decaying(1.5e4, { W1: 0.006, W2: 0.002, Q: 0.002 }),
      note: 'η0 of W1 is 0.006, not 0.01 as printed, at which the runs diverge within 2,000 samples from every start tried',
    },
    backprop: { rates: decaying(1e4, { W1: 0.0065, W2: 0.0065 }) },
  },
  'cifar-100': {
    title: 'CIFAR-100',
    hidden: 8,
    samples: 1e7,
    initial: start(0.001, 0.005, 0.1),
    bmvr: { rates: decaying(4e4, { W1: 0.025, W2: 0.001, Q: 0.002 }) },
    backprop: { rates: decaying(1.1e4, { W1: 0.0065, W2: 0.0065 }) },
  },
};

/** The names of the panels, in the paper's order. */
export const panelNames = Object.keys(panels) as readonly PanelName[];

/** Rates that decay with the same t0. */
function decaying(t0: number, eta0: Readonly<Record<string, number>>): Record<string, Rate> {
  return Object.fromEntries(Object.entries(eta0).map(([synapses, value]) => [synapses, { eta0: value, t0 }]));
}

/** W1 and W2 of independent normal deviates with these standard deviations, Q a multiple of the identity. */
function start(W1: number, W2: number, Q: number): Panel['initial'] {
  return { W1: { normal: W1 }, W2: { normal: W2 }, Q: { identity: Q } };
}
