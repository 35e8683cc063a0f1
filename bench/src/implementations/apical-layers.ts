import type { ActivationFunction, NetworkOptions, OutputFunction } from '@apical/core';
import { layersOptions } from '../layers/problem.ts';
import type { LayersShape } from '../layers/shapes.ts';
import { numberOf, type Setup } from '../race/setup.ts';
import type { Learner } from './learner.ts';
import { networkLearner } from './network-learner.ts';
import { samplesOfSetup } from './samples.ts';

/** apical's networks of layers, through its public functions. */
export async function apicalLayersLearner(setup: Setup, besides: Pick<NetworkOptions, 'fused'> = {}): Promise<Learner> {
  const { values } = setup;
  const samples = samplesOfSetup(setup);
  const rates = Object.entries(values).filter(([name]) => name.startsWith('rate'));
  const options = layersOptions({
    rule: values.rule as LayersShape['rule'],
    sizes: values.sizes!.split(',').map(Number),
    activation: values.activation as ActivationFunction,
    output: values.output as OutputFunction,
    batch: numberOf(setup, 'batch'),
    rates: Object.fromEntries(rates.map(([name, rate]) => [name.slice('rate'.length), Number(rate)])),
    steps: numberOf(setup, 'steps'),
  });
  return networkLearner(setup, { ...options, ...besides }, samples);
}
