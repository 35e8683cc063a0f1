import { createNetwork } from '@apical/core';
import { networkOptions } from '../race/network-options.ts';
import { numberOf, readFloats, type Setup } from '../race/setup.ts';
import type { Learner } from './learner.ts';
import { samplesOfSetup } from './samples.ts';

/** apical, through its public functions. */
export async function apicalLearner(setup: Setup): Promise<Learner> {
  const { rule = '', activation } = setup.values;
  const samples = samplesOfSetup(setup);
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
