import {
  auditCircuit,
  describeCircuit,
  expectationOf,
  layOut,
  needsOf,
  parameterValues,
  predictsLabels,
  type Rule,
  rateNames,
  type Start,
  weightName,
} from '@apical/core';
import { startWords } from '@apical/experiments';
import { formatTable } from './format.ts';

/** What a set of synapses of a rule is. */
export interface RuleSynapses {
  /** The name of their weights. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The name whose rate they learn at unless they have one of their own; undefined where they never learn. */
  readonly rate?: string;
  /** How they start, in the words of `--initial`; undefined where that depends on the numbers of units. */
  readonly start?: string;
}

/** All that is told of a rule, as plain data. */
export function ruleDocument(rule: Rule) {
  const { name, title, year, source, shape, parameters } = rule;
  const synapses = synapsesOf(rule);
  return {
    name,
    title,
    year,
    source,
    needs: needsOfRule(rule),
    shape,
    parameters,
    rates: rateNames(layOut(rule, { hidden: layersShown(rule) }).circuit.allSynapses),
    synapses,
  };
}

/** What the rule needs, with as many layers as are shown of it. */
export function needsOfRule(rule: Rule): readonly string[] {
  return needsOf(auditCircuit(describeCircuit(rule, { hidden: layersShown(rule) })));
}

/** A line a rule. */
export function formatRules(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const { name, title, year, needs } = ruleDocument(rule);
    return [name, title, String(year), needsWords(needs)];
  });
  return formatTable([['rule', 'title', 'year', 'needs'], ...rows]);
}

/** One rule: where it is published, what networks it has, its parameters, and its synapses. */
export function formatRule(rule: Rule): string {
  const { title, year, source, needs, shape, parameters, rates, synapses } = ruleDocument(rule);
  const facts = formatTable([
    ['rule', rule.name],
    ['title', title],
    ['year', String(year)],
    ['source', source],
    ['needs', needsWords(needs)],
    ...networkFacts(rule),
    ['biases', shape.biases ? 'yes; with one hidden layer and linear outputs only if --biases asks for them' : 'no'],
    ['rates', rates.join(', ')],
    ...usualRatesOf(rule),
  ]);
  const own = Object.entries(parameters).map(([name, parameter]) => {
    return [name, expectationOf(parameter), String(parameter.default), parameter.says];
  });
  const laid = synapses.map(({ name, from, to, rate, start }) => [
    name,
    `${from} to ${to}`,
    rate === undefined ? 'never' : rate === name ? `at the rate ${name}` : `at the rate of ${rate}`,
    start ?? 'by the numbers of units',
  ]);
  return [
    facts,
    ...(own.length === 0 ? [] : [formatTable([['parameter', 'can be', 'default', 'what it is'], ...own])]),
    formatTable([
      [`synapses of ${layersShown(rule).length === 1 ? 'its network' : 'two hidden layers'}`, '', 'learn', 'start'],
      ...laid,
    ]),
  ].join('\n\n');
}

/** What networks the rule can have, by the names of settings; what all rules have is not said. */
export function networkFacts(rule: Rule): [name: string, values: string][] {
  const { shape } = rule;
  const { depth, activations, outputs, losses, runningMean, labels } = shape;
  if (rule.time !== undefined) return timeFacts(rule);
  return [
    ['hidden layers', depth === 'one' ? 'one' : 'any number'],
    ...(activations ? [['activations', activations.join(', ')] as [string, string]] : []),
    ...(runningMean === false ? [['running mean', 'not subtracted'] as [string, string]] : []),
    ...(predictsLabels(shape)
      ? [['outputs', outputs.join(', ')] as [string, string]]
      : [['labels', labels === 'none' ? 'none' : 'a second view, not predicted'] as [string, string]]),
    ...(losses ? [['losses', losses.join(', ')] as [string, string]] : []),
  ];
}

/** What a sample is to a rule in time, and a label. */
function timeFacts({ time, parameters }: Rule): [name: string, values: string][] {
  const channels = time!.teacher(parameterValues('', parameters));
  return [
    ['samples', `steps of time, of dt ${time!.unit}`],
    ['teacher', channels.length === 0 ? 'none' : `${channels.join(', ')} of each cell, for a step`],
  ];
}

/** The rates that the rule starts from where nothing is said, if it has such. */
export function usualRatesOf({ usualRates }: Rule): [name: string, values: string][] {
  if (!usualRates) return [];
  const each = Object.entries(usualRates).map(([name, rate]) => `${name} ${rate}`);
  return [['usual rates', each.join(', ')]];
}

function needsWords(needs: readonly string[]): string {
  return needs.join(', ') || 'nothing that synapses do not have';
}

/** One layer where it has one; where it can have more, two show how names go on. */
function layersShown({ shape }: Rule, units = 8): number[] {
  return shape.depth === 'one' ? [units] : [units, units];
}

function synapsesOf(rule: Rule): RuleSynapses[] {
  const laid = [8, 16].map((units) => {
    const settings = { hidden: layersShown(rule, units), biases: rule.shape.biases };
    return layOut(rule, settings, { inputs: 4 * units, labels: units / 2 }).circuit.allSynapses;
  });
  const [ours = [], others = []] = laid;
  return ours.map(({ name, pre, post, plastic, initial, options }, i) => ({
    name: weightName(name),
    from: pre.name,
    to: post.name,
    ...(plastic && { rate: options.rateOf ?? weightName(name) }),
    ...startOf(initial, others[i]?.initial),
  }));
}

function startOf(initial: Start, ofOtherSizes: Start | undefined): { start?: string } {
  const [start, other] = [wordsOf(initial), ofOtherSizes && wordsOf(ofOtherSizes)];
  return start === other ? { start } : {};
}

function wordsOf(start: Start): string {
  if ('channel' in start) return `each cell its own of channel ${start.channel + 1}`;
  return 'of' in start ? `${Number(start.times.toPrecision(3))} × ${start.of}` : startWords(start);
}
