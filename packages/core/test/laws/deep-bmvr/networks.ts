import { type CircuitSettings, type NetworkOptions, Reading } from '../../../src/index.ts';
import { planNetwork } from '../../../src/network/options.ts';
import { teach } from '../../readings.ts';
import { labelled } from '../../registry.ts';
import { sizes, type Weights } from '../changes.ts';

export const rule = 'deep-bmvr';
export const rates = { W: { eta0: 0.03 }, V: { eta0: 0.02 }, Q: { eta0: 0.04 } };
export const samples = labelled('linear', 7, { count: 36, ...sizes });

/** The reading of a network from the weights. */
export function readingFrom(settings: CircuitSettings & Partial<NetworkOptions>, weights: Weights): Reading {
  return new Reading(planNetwork({ rule, ...sizes, rates, ...settings }), { weights });
}

/** The weights when it has learned the samples. */
export function after(settings: CircuitSettings & Partial<NetworkOptions>, weights: Weights): Weights {
  const reading = readingFrom(settings, weights);
  teach(reading, samples.X, samples.Y, settings.batch);
  return reading.weights();
}

/** Those of the weights whose names are asked for. */
export function only(weights: Weights, names: (name: string) => boolean): Weights {
  return Object.fromEntries(Object.entries(weights).filter(([name]) => names(name)));
}

/** Three hidden layers. */
export const three: CircuitSettings = { hidden: [4, 3, 5], activation: 'relu', meanRate: 0.05, biases: true };

/** The derivative at 0, of sixth order in h. */
export function slope(of: (step: number) => number, h = 0.005): number {
  const odd = (times: number) => of(times * h) - of(-times * h);
  return (45 * odd(1) - 9 * odd(2) + odd(3)) / (60 * h);
}
