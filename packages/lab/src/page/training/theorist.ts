import { optimum } from '@apical/core';
import { type Preprocessing, preprocess } from '@apical/data';
import type { AnyImages } from '../data/images.ts';

/** What takes seconds and is not learned: computed beside the networks, in a worker of its own. */
export interface Theorist {
  /** The optimal value of objective (1) for k hidden units: see `optimum`. @throws InputError where there is none */
  optimalValue(images: AnyImages, preprocessing: Preprocessing, hidden: number, ridge: number): Promise<number>;
}

export const theorist: Theorist = {
  async optimalValue(images, preprocessing, hidden, ridge) {
    const samples = preprocess(images, preprocessing);
    const { value } = await optimum(samples, { hidden: Math.min(hidden, samples.labels), ridge });
    return value;
  },
};
