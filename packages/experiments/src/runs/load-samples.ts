import { type ImageSet, loadImages, preprocess } from '@apical/data';
import type { Samples } from 'apical';
import type { RunConfig } from '../config/run-config.ts';

/** A data set as runs learn it, and as it was found. */
export interface LoadedData {
  readonly samples: Samples;
  readonly images: ImageSet;
}

/** Loads and preprocesses what a run learns. @throws InputError where the data set is not there or is damaged */
export async function loadSamples(data: RunConfig['data'], directory?: string): Promise<LoadedData> {
  const images = await loadImages({ set: data.set, split: data.split, directory });
  return { samples: preprocess(images, data), images };
}
