import { type Initial, ruleSynapses } from 'apical';
import { evaluationSchedule } from '../config/evaluation-schedule.ts';
import type { RunConfig } from '../config/run-config.ts';
import { panels } from './panels.ts';
import type { PanelName } from './results.ts';

/** The methods that Figure 3 compares; each is a learning rule. */
export type Method = 'bmvr' | 'backprop';
export const methods: readonly Method[] = ['bmvr', 'backprop'];

/** λ of all panels. The paper does not print it; the optima that it plots have it. */
export const ridge = 0.1;

/** The start of all panels. The paper does not print it; the first points that it plots are those of small weights. */
export const initialWeights: Readonly<Record<string, Initial>> = {
  W1: { normal: 0.001 },
  W2: { normal: 0.01 },
  Q: { identity: 0.1 },
};

/**
 * A run of Figure 3: on the test images, inputs standardised with one mean and one standard deviation, labels one-hot minus
 * their overall mean, in the same order every epoch.
 */
export function figure3Config(name: PanelName, method: Method, seed: number): RunConfig {
  const { hidden, samples, [method]: settings } = panels[name];
  return {
    rule: method,
    data: { set: name, split: 'test', inputs: 'standardised', labels: 'one-hot-centred' },
    hidden,
    ridge,
    rates: { ...settings.rates },
    initial: initialOf(method),
    order: 'repeated',
    samples,
    evaluateAt: evaluationSchedule(samples),
    seed,
  };
}

/** The start of a rule's synapses; those that the paper does not have start small. */
export function initialOf(rule: string): Record<string, Initial> {
  return Object.fromEntries(ruleSynapses(rule).map((name) => [name, initialWeights[name] ?? { normal: 0.01 }]));
}
