import { InputError } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { parseCondition } from '../query/condition.ts';
import { parseStudy } from './parse-study.ts';
import { studyJsonSchema } from './schema.ts';
import { grid } from './search/grid.ts';
import { trialConfig } from './trial-config.ts';

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

const valuesOf = (axis: string) => {
  const { scale } = parseStudy(`name: a\naxes:\n  rates.W1.eta0: ${axis}\n`, 's.yaml').axes[0]!;
  return scale.kind === 'values' ? scale.values : scale;
};

test('what a file leaves out has its default', () => {
  expect(parseStudy(minimal, 's.yaml')).toMatchObject({
    seeds: [1],
    objective: { metric: 'objective', at: 'last', goal: 'min' },
    search: { method: 'grid' },
    marked: [],
    keepWeights: false,
  });
  expect(parseStudy(`${minimal}seeds: 3\n`, 's.yaml').seeds).toEqual([1, 2, 3]);
});

test('axes are lists, ranges and logarithmic grids', () => {
  expect(valuesOf('[0.1, 0.2]')).toEqual([0.1, 0.2]);
  expect(valuesOf('{ range: [1, 2], step: 0.25 }')).toEqual([1, 1.25, 1.5, 1.75, 2]);
  expect(valuesOf('{ range: [1, 2], points: 3 }')).toEqual([1, 1.5, 2]);
  expect(valuesOf('{ log: [1e-4, 1], perDecade: 1 }')).toEqual([1e-4, 1e-3, 1e-2, 1e-1, 1]);
  const paper = valuesOf('{ log: [1e-4, 1], perDecade: 3 }') as number[];
  expect(paper).toHaveLength(13);
  for (let i = 3; i < 13; i++) expect(paper[i]! / paper[i - 3]!).toBeCloseTo(10, 4);
  const twelve = valuesOf('{ log: [1e-4, 1], points: 12 }') as number[];
  expect([twelve.length, twelve[0], twelve.at(-1)]).toEqual([12, 1e-4, 1]);
});

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

test("a trial's config is Figure 3's, then the base's, then its own", () => {
  const study = parseStudy(
    `name: a
base:
  samples: 500
  rates: { W1: { eta0: 0.5 }, Q: { eta0: 0.25 } }
  initial: { Q: { normal: 1 } }
axes:
  rule: [bmvr, backprop]
  η: { sets: [rates.W1.eta0, rates.W2.eta0], values: [0.1, 0.2] }
objective: { at: 100 }
`,
    's.yaml',
  );
  const bmvr = trialConfig(study, { settings: { rule: 'bmvr', η: 0.2 } }, 7);
  expect(bmvr).toMatchObject({ seed: 7, samples: 500, initial: { Q: { normal: 1 } } });
  expect(bmvr.rates).toEqual({ W1: { eta0: 0.2 }, W2: { eta0: 0.2, t0: 1000 }, Q: { eta0: 0.25 } });
  expect(bmvr.evaluateAt).toContain(100);
  expect(bmvr.evaluateAt.at(-1)).toBe(500);
  const backprop = trialConfig(study, { settings: { rule: 'backprop' } }, 1);
  expect(backprop.rates).toEqual({ W1: { eta0: 0.5 }, W2: { eta0: 0.02, t0: 1000 } });
  const rung = trialConfig(study, { settings: { rule: 'bmvr', η: 0.2 }, samples: 50 }, 1);
  expect([rung.samples, rung.evaluateAt.at(-1)]).toEqual([50, 50]);
});

test('the JSON Schema is one for editors', () => {
  expect(studyJsonSchema()).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    required: ['name', 'axes'],
  });
});

/** The configs that a study has at all combinations of its axes. */
function configsOf(text: string): RunConfig[] {
  const study = parseStudy(text, 's.yaml');
  return grid(study.axes).map((trial) => trialConfig(study, trial, 1));
}

