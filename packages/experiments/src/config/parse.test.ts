import {
  activationNames,
  activationsOf,
  allRuleNames,
  findRule,
  type Optimiser,
  optimiserNames,
  orderNames,
  outputNames,
  probeNames,
  rules,
} from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { configWith, messageOf } from '../../test/support/refused-config.ts';
import { defaultRunConfig } from './default-config.ts';
import { parseRunConfig } from './parse.ts';
import { noteRule } from './rule-of.ts';
import type { RunConfig } from './run-config.ts';

test('of a config that lacks most of its settings these are told in one line, its other mistakes below', () => {
  const lines = messageOf({ rule: 'bmvr', hidden: 2, seed: -1, smaples: 10 }).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^run\.json: data, ridge, .*samples, evaluateAt are missing: .*docs\/settings\.md/);
  expect(lines.slice(1).toSorted()).toEqual([
    'run.json: seed: must be a whole number from 0, not -1',
    'run.json: smaples: there is no such setting (did you mean "samples"?)',
  ]);
});

test('a valid config is returned as it is', () => {
  const config = defaultRunConfig('bmvr', 'mnist');
  expect(parseRunConfig(JSON.parse(JSON.stringify(config)), 'run.json')).toEqual(config);
});

test("a constant rate, no evaluation, and a run folder's own record are accepted", () => {
  expect(messageOf(configWith('rates.W1', { eta0: 0.01 }))).toBe('accepted');
  expect(messageOf(configWith('evaluateAt', []))).toBe('accepted');
  const recorded = { ...defaultRunConfig('bmvr', 'mnist'), recorded: { version: '0.1.0' } };
  expect(parseRunConfig(recorded, 'config.json')).toEqual(defaultRunConfig('bmvr', 'mnist'));
});

const starts =
  '{ "normal": standard deviation, zero or more }, { "uniform": bound, zero or more }, each with or without "fan": "in", "out" or "sum", { "orthogonal": factor }, { "identity": factor } or { "constant": number }';

test.each<[string, unknown, string]>([
  ['rule', 'bmrv', `rule: must be one of ${allRuleNames.join(', ')}, not "bmrv" (did you mean "bmvr"?)`],
  ['rule', 'similarity-matching', 'data.labels: must be none: similarity-matching learns from inputs alone'],
  [
    'data.set',
    'mnits',
    'data.set: must be one of mnist, fashion-mnist, cifar-10, cifar-100, kmnist, qmnist, emnist-letters, emnist-balanced, not "mnits" (did you mean "mnist"?)',
  ],
  ['data.split', 'validation', 'data.split: must be one of train, test, not "validation"'],
  ['data.inputs', 7, 'data.inputs: must be one of raw, unit, unit-length, standardised, columns, centred, not 7'],
  ['data.labels', null, 'data.labels: must be one of one-hot, one-hot-centred, numbers, none, not null'],
  ['data.labels', 'none', 'data.labels: must not be none: bmvr learns labels'],
  ['order', 'random', `order: must be one of ${orderNames.join(', ')}, not "random"`],
  ['hidden', 0, 'hidden: must be a whole number from 1, or a list of them, one a layer, not 0'],
  ['hidden', 2.5, 'hidden: must be a whole number from 1, or a list of them, one a layer, not 2.5'],
  ['hidden', '2', 'hidden: must be a whole number from 1, or a list of them, one a layer, not "2"'],
  ['hidden', undefined, 'hidden: is missing; it must be a whole number from 1, or a list of them, one a layer'],
  ['ridge', -0.1, 'ridge: must be a finite number, zero or more, not -0.1'],
  ['ridge', Number.POSITIVE_INFINITY, 'ridge: must be a finite number, zero or more, not Infinity'],
  ['samples', 0, 'samples: must be a whole number from 1, not 0'],
  ['seed', -1, 'seed: must be a whole number from 0, not -1'],
  ['seed', 2 ** 53, 'seed: must be a whole number from 0 to 9007199254740991 (2^53 − 1), not 9007199254740992'],
  ['rates.W1.eta0', -0.1, 'rates.W1.eta0: must be a positive finite number, not -0.1'],
  ['rates.W1.eta0', Number.NaN, 'rates.W1.eta0: must be a positive finite number, not NaN'],
  ['rates.Q.t0', 0, 'rates.Q.t0: must be a positive finite number, not 0'],
  ['rates.Q', undefined, 'rates.Q: is missing; it must be an object'],
  ['rates.Q', 0.1, 'rates.Q: must be an object, not 0.1'],
  ['rates.R', { eta0: 1 }, 'rates.R: there is no such setting; there are W1, W2, Q, W'],
  ['rates.W1.eta', 1, 'rates.W1.eta: there is no such setting (did you mean "eta0"?)'],
  ['initial.q', { identity: 1 }, 'initial.q: there is no such setting (did you mean "Q"?)'],
  ['initial.W1', { uniform: 1, normal: 1 }, `initial.W1: must be ${starts}, not {"uniform":1,"normal":1}`],
  ['initial.W1', { normal: -1 }, `initial.W1: must be ${starts}, not {"normal":-1}`],
  [
    'accuracy',
    [],
    'accuracy: must be an object of image parts by name, such as { "test": { "split": "train" } }, not []',
  ],
  ['accuracy.test', 'train', 'accuracy.test: must be an object, not "train"'],
  ['accuracy.test', { split: 'val' }, 'accuracy.test.split: must be one of train, test, not "val"'],
  ['accuracy.test', { split: 'test', from: -1 }, 'accuracy.test.from: must be a whole number from 0, not -1'],
  ['accuracy.test', { split: 'test', first: 0 }, 'accuracy.test.first: must be a whole number from 1, not 0'],
  [
    'accuracy.test',
    { split: 'test', frist: 5 },
    'accuracy.test.frist: there is no such setting (did you mean "first"?)',
  ],
  [
    'probes',
    ['satturation'],
    `probes.0: must be one of ${probeNames.join(', ')}, not "satturation" (did you mean "saturation"?)`,
  ],
  ['hiden', 4, 'hiden: there is no such setting (did you mean "hidden"?)'],
])('%s: %j is refused', (path, value, message) => {
  expect(messageOf(configWith(path, value))).toBe(`run.json: ${message}`);
});

