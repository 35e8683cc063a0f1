import { Matrix as DoubleMatrix } from 'ml-matrix';
import type { Network } from '../network/network.ts';
import { weight } from './hidden-activity.ts';

/**
 * `‖Qᵀ − R‖`, Frobenius, of a network with decoupled interneurons. While it learns, Qᵀ − R shrinks by the factor 1 − ηq(t) at
 * every sample, whatever the data (Golkar et al. 2020, 23).
 */
export function decouplingDistance(network: Network): number {
  const weights = network.weights();
  return DoubleMatrix.sub(weight(weights, 'Q').transpose(), weight(weights, 'R')).norm('frobenius');
}
