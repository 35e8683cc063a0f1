import { type Rule, recordableOf } from '@apical/core';
import { learningOptions } from './network-options.ts';
import { recordedSteps, spansOf } from './recorded-steps.ts';
import type { RunConfig } from './run-config.ts';
import { streamOfRun } from './stream-of-run.ts';
import { suggestion } from './suggestion.ts';

/** The most numbers that a run records: 64 MB. */
export const mostRecorded = 2 ** 24;

/** What of a recording there is not, or is too much to be kept in memory. */
export function recordConflicts(rule: Rule, config: RunConfig): string[] {
  const { record, samples, evaluateAt } = config;
  if (rule.time === undefined || record === undefined) return [];
  const { signals = [], cells, weights = [] } = record;
  if (signals.length === 0 && weights.length === 0) return ['record: has neither signals nor weights'];
  const { inputs, teacher } = streamOfRun(config, rule, true);
  const { signals: sizes, weights: synapses } = recordableOf({
    rule,
    inputs,
    labels: teacher,
    ...learningOptions(config),
  });
  const beyond = spansOf(config).find(([, until]) => until > samples);
  const problems = [
    ...unknown('signals', signals, [...sizes.keys()]),
    ...unknown('weights', weights, [...synapses.keys()]),
    ...(beyond === undefined ? [] : [`record.spans: must end by ${samples} (samples), not ${beyond[1]}`]),
    ...signals.flatMap((name) => {
      const size = sizes.get(name);
      return size === undefined || cells === undefined || cells.some((cell) => cell < size)
        ? []
        : [`record.cells: ${name} has ${size} cells, from 0 on, and none of these`];
    }),
  ];
  if (problems.length > 0) return problems;
  const recorded = signals.reduce((sum, name) => sum + recordedCells(sizes.get(name)!, cells).length, 0);
  const kept = weights.reduce((sum, name) => sum + synapses.get(name)!, 0);
  return [
    ...tooMuch('record.signals', recorded, 'cells', recordedSteps(config), 'steps'),
    ...tooMuch('record.weights', kept, 'synapses', evaluateAt.length + 1, 'evaluations'),
  ];
}

function tooMuch(setting: string, each: number, what: string, times: number, when: string): string[] {
  const all = each * times;
  if (all <= mostRecorded) return [];
  const words = [each, times, all, mostRecorded].map((number) => number.toLocaleString('en'));
  const less = what === 'cells' ? 'record.spans, record.every and record.cells make it less' : 'evaluate less often';
  return [
    `${setting}: ${words[0]} ${what} in ${words[1]} ${when} are ${words[2]} numbers, more than ${words[3]}: ${less}`,
  ];
}

function unknown(what: string, names: readonly string[], known: readonly string[]): string[] {
  const wrong = names.filter((name) => !known.includes(name));
  const twice = names.filter((name, i) => names.indexOf(name) < i);
  return [
    ...wrong.map((name) => {
      const hint = suggestion(name, known) || `; there are ${known.join(', ')}`;
      return `record.${what}: there is no "${name}"${hint}`;
    }),
    ...twice.map((name) => `record.${what}: ${name} is given twice`),
  ];
}

/** Which cells of a signal are recorded: those of the list that it has, or all. */
export function recordedCells(size: number, cells?: readonly number[]): number[] {
  return cells ? cells.filter((cell) => cell < size) : Array.from({ length: size }, (_, cell) => cell);
}
