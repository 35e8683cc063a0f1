import { dataSetNames } from '@apical/data';
import { InputError, ruleNames, ruleSynapses } from 'apical';
import { panelNames } from '../figure-3/panels.ts';
import { figure3Config, initialOf, methods } from '../figure-3/protocol.ts';
import { evaluationSchedule } from './evaluation-schedule.ts';
import type { RunConfig } from './run-config.ts';
import { suggestion } from './suggestion.ts';

const samples = 100_000;

/** For what the paper did not run: slow enough for inputs of some thousand numbers of unit variance. */
const cautiousRate = { eta0: 0.001, t0: 10_000 };

/**
 * A config to start from: what Figure 3 of the paper learns from this data set with this rule, for 100,000 samples and with
 * seed 1; for what the paper does not have, the same protocol with one hidden unit and small rates.
 *
 * @throws InputError for a rule or data set that does not exist
 */
export function defaultRunConfig(rule: string, set: string): RunConfig {
  checkName('learning rule', rule, ruleNames);
  checkName('data set', set, dataSetNames);
  const panel = panelNames.find((name) => name === set);
  const method = methods.find((name) => name === rule);
  const config = figure3Config(panel ?? 'mnist', method ?? 'bmvr', 1);
  if (panel === undefined || method === undefined) {
    config.rule = rule;
    config.data.set = set;
    config.hidden = 1;
    config.rates = Object.fromEntries(ruleSynapses(rule).map((synapses) => [synapses, { ...cautiousRate }]));
    config.initial = initialOf(rule);
  }
  return { ...config, samples, evaluateAt: evaluationSchedule(samples) };
}

function checkName(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new InputError(`unknown ${what} "${name}"${suggestion(name, known)}: choose one of ${known.join(', ')}`);
}
