import type { PanelName } from './results.ts';

/** Objective (1) at each evaluation: mean and standard deviation over 5 runs. */
export interface PaperCurve {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** A panel of Figure 3 as the paper plots it. */
export interface PaperPanel {
  /** The dashed line. */
  readonly optimum: number;
  readonly bmvr: PaperCurve;
  readonly backprop: PaperCurve;
}

/**
 * The plotted points of Figure 3 of S. Golkar, D. Lipshutz, Y. Bahroun, A. M. Sengupta, D. B. Chklovskii, "A biologically
 * plausible neural network for local supervision in cortical microcircuits", 2020, arXiv:2011.15031: values to 4 decimals,
 * the optima to 5.
 */
export const paper: Readonly<Record<PanelName, PaperPanel>> = {
  mnist: {
    optimum: 0.81456,
    bmvr: {
      mean: [0.8996, 0.8989, 0.897, 0.8926, 0.8695, 0.8512, 0.8355, 0.822, 0.8186, 0.8167, 0.8158],
      sd: [0.0004, 0.0013, 0.0027, 0.0055, 0.0165, 0.0115, 0.0098, 0.0011, 0.0019, 0.0012, 0.0007],
    },
    backprop: {
      mean: [0.9003, 0.8991, 0.8883, 0.8703, 0.8478, 0.8445, 0.8276, 0.821, 0.8169, 0.8155, 0.8151],
      sd: [0.0016, 0.0017, 0.0075, 0.0077, 0.0048, 0.0115, 0.0028, 0.0019, 0.0005, 0.0002, 0.0001],
    },
  },
  'fashion-mnist': {
    optimum: 0.72044,
    bmvr: {
      mean: [0.9164, 0.901, 0.8832, 0.8699, 0.8258, 0.7715, 0.743, 0.7297, 0.7244, 0.722, 0.7214],
      sd: [0.0179, 0.0135, 0.0171, 0.0117, 0.0164, 0.0063, 0.0083, 0.0064, 0.0011, 0.0004, 0.0001],
    },
    backprop: {
      mean: [0.8966, 0.8936, 0.8711, 0.8252, 0.769, 0.7624, 0.7383, 0.7289, 0.7231, 0.7216, 0.7211],
      sd: [0.003, 0.0056, 0.0163, 0.0202, 0.0085, 0.0096, 0.0028, 0.0017, 0.0004, 0.0001, 0.0],
    },
  },
  'cifar-10': {
    optimum: 0.77372,
    bmvr: {
      mean: [0.8996, 0.8999, 0.8973, 0.8915, 0.8836, 0.8489, 0.8342, 0.8021, 0.7822, 0.7773, 0.7756],
      sd: [0.0016, 0.0022, 0.0017, 0.0005, 0.006, 0.0049, 0.0057, 0.007, 0.0003, 0.0008, 0.0006],
    },
    backprop: {
      mean: [0.9012, 0.9002, 0.8966, 0.8707, 0.8559, 0.8401, 0.8131, 0.795, 0.7831, 0.7777, 0.7754],
      sd: [0.0012, 0.0017, 0.0011, 0.0018, 0.0013, 0.0023, 0.0032, 0.0013, 0.0001, 0.0001, 0.0],
    },
  },
  'cifar-100': {
    optimum: 0.96573,
    bmvr: {
      mean: [0.991, 0.991, 0.9919, 0.9913, 0.9878, 0.9823, 0.9765, 0.9716, 0.9679, 0.9667, 0.9663],
      sd: [0.0006, 0.0003, 0.0009, 0.0005, 0.0003, 0.0015, 0.0007, 0.0003, 0.0002, 0.0, 0.0],
    },
    backprop: {
      mean: [0.9901, 0.9903, 0.9908, 0.9897, 0.9865, 0.9797, 0.9749, 0.9701, 0.968, 0.9668, 0.9662],
      sd: [0.0001, 0.0001, 0.0005, 0.0003, 0.0011, 0.0002, 0.0005, 0.0001, 0.0, 0.0, 0.0],
    },
  },
};
