import type { RunConfig } from '../config/run-config.ts';
import type { Method, Width } from './results.ts';
import { type SettingsName, settings } from './settings.ts';

/** How many test images MNIST has, which Table 1 learns. */
export const imagesLearned = 10_000;

/** ε of the running mean that is subtracted from the hidden activity: Golkar et al. 2020, Eq. 24. */
const meanRate = 1e-4;

/** Rounds of a logarithmic axis: 1, 2, 3, 5, 7, 10, 15, 20, 30, … */
const rounds = [1, 1.5, 2, 3, 5, 7];

/** After how many of so many epochs to evaluate: evenly, roughly, on a logarithmic axis, and at the end. */
export function evaluatedEpochs(epochs: number): number[] {
  const decades = Array.from({ length: Math.ceil(Math.log10(epochs + 1)) }, (_, power) => 10 ** power);
  const points = decades.flatMap((power) => rounds.map((round) => round * power));
  return [...points.filter((point) => Number.isInteger(point) && point < epochs), epochs];
}

/** One run of Table 1: it learns MNIST's test images, in a new order every epoch. */
export function table1Config(
  name: SettingsName,
  width: Width,
  method: Method,
  { seed, epochs }: { seed: number; epochs?: number | undefined },
): RunConfig {
  const { inputs, rates, initial, epochs: usual } = settings[name][width][method];
  return {
    rule: method,
    data: { set: 'mnist', split: 'test', inputs, labels: 'one-hot-centred' },
    hidden: Number(width),
    activation: 'relu',
    meanRate,
    decoupled: false,
    ridge: 0,
    rates: { ...rates },
    initial: { ...initial },
    order: 'reshuffled',
    samples: imagesLearned * (epochs ?? usual),
    evaluateAt: evaluatedEpochs(epochs ?? usual).map((epoch) => imagesLearned * epoch),
    accuracy: { train: { split: 'test' }, test: { split: 'train' }, test50k: { split: 'train', first: 50_000 } },
    probes: [],
    seed,
  };
}