test.each([[[2, 2]], [[5, 3]], [[0]], [[1.5]], ['all']])('evaluateAt: %j is refused', (evaluateAt) => {
  const start = 'run.json: evaluateAt: must be a list of ascending whole numbers from 1 (samples), not ';
  expect(messageOf(configWith('evaluateAt', evaluateAt))).toBe(start + JSON.stringify(evaluateAt));
});

test('evaluation points beyond the samples are refused', () => {
  expect(messageOf(configWith('evaluateAt', [100_001]))).toBe(
    'run.json: evaluateAt: must be a list of ascending whole numbers from 1 to 100000 (samples), not [100001]',
  );
});

test('synapses are those of the rule: backprop has no Q', () => {
  const config = { ...defaultRunConfig('bmvr', 'mnist'), rule: 'backprop' };
  expect(messageOf(config).split('\n')).toEqual([
    'run.json: rates.Q: there is no such setting; there are W1, W2, W',
    'run.json: initial.Q: there is no such setting; there are W1, W2, W',
  ]);
});

test('all problems are told, one a line', () => {
  const config = { ...defaultRunConfig('bmvr', 'mnist'), hidden: -1, seed: 'one', wiedth: 3, rule: 'sgd' };
  const lines = messageOf(config).split('\n');
  expect(lines).toHaveLength(4);
  for (const name of ['hidden', 'seed', 'wiedth', 'rule']) {
    expect(lines.filter((line) => line.startsWith(`run.json: ${name}: `))).toHaveLength(1);
  }
});

test.each([[null], [[]], ['text'], [undefined]])('%j is no config, which is all that is said', (value) => {
  expect(messageOf(value)).toMatch(/^run\.json: (must be|is missing; it must be) an object[^\n]*$/);
});

test('whatever JSON it is given, it returns a config or throws an InputError', () => {
  const config = JSON.parse(JSON.stringify(defaultRunConfig('bmvr', 'mnist')));
  const paths = [
    'rule',
    'data',
    'data.set',
    'rates',
    'rates.W1',
    'rates.W1.eta0',
    'initial.Q',
    'evaluateAt',
    '__proto__',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(config), ...paths), fc.jsonValue(), (path, value) => {
      expect(messageOf(configWith(path, value))).toMatch(/^(accepted|run\.json: .+)/);
    }),
  );
});

