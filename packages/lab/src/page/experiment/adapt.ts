import { InputError } from '@apical/core';
import { ruleTitle } from '@apical/experiments';
import { refusalOf } from './circuit.ts';
import type { Experiment } from './experiment.ts';
import { runConfigOf } from './run-config.ts';
import { fitted } from './usual-settings.ts';

/** An experiment that can be done, and what had to be left out of it. */
export interface Adapted {
  readonly experiment: Experiment;
  /** In words: which of its rules cannot have its network, and why. */
  readonly leftOut?: string;
}

/**
 * The experiment with those of its rules that can have its network, and with settings that fit.
 *
 * @param preset that it began from. @param before what it was made from
 * @throws InputError where none of its rules can
 */
export function adapt(experiment: Experiment, preset: Experiment, before: Experiment): Adapted {
  const refusals = experiment.rules.map((rule) => [rule, refusalOf(experiment, rule)] as const);
  const possible = refusals.filter(([, refusal]) => refusal === undefined).map(([rule]) => rule);
  const refused = refusals.flatMap(([rule, refusal]) =>
    refusal === undefined ? [] : [`${ruleTitle(rule)}: ${refusal}`],
  );
  if (possible.length === 0) throw new InputError(refused.join('\n'));
  return {
    experiment: fitted({ ...experiment, rules: possible }, preset, before),
    ...(refused.length > 0 && { leftOut: `Left out: ${refused.join('; ')}.` }),
  };
}

/** Why an experiment cannot be done, in words; undefined where it can, by some of its rules at least. */
export function refusalOfChange(chosen: Experiment, preset: Experiment, before: Experiment): string | undefined {
  try {
    const { experiment } = adapt(chosen, preset, before);
    for (const rule of experiment.rules) runConfigOf(experiment, rule);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}
