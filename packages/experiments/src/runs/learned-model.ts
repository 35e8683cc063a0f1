import type { ModelState, Samples } from '@apical/core';
import { learningOptions } from '../config/network-options.ts';
import type { RunResult } from './result.ts';

/** The model that a run has learned. @param sizes how many numbers inputs and labels have */
export function learnedModel(
  { config, weights }: RunResult,
  { inputs, labels }: Pick<Samples, 'inputs' | 'labels'>,
): ModelState {
  const settings = { rule: config.rule, inputs, labels, ...learningOptions(config) };
  return { settings, samplesSeen: config.samples, weights };
}