test('nonlinear and decoupled settings, and what is left out of them', () => {
  const { activation, decoupled, accuracy, probes, ...older } = defaultRunConfig('bmvr', 'mnist');
  expect(parseRunConfig(older, 'run.json')).toEqual({
    ...older,
    activation: 'linear',
    decoupled: false,
    accuracy: {},
    probes: [],
  });
  const { activation: usual, ...bounded } = defaultRunConfig('burstprop', 'mnist');
  expect(usual).toBe('sigmoid');
  expect(parseRunConfig(bounded, 'run.json')).toEqual({ ...bounded, activation: usual });
  const nonlinear = {
    ...older,
    ridge: 0,
    activation: 'relu',
    meanRate: 1e-4,
    decoupled: true,
    accuracy: { held: { split: 'train', first: 9 } },
    probes: ['constraint'],
  };
  const start = { ...older.initial, R: { normal: 1 } };
  expect(parseRunConfig({ ...nonlinear, initial: start }, 'run.json')).toEqual({ ...nonlinear, initial: start });
});

/** Settings that are right together, of rules and networks of all kinds. */
const configs: fc.Arbitrary<RunConfig> = fc
  .record({
    rule: fc.constantFrom(...rules),
    layers: fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 4 }),
    output: fc.constantFrom(undefined, ...outputNames),
    activation: fc.constantFrom(...activationNames),
    biases: fc.constantFrom(undefined, true, false),
    batch: fc.constantFrom(undefined, 1, 7, 128, 10_000),
    fused: fc.constantFrom(undefined, true, false),
    kind: fc.constantFrom(undefined, ...optimiserNames),
    first: fc.constantFrom(undefined, 10_000, 9_999),
    order: fc.constantFrom(...orderNames),
    seed: fc.nat(),
  })
  .map(({ rule, layers, activation, output, biases, batch = 1, fused, kind, first = 10_000, ...others }) => {
    const { shape } = rule;
    const activations = activationsOf(shape);
    const asked = {
      ...others,
      activation: activations.includes(activation) ? activation : activations[0]!,
      hidden: shape.depth === 'one' ? layers[0]! : layers,
      ...(output !== undefined && shape.outputs.includes(output) && { output }),
      ...(biases !== undefined && shape.biases && { biases }),
      batch: Math.min(batch, first),
      ...(fused !== undefined && { fused }),
      data: { first },
      ...(kind && { optimiser: { kind } as Optimiser }),
    };
    return defaultRunConfig(rule.name, 'mnist', asked);
  });

test('a config is what its JSON says, and stays what it is however often it is read; its order of names is one', () => {
  fc.assert(
    fc.property(configs, fc.func(fc.nat()), (config, place) => {
      const parsed = parseRunConfig(JSON.parse(JSON.stringify(config)), 'run.json');
      expect(parseRunConfig(parsed, 'run.json')).toEqual(parsed);
      const shuffled = (value: object) =>
        Object.fromEntries(Object.entries(value).sort(([a], [b]) => place(a) - place(b)));
      const other = { ...shuffled(config), rates: shuffled(config.rates), initial: shuffled(config.initial) };
      expect(JSON.stringify(parseRunConfig(other, 'run.json'))).toBe(JSON.stringify(parsed));
    }),
  );
});

test('a list of one layer is that layer', () => {
  expect(parseRunConfig(configWith('hidden', [3]), 'run.json')).toEqual(
    parseRunConfig(configWith('hidden', 3), 'run.json'),
  );
});

test('what an older config does not say is not written', () => {
  const config = JSON.stringify(defaultRunConfig('bmvr', 'mnist'));
  expect(JSON.stringify(parseRunConfig(JSON.parse(config), 'run.json'))).toBe(config);
});

test('what a rule of a module has is known where it was loaded; elsewhere its config is taken as it is', () => {
  const module = { path: './own.ts', sha256: 'a'.repeat(64) };
  const own = { ...defaultRunConfig('backprop', 'mnist'), rule: 'own', ruleModule: module };
  const mistaken = { ...own, rates: { W9: { eta0: 1 } } };
  expect(messageOf(mistaken)).toBe('accepted');
  noteRule(module, { ...findRule('backprop'), name: 'own' });
  expect(messageOf(own)).toBe('accepted');
  expect(messageOf(mistaken)).toContain('rates.W9: there is no such setting');
  expect(messageOf({ ...own, rule: 'backprop' })).toContain('ruleModule: is for other rules than backprop');
});
