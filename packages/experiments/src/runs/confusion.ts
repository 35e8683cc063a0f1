import type { Network, Samples } from '@apical/core';
import type { ImagePart } from '../config/run-config.ts';
import type { Confusion } from './result.ts';

/**
 * How a network classifies images, by the names of the parts. Images that several parts have are looked at once.
 *
 * @param splits the images of each split that a part is of
 */
export function confusionsOf(
  network: Network,
  parts: Readonly<Record<string, ImagePart>>,
  splits: Readonly<Partial<Record<ImagePart['split'], Samples>>>,
): Record<string, Confusion> {
  const wanted = [...new Set(Object.values(parts).map(({ split }) => split))];
  const predicted = new Map(
    wanted.flatMap((split) => splits[split] ?? []).map((samples) => [samples, network.predictClass(samples)] as const),
  );
  return Object.fromEntries(
    Object.entries(parts).map(([name, { split, from = 0, first }]) => {
      const samples = splits[split];
      const classes = samples && predicted.get(samples);
      if (samples?.classes === undefined || classes === undefined)
        throw new TypeError(`the ${split} images are not there`);
      const end = first === undefined ? samples.count : from + first;
      const [actual, found] = [samples.classes.subarray(from, end), classes.subarray(from, end)];
      return [name, countConfusion(actual, found, samples.labels)];
    }),
  );
}

/** Counts for each class what its images are taken for. */
export function countConfusion(actual: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): Confusion {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  for (let i = 0; i < actual.length; i++) counts[actual[i]!]![predicted[i]!]! += 1;
  return counts;
}

/** The accuracy of each part, and the running one where it is counted; nothing where there is none. */
export function accuracies(
  confusion: Readonly<Record<string, Confusion>>,
  running?: number,
): { accuracy?: Record<string, number> } {
  const parts = Object.entries(confusion).map(([name, counts]) => [name, accuracyOf(counts)] as const);
  const entries = [...(running === undefined ? [] : [['running', running] as const]), ...parts];
  return entries.length === 0 ? {} : { accuracy: Object.fromEntries(entries) };
}

/** The share of images that are taken for what they are: the diagonal over the total. */
export function accuracyOf(confusion: Confusion): number {
  const right = confusion.reduce((sum, row, i) => sum + row[i]!, 0);
  return right / confusion.flat().reduce((sum, count) => sum + count, 0);
}
