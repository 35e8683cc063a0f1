import { InputError, ruleNames } from '@apical/core';
import { dataSetNames } from '@apical/data';
import { evaluationSchedule } from '../config/evaluation-schedule.ts';
import type { RunConfig } from '../config/run-config.ts';
import { suggestion } from '../config/suggestion.ts';
import { panelNames } from './panels.ts';
import { figure3Config, methods } from './protocol.ts';

const samples = 100_000;

/**
 * A config to start from: what Figure 3 of the paper learns from this data set with this rule, with seed 1, but for 100,000
 * samples.
 *
 * @throws InputError for a rule or data set that does not exist
 */
export function defaultRunConfig(rule: string, set: string): RunConfig {
  const method = known('learning rule', rule, ruleNames, methods);
  const panel = known('data set', set, dataSetNames, panelNames);
  return { ...figure3Config(panel, method, 1), samples, evaluateAt: evaluationSchedule(samples) };
}

/** The name as one of those that the figure has. */
function known<Name extends string>(what: string, name: string, all: readonly string[], named: readonly Name[]): Name {
  const found = named.find((candidate) => candidate === name);
  if (found !== undefined) return found;
  throw new InputError(`unknown ${what} "${name}"${suggestion(name, all)}: choose one of ${all.join(', ')}`);
}
