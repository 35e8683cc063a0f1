import type { NetworkOptions, Samples } from '@apical/core';
import { meanRate, ridge, type Shape } from './shapes.ts';

/** apical's options for a shape. */
export function networkOptions(
  { rule, k, activation, rates }: Pick<Shape, 'rule' | 'k' | 'activation' | 'rates'>,
  { inputs, labels }: Pick<Samples, 'inputs' | 'labels'>,
): NetworkOptions {
  return {
    rule,
    inputs,
    labels,
    hidden: k,
    activation,
    ...(activation === 'linear' ? { ridge } : { meanRate }),
    rates: Object.fromEntries(Object.entries(rates).map(([name, eta0]) => [name, { eta0 }])),
    seed: 1,
  };
}
