import { batchEnd, InputError } from '@apical/core';
import { countImages, isStream, isSynthetic, type Split, syntheticSet } from '@apical/data';
import { isNumberData, isOwnData } from './own-data.ts';
import type { RunConfig } from './run-config.ts';

/** How the samples of a run go into batches. */
export interface Batches {
  /** How many samples an epoch has. */
  readonly count: number;
  readonly batch: number;
}

/** A run with more would do little else. */
const mostPoints = 100_000;

const oneByOne: Batches = { count: Number.POSITIVE_INFINITY, batch: 1 };

/**
 * After how many samples to evaluate a run: points that are even on a logarithmic axis from 2 samples to the last,
 * `floor(logspace(log10 2, log10 samples, points))`, each put off to the end of its batch. Short runs have fewer points, each once.
 * The default is what Figure 3 of Golkar et al. 2020 has.
 *
 * @param samples the end of a batch
 * @throws InputError for more than 100,000 points
 */
export function evaluationSchedule(samples: number, points = 11, { count, batch }: Batches = oneByOne): number[] {
  checkPoints(points);
  const first = Math.min(2, samples);
  const schedule = new Set<number>();
  for (let i = 0; i < points - 1; i++) {
    // The margin keeps rounding from taking a whole number for the one below it.
    const point = Math.floor(first * (samples / first) ** (i / (points - 1)) * (1 + 1e-12));
    schedule.add(Math.min(batchEnd(point, count, batch), samples));
  }
  return [...schedule.add(samples)];
}

function checkPoints(points: number): void {
  if (points <= mostPoints) return;
  const [most, asked] = [mostPoints, points].map((count) => count.toLocaleString('en'));
  throw new InputError(`a run is evaluated ${most} times at most, not ${asked} (--evaluate)`);
}

/** After how many steps to evaluate a run in time: points that are even, the last at its end. @throws InputError as `evaluationSchedule` */
export function evenSchedule(samples: number, points = 10): number[] {
  checkPoints(points);
  return [...new Set(Array.from({ length: points }, (_, i) => Math.ceil(((i + 1) * samples) / points)))];
}

/** How many images a run learns an epoch. @throws InputError for a data set that there is not */
export function epochOf({ first, ...data }: Pick<RunConfig['data'], 'set' | 'split' | 'first' | 'table'>): number {
  // Of what is no images another split is refused where all settings are checked.
  const split = isNumberData(data.set) ? 'train' : data.split;
  return Math.min(first ?? Number.POSITIVE_INFINITY, samplesIn(data, split));
}

/** How many samples a split of a data set has. @throws InputError for one that there is not */
export function samplesIn({ set, table }: Pick<RunConfig['data'], 'set' | 'table'>, split: Split): number {
  if (isOwnData(set)) {
    const count = table?.found?.[split];
    if (count === undefined) throw new InputError(`${set} has no ${split} samples: nothing of it is held out`);
    return count;
  }
  if (isStream(set)) return Number.POSITIVE_INFINITY;
  if (!isSynthetic(set)) return countImages(set, split);
  const { [split]: count } = syntheticSet(set);
  if (count === 0) throw new InputError(`${set}: nothing of it is held out; test=1000 in its name says how many are`);
  return count;
}

/** How the samples of a run go into batches. */
export function batchesOf({ data, batch = 1 }: Pick<RunConfig, 'data' | 'batch'>): Batches {
  return { count: epochOf(data), batch };
}
