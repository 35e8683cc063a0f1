import type { Figure3Results, MethodResults, PanelResults, RowVerdict } from '../../src/figure-3/results.ts';

interface Curve {
  mean: number[];
  sd: number[];
}

/** Plotted values of Figure 3 of Golkar et al. 2020 (MNIST and CIFAR-10): mean and standard deviation a step. */
const paper: Record<'mnist' | 'cifar-10', { steps: number[]; optimum: number; bmvr: Curve; backprop: Curve }> = {
  mnist: {
    steps: [1, 4, 16, 50, 150, 446, 1318, 3892, 11485, 33891, 99999],
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
  'cifar-10': {
    steps: [1, 8, 42, 203, 955, 4471, 20911, 97792, 457304, 2138468, 9999999],
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
};

const seeds = [1, 2, 3];

/** Invented results near the paper's, of two panels, with all digits of a double. */
export function exampleResults(): Figure3Results {
  return {
    experiment: 'figure-3',
    version: '0.1.0',
    panels: { mnist: examplePanel('mnist', 'MNIST', 1), 'cifar-10': examplePanel('cifar-10', 'CIFAR-10', 4) },
    provenance: {
      created: '2026-03-04T05:06:07.890Z',
      seconds: 7384.2,
      node: '24.0.0',
      platform: 'linux x64',
      cpu: 'Example processor',
      workers: 2,
    },
  };
}

function examplePanel(name: 'mnist' | 'cifar-10', title: string, hidden: number): PanelResults {
  const { steps, optimum, bmvr, backprop } = paper[name];
  const verdicts: RowVerdict[] = steps.map((_, step) =>
    step < 3 ? 'uninformative' : step === 5 ? 'differs' : 'agrees',
  );
  return {
    title,
    hidden,
    samples: (steps.at(-1) ?? 0) + 1,
    data: {
      set: name,
      split: 'test',
      count: 10_000,
      sha256: { 'images.bin': 'a1'.repeat(32), 'labels.bin': 'b2'.repeat(32) },
    },
    optimum: optimum + 1.2345e-5,
    steps,
    bmvr: exampleMethod(name, 'bmvr', hidden, steps, bmvr),
    backprop: exampleMethod(name, 'backprop', hidden, steps, backprop),
    paper: { optimum, bmvr, backprop },
    verdicts: {
      bmvr: verdicts,
      backprop: name === 'mnist' ? [...verdicts] : verdicts.with(-1, 'differs'),
      final: { bmvr: true, backprop: name === 'mnist' },
    },
  };
}

function exampleMethod(set: string, rule: string, hidden: number, steps: number[], curve: Curve): MethodResults {
  const runs = seeds.map((_, run) =>
    curve.mean.map((mean, step) => mean + (run - 1.1) * Math.SQRT1_2 * ((curve.sd[step] ?? 0) + 1e-5)),
  );
  const mean = steps.map((_, step) => runs.reduce((sum, run) => sum + (run[step] ?? 0), 0) / runs.length);
  const sd = steps.map((_, step) =>
    Math.sqrt(runs.reduce((sum, run) => sum + ((run[step] ?? 0) - (mean[step] ?? 0)) ** 2, 0) / runs.length),
  );
  const interneurons = rule === 'bmvr';
  return {
    config: {
      rule,
      data: { set, split: 'test', inputs: 'standardised', labels: 'one-hot-centred' },
      hidden,
      activation: 'linear',
      decoupled: false,
      ridge: 0.1,
      rates: {
        W1: { eta0: 0.0137, t0: 1000 },
        W2: { eta0: 0.0173 },
        ...(interneurons ? { Q: { eta0: 0.0031, t0: 2500 } } : {}),
      },
      initial: { W1: { normal: 0.001 }, W2: { normal: 0.01 }, ...(interneurons ? { Q: { identity: 0.125 } } : {}) },
      order: 'repeated',
      samples: (steps.at(-1) ?? 0) + 1,
      evaluateAt: steps.map((step) => step + 1),
      accuracy: {},
      probes: [],
      seed: seeds[0] ?? 0,
    },
    seeds,
    mean,
    sd,
    runs,
    diverged: [],
    weightsSha256: seeds.map((seed) => `${seed}c`.repeat(32)),
  };
}
