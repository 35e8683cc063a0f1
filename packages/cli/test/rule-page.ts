import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ActivationFunction,
  activationsOf,
  auditCircuit,
  type CircuitOptions,
  describeCircuit,
  expectationOf,
  predictsLabels,
  type Rule,
} from '@apical/core';
import { needsOfRule, networkFacts, usualRatesOf } from '../src/rule-text.ts';

const [start, end] = ['<!-- generated: npm run docs:update writes this part -->', '<!-- end of what is generated -->'];

/** What a page of docs/rules is to be: its own prose, and the part that comes from the rule's code. */
export function rulePage(rule: Rule, page: string | undefined): string {
  return withGenerated(page ?? `# ${rule.title}\n\n${start}\n${end}\n`, rulePart(rule));
}

/** The same for the page that lists all rules. */
export function indexPage(rules: readonly Rule[], page: string | undefined): string {
  return withGenerated(page ?? `# Learning rules\n\n${start}\n${end}\n`, indexPart(rules));
}

/** @throws where the page has no place for what is generated */
function withGenerated(page: string, part: string): string {
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has no place for what is generated: ${start} … ${end}`);
  return `${page.slice(0, from)}${start}\n\n${part}\n\n${page.slice(to)}`;
}

/** A circuit that is shown on the page, as the command and the library have it. */
interface Shown {
  readonly heading: string;
  readonly file: string;
  readonly words: string;
  readonly options: CircuitOptions;
}

/** One hidden layer, three where it can have them, and what other choices of its parameters have circuits of their own. */
function shownCircuits(rule: Rule): readonly Shown[] {
  const { name, shape, parameters } = rule;
  const equations = (own: CircuitOptions['parameters'] = {}) => equationsOf(rule, { parameters: own }).join();
  const choices = Object.entries(parameters)
    .flatMap(([key, parameter]) => ('choices' in parameter ? parameter.choices.map((choice) => ({ key, choice })) : []))
    .filter(({ key, choice }) => equations({ [key]: choice }) !== equations());
  const output = shape.outputs.at(-1)!;
  const deep = { hidden: [8, 8, 8], activation: bentOf(rule), output } as const;
  return [
    { heading: 'One hidden layer', file: `${name}.svg`, words: '', options: {} },
    ...(shape.depth === 'any'
      ? [
          {
            heading: 'Three hidden layers',
            file: `${name}-3-layers.svg`,
            words: ` --hidden ${deep.hidden} --activation ${deep.activation} --output ${deep.output}`,
            options: deep,
          },
        ]
      : []),
    ...choices.map(({ key, choice }) => ({
      heading: `${key}: ${choice}`,
      file: `${name}-${choice}.svg`,
      words: ` --parameter ${key}=${choice}`,
      options: { parameters: { [key]: choice } },
    })),
  ];
}

/** An activation that is not linear: tanh where the rule can have it. */
function bentOf({ shape }: Rule): ActivationFunction {
  const activations = activationsOf(shape);
  return activations.find((name) => name === 'tanh') ?? activations.find((name) => name !== 'linear') ?? 'linear';
}

/** Of units that are not linear, so that f shows: definitions, then updates. */
function equationsOf(rule: Rule, options: CircuitOptions): readonly string[] {
  const { definitions, synapses } = auditCircuit(describeCircuit(rule, { activation: bentOf(rule), ...options }));
  return [...definitions, ...synapses.map(({ update }) => update)];
}

function rulePart(rule: Rule): string {
  const { name, source, parameters } = rule;
  const code = `packages/core/src/rules/${name}.ts`;
  const facts = [
    ['published', source],
    ['needs', needsOfRule(rule).join(', ') || 'nothing that synapses do not have'],
    ...networkFacts(rule),
    ...usualRatesOf(rule),
    ...(existsSync(fileURLToPath(new URL(`../../../${code}`, import.meta.url)))
      ? [['code', `[${name}.ts](../../${code})`]]
      : []),
  ];
  const own = Object.entries(parameters).map(([key, parameter]) => [
    `\`${key}\``,
    expectationOf(parameter),
    String(parameter.default),
    parameter.says,
  ]);
  const settings =
    own.length === 0 ? [] : ['## Parameters', table(['parameter', 'values', 'default', 'what it is'], own)];
  const circuits = shownCircuits(rule).flatMap((shown) => showCircuit(rule, shown));
  return [table(['', ''], facts), ...settings, ...circuits].join('\n\n');
}

function showCircuit(rule: Rule, { heading, file, words, options }: Shown): readonly string[] {
  const description = describeCircuit(rule, options);
  // What is shown where nothing is said: linear units, and for the equations others, so that f shows.
  const isLinear =
    rule.time === undefined && options.activation === undefined && activationsOf(rule.shape)[0] === 'linear';
  const ways = description.pathways
    .filter(({ bias }) => !bias)
    .map(({ weights, from, to }) => `${weights} ${from} to ${to}`);
  return [
    `## ${heading}`,
    `![${rule.title}: ${[...new Set(ways)].join(', ')}](${file})`,
    `\`npx apical circuit ${rule.name}${words} --out ${file}\``,
    ...(isLinear ? ['The equations with nonlinear units:'] : []),
    `\`\`\`text\n${equationsOf(rule, options).join('\n')}\n\`\`\``,
    ...(isLinear ? ['The audit with linear ones:'] : []),
    `<!-- output of: apical circuit ${rule.name}${words} --audit -->\n\n<!-- end -->`,
  ];
}

/** Those that predict labels, those that do not, and those in time. */
function indexPart(rules: readonly Rule[]): string {
  const [steady, inTime] = [true, false].map((is) => rules.filter(({ time }) => (time === undefined) === is));
  const [predicting, others] = [true, false].map((is) => steady!.filter(({ shape }) => predictsLabels(shape) === is));
  const words =
    'These predict no labels: they learn what inputs, or two views, are made of. Runs measure their own objectives.';
  const timeWords = 'These live [in time](../in-time.md): their samples are steps of time.';
  return [indexTable(predicting!), words, indexTable(others!), timeWords, indexTable(inTime!)].join('\n\n');
}

function indexTable(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const needs = needsOfRule(rule);
    const layers = rule.shape.depth === 'one' ? 'one' : 'any';
    return [`[${rule.title}](${rule.name}.md)`, String(rule.year), `\`${rule.name}\``, layers, needs.join(', ') || '–'];
  });
  return table(['rule', 'year', 'name', 'hidden layers', 'needs'], rows);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
