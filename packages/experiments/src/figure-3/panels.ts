import type { Rate } from 'apical';
import type { PanelName } from './results.ts';

/** Learning rates by synapses, and why where they are not the printed ones. */
export interface MethodSettings {
  readonly rates: Readonly<Record<string, Rate>>;
  readonly note?: string;
}

/** What the paper prints of a panel of its Figure 3. */
export interface Panel {
  readonly title: string;
  /** k */
  readonly hidden: number;
  /** How many samples a run learns. */
  readonly samples: number;
  readonly bmvr: MethodSettings;
  readonly backprop: MethodSettings;
}

/**
 * The panels with the settings that run here: the printed ones (Golkar et al. 2020) but where a note
 * says otherwise. Rates decay as η(t) = η0 / (1 + t/t0).
 */
export const panels: Readonly<Record<PanelName, Panel>> = {
  mnist: {
    title: 'MNIST',
    hidden: 1,
    samples: 1e5,
    bmvr: { rates: decaying(1e3, { W1: 0.01, W2: 0.01, Q: 0.003 }) },
    backprop: { rates: decaying(1e3, { W1: 0.02, W2: 0.02 }) },
  },
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    hidden: 2,
    samples: 1e5,
    bmvr: { rates: decaying(1e3, { W1: 0.013, W2: 0.013, Q: 0.005 }) },
    backprop: { rates: decaying(1e3, { W1: 0.018, W2: 0.018 }) },
  },
  'cifar-10': {
    title: 'CIFAR-10',
    hidden: 4,
    samples: 1e7,
    bmvr: {
      rates: decaying(1.5e4, { W1: 0.005, W2: 0.002, Q: 0.002 }),
      note: 'η0 of W1 is 0.005, not 0.01 as printed, at which the runs diverge within 2,000 samples',
    },
    backprop: { rates: decaying(1e4, { W1: 0.0065, W2: 0.0065 }) },
  },
  'cifar-100': {
    title: 'CIFAR-100',
    hidden: 8,
    samples: 1e7,
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
