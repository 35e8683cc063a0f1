import { evaluationSchedule } from '../config/evaluation-schedule.ts';
import type { RunConfig } from '../config/run-config.ts';
import { panels } from './panels.ts';
import type { PanelName } from './results.ts';

/** The methods that Figure 3 compares; each is a learning rule. */
export type Method = 'bmvr' | 'backprop';
export const methods: readonly Method[] = ['bmvr', 'backprop'];

/** λ of all panels. The paper does not print it; the optima that it plots have it. */
export const ridge = 0.1;

/**
 * What a panel's runs learn: the test images, inputs standardised with one mean and one standard deviation, labels one-hot
 * minus their overall mean.
 */
export function figure3Data(name: PanelName): RunConfig['data'] {
  return { set: name, split: 'test', inputs: 'standardised', labels: 'one-hot-centred' };
}

/** A run of Figure 3, with the same order of samples every epoch. */
export function figure3Config(name: PanelName, method: Method, seed: number): RunConfig {
  const { hidden, samples, initial, [method]: settings } = panels[name];
  return {
    rule: method,
    data: figure3Data(name),
    hidden,
    activation: 'linear',
    decoupled: false,
    ridge,
    rates: { ...settings.rates },
    initial: Object.fromEntries(
      Object.keys(settings.rates).map((synapses) => [synapses, initial[synapses as keyof typeof initial]]),
    ),
    order: 'repeated',
    samples,
    evaluateAt: evaluationSchedule(samples),
    accuracy: {},
    probes: [],
    seed,
  };
}
