import { numberOf, type Setup } from '../race/setup.ts';
import { representationOptions } from '../representation/problem.ts';
import type { RepresentationShape } from '../representation/shapes.ts';
import type { Learner } from './learner.ts';
import { networkLearner } from './network-learner.ts';
import { samplesOfSetup } from './samples.ts';

/** apical's networks that predict nothing, through its public functions. */
export async function apicalRepresentationLearner(setup: Setup): Promise<Learner> {
  const { values } = setup;
  const samples = samplesOfSetup(setup);
  const rates = Object.entries(values).filter(([name]) => name.startsWith('rate'));
  const options = representationOptions({
    rule: values.rule as RepresentationShape['rule'],
    ...{ m: samples.inputs, n: samples.labels, k: numberOf(setup, 'cells') },
    rates: Object.fromEntries(rates.map(([name, rate]) => [name.slice('rate'.length), Number(rate)])),
  });
  return networkLearner(setup, options, samples);
}
