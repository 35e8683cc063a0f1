import { optimum } from '@apical/core';
import type { RunConfig } from '@apical/experiments';
import type { AnyImages } from '../data/images.ts';
import { prepare } from './prepare.ts';

/** What takes seconds and is not learned: computed beside the networks, in a worker of its own. */
export interface Theorist {
  /** The optimal value of objective (1) for k hidden units: see `optimum`. @throws InputError where there is none */
  optimalValue(images: AnyImages, data: RunConfig['data'], hidden: number, ridge: number): Promise<number>;
}

export const theorist: Theorist = {
  async optimalValue(images, data, hidden, ridge) {
    const { samples } = prepare(images, data);
    const { value } = await optimum(samples, { hidden: Math.min(hidden, samples.labels), ridge });
    return value;
  },
};
