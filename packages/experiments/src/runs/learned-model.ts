import type { ModelState, Rule, Samples } from '@apical/core';
import { learningOptions } from '../config/network-options.ts';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { streamOfRun } from '../config/stream-of-run.ts';
import type { RunResult } from './result.ts';

/**
 * The model that a run has learned.
 * @param sizes how many numbers inputs and labels have; of a run in time its stream says it
 */
export function learnedModel({ config, weights }: RunResult, sizes: Pick<Samples, 'inputs' | 'labels'>): ModelState {
  const rule = ruleOf(config);
  const { inputs, labels } = rule?.time === undefined ? sizes : sizesInTime(config, rule);
  const settings = { rule: config.rule, inputs, labels, ...learningOptions(config) };
  return { settings, samplesSeen: config.samples, weights };
}

function sizesInTime(config: RunConfig, rule: Rule): Pick<Samples, 'inputs' | 'labels'> {
  const { inputs, teacher } = streamOfRun(config, rule, true);
  return { inputs, labels: teacher };
}
