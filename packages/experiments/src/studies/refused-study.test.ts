import { InputError } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStudy } from './parse-study.ts';

/** Ten thousand numbers in three lines. */
const aliasesOfAliases = `x: &x [${Array(100).fill(0)}]\ny: &y [${Array(100).fill('*x')}]\nz: [*y]\n`;
const minimal = 'name: small\naxes:\n  hidden: [1, 2]\n';

function messageOf(text: string): string {
  try {
    parseStudy(text, 's.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
}

const search = 'search: { method: tpe, trials: 5 }\n';

test.each([
  ['name: a\naxis:\n  hidden: [1]\n', 's.yaml:2:1: axis: there is no such setting (did you mean "axes"?)'],
  ['name: a\naxes:\n  hiden: [1, 2]\n', 's.yaml:3:3: axes.hiden: there is no such setting (did you mean "hidden"?)'],
  [
    'name: a\naxes:\n  rates.W1.eta: [1]\n',
    's.yaml:3:3: axes.rates.W1.eta: there is no such setting (did you mean "eta0"?)',
  ],
  [
    'name: a\naxes:\n  hidden: [1, 0]\n',
    's.yaml:3:3: axes.hidden: must be a whole number from 1, or a list of them, one a layer, not 0',
  ],
  [
    'name: a\naxes:\n  hidden: { log: [1], points: 2 }\n',
    's.yaml:3:13: axes.hidden.log: must be a list with at least 2 in it',
  ],
  [
    'name: a\naxes:\n  hidden: { logg: [1, 2] }\n',
    's.yaml:3:13: axes.hidden.logg: there is no such setting (did you mean "log"?)',
  ],
  ['name: a\naxes:\n  hidden: { range: [4, 1] }\n', 's.yaml:3:3: axes.hidden: must go up: 4 is not below 1'],
  ['name: a\naxes:\n  ridge: { log: [0, 1] }\n', 's.yaml:3:3: axes.ridge: must be above zero on a logarithmic scale'],
  [
    'name: a\naxes:\n  ridge: { range: [0, 1] }\n',
    's.yaml:3:3: axes.ridge: is an interval without step or points, and a grid needs one',
  ],
  ['name: a\naxes:\n  ridge: [1, 1]\n', 's.yaml:3:3: axes.ridge: has a value twice'],
  ['name: a\naxes:\n  hidden: 3\n', 's.yaml:3:3: axes.hidden: must be a list or an object'],
  ['name: a\nname: b\naxes: {}\n', 's.yaml:2:1: Map keys must be unique'],
  ['name: a\naxes: [\n', 's.yaml:3:1: '],
  [
    `name: a\nbase: { hiden: 2 }\naxes:\n  ridge: [0, 1]\n`,
    's.yaml:2:9: base.hiden: there is no such setting (did you mean "hidden"?)',
  ],
  [
    `name: a\nbase:\n  rule: bmrv\naxes:\n  ridge: [0, 1]\n`,
    's.yaml:3:3: base.rule: unknown learning rule "bmrv" (did you mean "bmvr"?)',
  ],
  [
    'name: a\nbase:\n  data: { set: mnits }\naxes:\n  ridge: [0, 1]\n',
    's.yaml:3:11: base.data.set: unknown data set "mnits" (did you mean "mnist"?)',
  ],
  ['name: a\naxes:\n  rule: [bmvr, bakprop]\n', 's.yaml:3:3: axes.rule: unknown learning rule "bakprop"'],
  [`${minimal}where: hiden>1\n`, 's.yaml:4:1: where: condition "hiden>1": column 1: there is no setting "hiden"'],
  [
    `${minimal}search: { method: gird }\n`,
    's.yaml:4:11: search.method: must be grid, random, sobol, tpe or asha, not "gird" (did you mean "grid"?)',
  ],
  [
    `${minimal}search: { trials: 3 }\n`,
    's.yaml:4:1: search.method: is missing; it must be grid, random, sobol, tpe or asha',
  ],
  [`${minimal}search: { method: tpe, trials: 0 }\n`, 's.yaml:4:24: search.trials: must be at least 1, not 0'],
  [`${minimal}objective: { goal: mix }\n`, 's.yaml:4:14: objective.goal: must be min or max, not "mix" (did you mean'],
  [`${minimal}seeds: *some\n`, 's.yaml:4:8: *some: there is no &some before it'],
  [`${minimal}base: &base { samples: *base }\n`, 's.yaml:4:24: *base would contain itself'],
  [`${aliasesOfAliases}${minimal}`, 's.yaml:1:1: Excessive alias count'],
  [`${minimal}seeds: x\n`, 's.yaml:4:1: seeds: must be a number or a list'],
  [`${minimal}seeds: 1000000000000\n`, 's.yaml:4:1: seeds: must be at most 1,000,000'],
  [`${minimal}seeds: 600000\n`, 's.yaml:4:1: seeds: 600,000 seeds of 2 settings are 1,200,000 runs'],
  [`${minimal}where: hidden>2\n`, 's.yaml:4:1: where: holds for no combination of the values of the axes'],
  [
    `${minimal}where: hidden>2\nsearch: { method: random, trials: 3 }\n`,
    's.yaml:4:1: where: the condition "where" holds for none of 10,000 points',
  ],
  [`${minimal}search: { method: tpe }\n`, 's.yaml:4:1: search.trials: is missing; it must be a number'],
  [
    `${minimal}marked:\n  - { name: x, settings: { hiddn: 1 } }\n`,
    's.yaml:5:28: marked.0.settings.hiddn: there is no such axis',
  ],
  [
    'name: a\naxes:\n  ηq: { sets: [rates.Q.eta0], values: [1] }\nmarked:\n  - { name: x, settings: { rates.Q.eta0: 1 } }\n',
    's.yaml:5:28: marked.0.settings.rates.Q.eta0: there is no such axis: the axis "ηq" sets it',
  ],
  [
    `${minimal}objective: { metric: objectiv, goal: min }\n`,
    's.yaml:4:14: objective.metric: the runs do not record "objectiv" (did you mean "objective"?); they record objective;',
  ],
  [`${minimal}objective: { metric: samples }\n`, 's.yaml:4:14: objective.metric: the runs do not record "samples"'],
  [
    `${minimal}base: { accuracy: { train: { split: test } } }\nobjective: { metric: accuracy.test, goal: max }\n`,
    's.yaml:5:14: objective.metric: the runs do not record "accuracy.test" (did you mean "accuracy.train"?); they record objective, accuracy.train;',
  ],
  [
    `${minimal}base: { probes: [constraint] }\nobjective: { metric: probes.saturation.multiplier }\n`,
    's.yaml:5:14: objective.metric: the runs do not record "probes.saturation.multiplier"',
  ],
  [
    'name: a\naxes:\n  rates.w.eta0: [1]\nbase: { rule: dendritic-prediction, data: { set: "stream:poisson" } }\nobjective: { metric: probes.rms.teachr }\n',
    's.yaml:5:14: objective.metric: the runs do not record "probes.rms.teachr" (did you mean "probes.rms.teacher"?); they record objective, probes.rms.teacher,',
  ],
  [
    'name: a\naxes:\n  rates.W.eta0: [1]\nbase: { rule: reverse-stdp, data: { set: "stream:bouts" } }\nobjective: { metric: objective }\n',
    's.yaml:5:14: objective.metric: the runs do not record "objective"; they record probes.weights.W.mean,',
  ],
  [`${minimal}seeds: [1, 1]\n`, 's.yaml:4:1: seeds: has a seed twice'],
  [`${minimal}objective: { at: 1000000 }\n${search}`, 's.yaml:4:14: objective.at: must be at most 100000'],
  [
    `${minimal}search: { method: asha, trials: 9, minSamples: 100000 }\n`,
    's.yaml:4:36: search.minSamples: must be below',
  ],
])('%j is refused with line and column', (text, message) => {
  const [first] = messageOf(text).split('\n');
  expect(first?.slice(0, message.length)).toBe(message);
});

test.each([
  ['base: { accuracy: { test: { split: train } } }', 'accuracy.test'],
  ['base: { probes: [constraint] }', 'probes.constraint.largest'],
  // Only runs of one of the rules have it.
  ['base: { probes: [objectives], rule: backprop }\naxes: { rule: [backprop, bmvr] }', 'probes.objectives.bound'],
])('with %s, %s is recorded', (settings, metric) => {
  const axes = settings.includes('axes') ? '' : 'axes: { hidden: [1, 2] }\n';
  const text = `name: a\n${settings}\n${axes}objective: { metric: ${metric} }\n`;
  expect(messageOf(text)).toBe('accepted');
});

test('a study of 10^9 combinations is refused before they are made', () => {
  const axes = Array.from({ length: 9 }, (_, i) => `  a${i}: { sets: [ridge], range: [0, 9], step: 1 }\n`).join('');
  expect(messageOf(`name: a\naxes:\n${axes}search: { method: grid }\n`)).toBe(
    's.yaml:12:1: search: asks for 1,000,000,000 runs, and at most 1,000,000 are done; search by random, sobol or tpe',
  );
});

test('whatever the text is, it is a study or an InputError', () => {
  const lines = fc.constantFrom(
    'name: a',
    'axes:',
    '  hidden: [1]',
    '  ridge: {',
    'seeds: x',
    '- 1',
    '? a',
    'base: 3',
    '%',
    'where: =',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(lines).map((some) => some.join('\n')),
      ),
      (text) => {
        expect(messageOf(text)).toMatch(/^(accepted|s\.yaml:\d+:\d+: )/);
      },
    ),
  );
});

