import type { Rate } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import { byEpoch } from './digits.ts';
import type { Reproduction } from './reproduction.ts';

const epoch = 10_000;
const samples = 10 * epoch;

const rate = (eta0: number): Rate => ({ eta0, t0: 1000 });

const config: RunConfig = {
  rule: 'reduced-rank-regression',
  data: { set: 'fashion-mnist', split: 'test', inputs: 'standardised', labels: 'one-hot-centred' },
  hidden: 2,
  activation: 'linear',
  decoupled: false,
  ridge: 0.1,
  rates: { Wx: rate(0.013), Wy: rate(0.013), Q: rate(0.4 * 0.013) },
  initial: { Wx: { normal: 0.01 }, Wy: { normal: 0.1 }, Q: { identity: 1 / 3 } },
  order: 'repeated',
  samples,
  evaluateAt: [2, 4, 6, 8, 10].map((epochs) => epochs * epoch),
  accuracy: {},
  probes: [],
  seed: 1,
};

/** N1: reduced-rank regression at s = 0 on Fashion-MNIST's test images, the demonstration of Bio-RRR. */
export const reducedRankRegression: Reproduction = {
  name: 'reduced-rank-regression',
  title: 'Reduced-rank regression on Fashion-MNIST',
  says: 'Reduced-rank regression by two pyramidal cells, least squares (s = 0) with a ridge of 0.1, learns the test images of Fashion-MNIST in ten passes, and backprop beside it. The objective, without the ridge, comes near the optimum of 0.72045.',
  source:
    'Golkar, Lipshutz, Bahroun, Sengupta and Chklovskii, NeurIPS 33 (2020); settings from the demonstration in flatironinstitute/Bio-RRR, values by an independent program',
  selectedOn: 'nothing: it learns the images that it is evaluated on',
  contenders: [
    { label: 'reduced-rank-regression', config },
    {
      label: 'backprop',
      config: {
        ...config,
        rule: 'backprop',
        rates: { W1: rate(0.018), W2: rate(0.018) },
        initial: { W1: { normal: 0.01 }, W2: { normal: 0.1 } },
      },
    },
  ],
  measures: [
    {
      of: 'reduced-rank-regression',
      measured: 'objective',
      published: byEpoch(epoch, { 2: 0.72293, 4: 0.72198, 6: 0.72163, 8: 0.72147, 10: 0.72137 }),
      known: 'computed',
      expected: [{ samples, value: 0.7214, within: 0.0003 }],
    },
    {
      of: 'backprop',
      measured: 'objective',
      published: byEpoch(epoch, { 2: 0.72292, 4: 0.72207, 6: 0.72172, 8: 0.72152, 10: 0.72139 }),
      known: 'computed',
      // What its settings come to; the demonstration stores 0.7221, which is out of reach: see the notes.
      expected: [{ samples, value: 0.7214, within: 0.0003 }],
    },
  ],
  seeds: 3,
  minutes: 0.2,
  quickSamples: epoch,
  notes: [
    'The values beside ours are means of an independent program: of 10 starts and orders for reduced-rank regression (0.72137 ± 0.00014 at the end), of 3 for backprop.',
    'The demonstration stores one run of each, after every other pass: 0.72381, 0.72239, 0.72195, 0.72175 and 0.72163 for reduced-rank regression, 0.72499, 0.72325, 0.72264, 0.72232 and 0.7221 for backprop; backprop’s 0.7221 is not what its settings give here, 0.7214: it lies outside of all starts and orders. Its data file is not public, so that its scaling of the images cannot be checked.',
    'Every seed is a start and one random order, which is repeated ten times.',
  ],
};
