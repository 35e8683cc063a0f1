import { type Network, weightName } from '@apical/core';

/** How near to a bound a weight is that counts as extreme, as a share of the larger bound. */
const near = 0.05;

/**
 * How the weights of synapses that learn are distributed: the mean, the standard deviation, the least and the largest, and of those with
 * bounds the share that is nearer than 5 % of the larger bound to one, `weights.W.extreme`. Synapses that do not exist are left out.
 */
export function weightReadings(network: Network): Record<string, number> {
  const weights = network.weights();
  const readings: Record<string, number> = {};
  for (const { name, plastic, options } of network.blueprint.circuit.allSynapses) {
    if (!plastic) continue;
    const listed = weightName(name);
    const all = Array.from(weights[listed]!.data);
    const data = options.density === undefined ? all : all.filter((w) => w !== 0);
    const mean = data.reduce((sum, w) => sum + w, 0) / data.length;
    const say = (what: string, value: number) => {
      readings[`weights.${listed}.${what}`] = value;
    };
    say('mean', mean);
    say('sd', Math.sqrt(data.reduce((sum, w) => sum + (w - mean) ** 2, 0) / data.length));
    say(
      'min',
      data.reduce((least, w) => Math.min(least, w), Infinity),
    );
    say(
      'max',
      data.reduce((most, w) => Math.max(most, w), -Infinity),
    );
    if (!options.bounds) continue;
    const { min, max } = options.bounds;
    const margin = near * Math.max(Math.abs(min), Math.abs(max));
    say('extreme', data.filter((w) => w < min + margin || w > max - margin).length / data.length);
  }
  return readings;
}