test.each([
  ['hidden: [[]]', 'axes.hidden'],
  ['batch: [0]', 'axes.batch: must be a whole number from 1, not 0'],
  ['parameters.amplitude: [1]', 'parameters.amplitude: bmvr has no such parameter'],
  ['optimiser.kind: [sgd]', 'axes.optimiser.kind: must be one of plain, momentum, rmsprop, adam, not "sgd"'],
  ['rates.V.eta0: [1]', 'rates.V: there is no such setting; there are W1, W2, Q, W'],
  ['rule: [./not-loaded.ts]', 'unknown learning rule "./not-loaded.ts"'],
])('an axis %s is refused with its place', (axis, message) => {
  expect(() => parseStudy(`name: a\naxes:\n  ${axis}\n`, 's.yaml')).toThrow(message);
  expect(() => parseStudy(`name: a\naxes:\n  ${axis}\n`, 's.yaml')).toThrow(/^s\.yaml:[23]:/);
});

test.each([
  ['axes: { seed: [1, 2, 3] }', 'axes.seed: every setting is done with each of the seeds: say seeds: [1, 2, 3]'],
  ['axes: { s: { sets: [hidden, seed], values: [1, 2] } }', 'axes.s: every setting is done with each of the seeds'],
  ['base: { seed: 3 }\naxes: { hidden: [1] }', 'base.seed: every setting is done with each of the seeds'],
  ['axes: { evaluateAt: [10] }', 'axes.evaluateAt: all runs are evaluated at the same samples'],
  [
    'axes: { samples: [100, 200] }\nsearch: { method: asha, trials: 3, minSamples: 10 }',
    'axes.samples: asha decides how many samples a run learns',
  ],
])('what a study decides elsewhere is no axis: %s', (text, message) => {
  expect(() => parseStudy(`name: a\n${text}\n`, 's.yaml')).toThrow(message);
});

