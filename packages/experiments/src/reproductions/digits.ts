import type { RunConfig } from '../config/run-config.ts';
import type { Point } from './reproduction.ts';

/** MNIST's train images that whole batches of 128 take: the last 96 are left out, as the published program does. */
export const wholeBatches = 468 * 128;

/** What networks that classify MNIST have in common. */
export const digits = {
  data: { set: 'mnist', split: 'train', inputs: 'unit', labels: 'one-hot' },
  decoupled: false,
  ridge: 0,
  accuracy: { test: { split: 'test' } },
  probes: ['alignment'],
  seed: 1,
} as const satisfies Partial<RunConfig>;

/** Values after epochs of so many samples. */
export function byEpoch(samples: number, values: Readonly<Record<number, number>>): Point[] {
  return Object.entries(values).map(([epoch, value]) => ({ samples: samples * Number(epoch), value }));
}
