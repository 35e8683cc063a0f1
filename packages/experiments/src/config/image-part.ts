import type { ImagePart } from './run-config.ts';

/** How many images a split needs to have for the part: one at least from where it begins. */
export function imagesNeeded({ from = 0, first = 1 }: ImagePart): number {
  return from + first;
}