test.each([
  ['objects in lines', `name: a\nbase: ${'{a: '.repeat(100_000)}1${'}'.repeat(100_000)}\n`, '2:2003'],
  ['lists, cut short', '['.repeat(100_000), '1:501'],
  ['lists by dashes', `axes:\n${'- '.repeat(100_000)}1\n`, '2:999'],
  ['keys', `${'? '.repeat(100_000)}1\n`, '1:1001'],
  ['objects by indentation', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), '501:501'],
])('what lies too deep is refused in words, with its place: %s', (_, text, place) => {
  expect(messageOf(text)).toBe(`s.yaml:${place}: values lie more than 500 deep in each other`);
});

test('what lies too deep by aliases is refused in words', () => {
  const deep = (value: string) => `${'['.repeat(300)}${value}${']'.repeat(300)}`;
  const text = `x: &x ${deep('1')}\ny: ${deep('*x')}\n${minimal}`;
  expect(messageOf(text)).toBe('s.yaml:1:1: with aliases, values lie more than 500 deep in each other');
});

test('of two merges in one object none is chosen', () => {
  const ofTwo = 'a: &a { x: 1 }\nb: &b { x: 2 }\nbase:\n';
  const refused = '<< is given twice; write <<: [*a, *b]';
  expect(messageOf(`${ofTwo}  <<: *a\n  <<: *b\n${minimal}`)).toBe(`s.yaml:5:3: ${refused}`);
  expect(messageOf(`${ofTwo}  data: { <<: *a, set: mnist, <<: *b }\n${minimal}`)).toBe(`s.yaml:4:31: ${refused}`);
  for (const once of ['<<: [*a, *b]', 'data: { <<: *a }\n  rates: { <<: *b }']) {
    expect(messageOf(`${ofTwo}  ${once}\n${minimal}`)).not.toContain(refused);
  }
});