test('axes are any settings, lists of layers included; what a rule has not is for others', () => {
  const configs = configsOf(`name: a
base: { rates: { W: { eta0: 0.02 } }, initial: { B: { normal: 2 } }, parameters: { amplitude: 0.2 }, activation: tanh }
axes:
  rule: [weight-mirror, backprop]
  hidden: [8, [8, 4]]
  optimiser.kind: [momentum, adam]
  batch: [1, 64]
  amplitude: { sets: [parameters.amplitude], values: [0.1, 0.3], when: rule=weight-mirror }
`);
  expect(configs).toHaveLength(24);
  expect(new Set(configs.map(({ hidden }) => JSON.stringify(hidden)))).toEqual(new Set(['8', '[8,4]']));
  const mirrors = configs.filter(({ rule }) => rule === 'weight-mirror');
  expect(new Set(mirrors.map(({ parameters }) => parameters?.amplitude))).toEqual(new Set([0.1, 0.3]));
  for (const { initial, rates, parameters, rule, optimiser, batch, samples } of configs) {
    const isMirror = rule === 'weight-mirror';
    expect(initial.B).toEqual(isMirror ? { normal: 2 } : undefined);
    expect(parameters === undefined).toBe(!isMirror);
    expect(rates.W).toEqual({ eta0: 0.02 });
    expect(Object.keys(rates)).toEqual(isMirror ? ['W', 'B'] : ['W']);
    expect(optimiser?.kind).toMatch(/momentum|adam/);
    expect([batch, samples]).toEqual([batch, 100_000]);
  }
});

test('a rate of a group that an axis sets is for all that the group has', () => {
  for (const { rates } of configsOf('name: a\nbase: { rule: backprop }\naxes: { rates.W.eta0: [0.1, 0.2] }\n')) {
    expect(Object.keys(rates)).toEqual(['W']);
  }
});

test('where a search says how many samples, the last batch is learned whole', () => {
  const study = parseStudy(
    'name: a\nbase: { batch: 64, data: { first: 100 }, samples: 1000 }\naxes: { hidden: [1] }\nsearch: { method: asha, trials: 3, minSamples: 110 }\n',
    's.yaml',
  );
  const { samples, evaluateAt } = trialConfig(study, { settings: {}, samples: 110 }, 1);
  expect(samples).toBe(164);
  expect(evaluateAt).toEqual([64, 100, 164]);
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

test('objects in objects beyond what the stack holds are refused in words', () => {
  const deep = `${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}`;
  expect(() => parseStudy(`name: a\nbase: ${deep}\naxes: { hidden: [1] }\n`, 's.yaml')).toThrow(InputError);
});

test('merge keys of YAML are followed', () => {
  const text =
    'name: a\nbase:\n  rule: backprop\n  rates:\n    W1: &r { eta0: 0.01, t0: 100 }\n    W2: { <<: *r, eta0: 0.02 }\naxes: { hidden: [1] }\n';
  expect(configsOf(text)[0]?.rates.W2).toEqual({ t0: 100, eta0: 0.02 });
});

test('an axis has null for a setting that is left out', () => {
  const text =
    'name: a\nbase: { rule: backprop, activation: tanh }\naxes: { rates.W1.t0: [null, 1000], meanRate: [0.1, null] }\n';
  const found = configsOf(text).map(({ rates, meanRate }) => [rates.W1, meanRate]);
  const eta0 = configsOf(text)[0]?.rates.W1?.eta0;
  expect(found).toContainEqual([{ eta0 }, 0.1]);
  expect(found).toContainEqual([{ eta0, t0: 1000 }, undefined]);
  const { axes } = parseStudy(text, 's.yaml');
  const { holds } = parseCondition('rates.W1.t0!=null');
  expect(grid(axes).filter(({ settings }) => holds(settings))).toHaveLength(2);
  for (const values of ['null, 2', '2, null']) {
    const left = `name: a\nbase: { rule: backprop }\naxes: { hidden: [${values}] }\n`;
    expect(() => parseStudy(left, 's.yaml')).toThrow('hidden: is missing');
  }
});

test('an axis that one rule has and another has not is told with the rule, and how to say it', () => {
  const text = 'name: a\naxes:\n  rule: [bmvr, backprop]\n  rates.Q.eta0: [0.01, 0.02]\n';
  const words =
    's.yaml:4:3: axes.rates.Q.eta0: with rule backprop there is no rates.Q.eta0; say which it is for: when: rule!=backprop';
  expect(() => parseStudy(text, 's.yaml')).toThrow(words);
});

test('of accuracies the largest is best, unless it is said', () => {
  const goalOf = (objective: string) =>
    parseStudy(
      `name: a\nbase: { accuracy: { test: { split: test } } }\naxes: { hidden: [1, 2] }\nobjective: ${objective}\n`,
      'a.yaml',
    ).objective.goal;
  expect(goalOf('{ metric: accuracy.test }')).toBe('max');
  expect(goalOf('{ metric: accuracy.test, goal: min }')).toBe('min');
  expect(goalOf('{ metric: objective }')).toBe('min');
});
