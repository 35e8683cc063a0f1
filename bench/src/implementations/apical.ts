import { createNetwork, type Samples } from '@apical/core';
import { networkOptions } from '../race/network-options.ts';
import { numberOf, readBytes, readFloats, type Setup } from '../race/setup.ts';
import type { Learner } from './learner.ts';

/** apical, through its public functions. */
export async function apicalLearner(setup: Setup): Promise<Learner> {
  const { rule = '', activation } = setup.values;
  const samples: Samples = {
    count: numberOf(setup, 'samples'),
    inputs: numberOf(setup, 'm'),
    labels: numberOf(setup, 'n'),
    raw: readBytes(setup, 'pixels.u8'),
    classes: readBytes(setup, 'classes.u8'),
    targets: readFloats(setup, 'targets.f32'),
    scale: numberOf(setup, 'scale'),
    offset: numberOf(setup, 'offset'),
  };
  const k = numberOf(setup, 'k');
  const matrix = (name: string, rows: number, cols: number) => ({ rows, cols, data: readFloats(setup, `${name}.f32`) });
  const rateOf = (name: string) => numberOf(setup, `rate${name}`);
  const bmvr = rule === 'bmvr';
  const network = await createNetwork({
    ...networkOptions(
      {
        rule: bmvr ? 'bmvr' : 'backprop',
        k,
        activation: activation === 'relu' ? 'relu' : 'linear',
        rates: { W1: rateOf('W1'), W2: rateOf('W2'), ...(bmvr && { Q: rateOf('Q') }) },
      },
      samples,
    ),
    weights: {
      W1: matrix('W1', k, samples.inputs),
      W2: matrix('W2', samples.labels, k),
      ...(bmvr && { Q: matrix('Q', k, k) }),
      ...(activation === 'relu' && { zbar: matrix('zbar', k, 1) }),
    },
  });
  return {
    learn: (numbers) => network.learnSamples(samples, numbers),
    weights: () => Object.fromEntries(Object.entries(network.weights()).map(([name, { data }]) => [name, data])),
  };
}