test('an axis that one rule has and another has not is told with the rule, and how to say it', () => {
  const text = 'name: a\naxes:\n  rule: [bmvr, backprop]\n  rates.Q.eta0: [0.01, 0.02]\n';
  const words =
    's.yaml:4:3: axes.rates.Q.eta0: with rule backprop there is no rates.Q.eta0; say which it is for: when: rule!=backprop';
  expect(() => parseStudy(text, 's.yaml')).toThrow(words);
});

test.each([
  ['rule: [backprop, bio-cca]', 'hidden: 2', 'rule bio-cca'],
  ['output: [linear, softmax]', 'rule: backprop, accuracy: { test: { split: test } }', 'output softmax'],
  [
    'loss: [squared, cross-entropy]',
    'rule: backprop, output: softmax, data: { labels: one-hot }, accuracy: { test: { split: test } }',
    'loss cross-entropy',
  ],
  [
    'data.labels: [one-hot-centred, one-hot]',
    'rule: backprop, accuracy: { test: { split: test } }',
    'data.labels one-hot',
  ],
  ['output: [linear, sigmoid]', 'rule: backprop, loss: squared, accuracy: { test: { split: test } }', 'output sigmoid'],
])('runs are not ranked by objectives of different kinds: %s', (axis, base, where) => {
  const text = `name: a\nbase: { ${base} }\naxes: { ${axis} }\n`;
  expect(messageOf(text)).toContain(`objective.metric: with ${where} objective is of another kind, `);
  expect(messageOf(`${text}objective: { metric: accuracy.test }\n`)).not.toContain('of another kind');
});

test('a loss that is said is one with the same that follows from outputs', () => {
  const base = 'base: { rule: backprop, loss: squared, data: { labels: one-hot } }';
  expect(messageOf(`name: a\n${base}\naxes: { output: [linear, sigmoid] }\n`)).toBe('accepted');
});

test('runs are not ranked by objectives of targets on different scales', () => {
  const text = `name: a
base: { rule: backprop, data: { set: 'synthetic:correlated-views', labels: numbers } }
axes: { data.labelInputs: [raw, standardised] }
`;
  expect(messageOf(text)).toContain('with data.labelInputs standardised objective is of another kind, ');
});
