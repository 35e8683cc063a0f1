import type { ImageSamples } from '@apical/data';
import type { Shape } from '../race/shapes.ts';
import type { EngineRates } from './probes.ts';

/** What learning one sample takes, whatever the implementation. */
export interface Traffic {
  /** Bytes loaded and stored. */
  readonly loads: number;
  readonly stores: number;
  /** Floating-point operations, a multiplication and an addition being two. */
  readonly operations: number;
  /** Bytes of all weights: what is gone through again and again. */
  readonly weights: number;
}

/** Numbers are float32. */
const numberBytes = 4;
/** Inputs are taken four at a time. */
const chunk = 4;

/**
 * Counts the loads, stores and operations of a sample, where every weight that is needed is loaded once for every time that
 * it must be known anew, and stored once. Weights from inputs that are zero are not needed, nor are changes of hidden units
 * that are not active. The work that is k × k in the ridge is not counted.
 *
 * @param inputs how many inputs are not zero, in whole chunks of four
 * @param activity the share of hidden units that are active
 */
export function trafficOf(
  { rule, m, k }: Pick<Shape, 'rule' | 'm' | 'k'>,
  labels: number,
  inputs: number,
  activity: number,
): Traffic {
  // W1: one pass in which the last sample's change is made and this sample is driven through.
  const first = { loads: inputs * k, stores: inputs * k * activity, operations: 2 * inputs * k * (1 + activity) };
  // Qᵀz and Qn cannot be had in one pass over Q; the change can be made in the second.
  const active = k * activity;
  const multiplier = { loads: 2 * k * active, stores: k * active, operations: 6 * k * active };
  const second =
    rule === 'bmvr'
      ? { loads: labels * k, stores: labels * k, operations: 4 * labels * k }
      : { loads: 2 * labels * k, stores: labels * k, operations: 6 * labels * k };
  const parts = rule === 'bmvr' ? [first, second, multiplier] : [first, second];
  const total = (key: keyof typeof first) => parts.reduce((sum, part) => sum + part[key], 0);
  return {
    loads: m + numberBytes * total('loads'),
    stores: numberBytes * total('stores'),
    operations: total('operations'),
    weights: numberBytes * (m * k + labels * k + (rule === 'bmvr' ? k * k : 0)),
  };
}

/** The microseconds in which the engine could do that at best: of loads, stores and operations, that which takes longest. */
export function shortestTime({ loads, stores, operations, weights }: Traffic, rates: EngineRates): number {
  const memory = rates.memory.find(({ bytes }) => bytes >= weights) ?? rates.memory.at(-1)!;
  return 1e6 * Math.max(loads / memory.loads, stores / memory.stores, operations / rates.operations);
}

/** How many pixels of an image lie in a chunk of four that are not all zero, on average. */
export function meanInputs({ raw, inputs, count }: ImageSamples): number {
  let chunks = 0;
  for (let image = 0; image < count; image++) {
    for (let first = 0; first < inputs; first += chunk) {
      const start = image * inputs + first;
      if (raw.subarray(start, Math.min(start + chunk, (image + 1) * inputs)).some((p) => p > 0)) chunks += 1;
    }
  }
  return (chunk * chunks) / count;
}
