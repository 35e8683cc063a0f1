import type { Initial, Rate } from '@apical/core';
import type { Preprocessing } from '@apical/data';
import type { Method, Width } from './results.ts';

/** How one method learns at one width, and why so. */
export interface MethodSettings {
  readonly inputs: Preprocessing['inputs'];
  readonly rates: Readonly<Record<string, Rate>>;
  readonly initial: Readonly<Record<string, Initial>>;
  /** How often all images are learned. */
  readonly epochs: number;
  readonly reasons: readonly string[];
}

export type Settings = Readonly<Record<Width, Readonly<Record<Method, MethodSettings>>>>;

/** Rates that do not decay. */
export function constant(rates: Readonly<Record<string, number>>): Record<string, Rate> {
  return Object.fromEntries(Object.entries(rates).map(([synapses, eta0]) => [synapses, { eta0 }]));
}
