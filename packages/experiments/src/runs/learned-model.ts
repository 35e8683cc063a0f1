import type { ModelState } from '@apical/core';
import type { RunResult } from './result.ts';

/** The model that a run has learned. */
export function learnedModel({ config, weights }: RunResult): ModelState {
  const { rule, hidden, activation, meanRate, decoupled, ridge, rates, samples } = config;
  const [inputs, labels] = [weights.W1!.cols, weights.W2!.rows];
  const mean = meanRate === undefined ? {} : { meanRate };
  const settings = { rule, inputs, labels, hidden, activation, ...mean, decoupled, ridge, rates };
  return { settings, samplesSeen: samples, weights };
}
