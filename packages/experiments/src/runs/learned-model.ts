import { fitPreprocessing, type ImageSet } from '@apical/data';
import type { ModelNotes, ModelState } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import type { RunResult } from './result.ts';

/** The model that a run has learned. */
export function learnedModel({ config, weights }: RunResult): ModelState {
  const { rule, hidden, activation, meanRate, decoupled, ridge, rates, samples } = config;
  const [inputs, labels] = [weights.W1!.cols, weights.W2!.rows];
  const mean = meanRate === undefined ? {} : { meanRate };
  const settings = { rule, inputs, labels, hidden, activation, ...mean, decoupled, ridge, rates };
  return { settings, samplesSeen: samples, weights };
}

/** What a model is to remember of the images that it learned. */
export function notesOn(images: ImageSet, data: RunConfig['data']): ModelNotes {
  return { preprocessing: fitPreprocessing(images, data), classNames: images.classNames };
}
