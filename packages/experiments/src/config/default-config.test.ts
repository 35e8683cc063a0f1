import { misfitsOf, type Optimiser, optimiserNames, rules, runRuleNames } from '@apical/core';
import { dataSetNames } from '@apical/data';
import { expect, test } from 'vitest';
import { parseRunConfig } from '../config/parse.ts';
import { panelNames } from '../figure-3/panels.ts';
import { figure3Config, methods } from '../figure-3/protocol.ts';
import type { Asked } from './asked.ts';
import { defaultRunConfig, usualRates } from './default-config.ts';
import { evaluationSchedule } from './evaluation-schedule.ts';

const combinations = runRuleNames.flatMap((rule) => dataSetNames.map((set) => [rule, set] as const));

test.each(combinations)('%s on %s has a valid default', (rule, set) => {
  const config = defaultRunConfig(rule, set);
  expect(parseRunConfig(config, 'default')).toEqual(config);
  expect(config).toMatchObject({ rule, data: { set }, samples: 100_000 });
});

test('rules that predict no labels learn centred inputs, without labels or with these as a second view', () => {
  const [alone, two] = [defaultRunConfig('similarity-matching', 'mnist'), defaultRunConfig('bio-cca', 'mnist')];
  expect(alone.data).toMatchObject({ inputs: 'centred', labels: 'none' });
  expect(two.data).toMatchObject({ inputs: 'centred', labels: 'one-hot-centred' });
  for (const config of [alone, two]) {
    expect(() => parseRunConfig({ ...config, accuracy: { all: { split: 'test' } } }, 'run')).toThrow(
      `run: accuracy: ${config.rule} predicts no labels, of which one could be right`,
    );
  }
  const generated = defaultRunConfig('bio-cca', 'synthetic:linear-teacher');
  expect(generated.data).toMatchObject({ inputs: 'raw', labels: 'numbers' });
});

test('the default is what Figure 3 prints', () => {
  const { hidden, rates } = defaultRunConfig('bmvr', 'fashion-mnist');
  expect(hidden).toBe(2);
  expect(rates).toEqual({
    W1: { eta0: 0.013, t0: 1000 },
    W2: { eta0: 0.013, t0: 1000 },
    Q: { eta0: 0.005, t0: 1000 },
  });
});

test('changing a default changes no other', () => {
  const config = defaultRunConfig('backprop', 'mnist');
  config.rates.W1 = { eta0: 1 };
  config.initial.W1 = { normal: 1 };
  expect(defaultRunConfig('backprop', 'mnist')).not.toEqual(config);
  expect(defaultRunConfig('backprop', 'mnist').rates.W1).toEqual({ eta0: 0.02, t0: 1000 });
});

test('unknown names are refused with the nearest known one', () => {
  expect(() => defaultRunConfig('bmv', 'mnist')).toThrow('unknown learning rule "bmv" (did you mean "bmvr"?)');
  expect(() => defaultRunConfig('bmvr', 'cifar10')).toThrow('unknown data set "cifar10" (did you mean "cifar-10"?)');
});

test.each(panelNames)('with its rules it is a run of Figure 3 on %s, but for how long it learns', (set) => {
  for (const method of methods) {
    const { samples: _, evaluateAt: __, ...figure } = figure3Config(set, method, 1);
    const { samples, evaluateAt, ...ours } = defaultRunConfig(method, set);
    expect(JSON.stringify(ours)).toBe(JSON.stringify(figure));
    expect({ samples, evaluateAt }).toEqual({ samples: 1e5, evaluateAt: evaluationSchedule(1e5) });
  }
});

const networks: readonly Asked[] = [
  { hidden: 64, activation: 'relu' },
  { hidden: 64, activation: 'tanh', meanRate: 1e-3 },
  { hidden: 500, activation: 'sigmoid', output: 'sigmoid' },
  { hidden: [32, 16, 8], activation: 'softplus', output: 'softmax', loss: 'cross-entropy' },
  { hidden: [32, 16], activation: 'tanh', output: 'linear' },
  { hidden: 20, output: 'softmax', loss: 'squared', biases: false },
  { hidden: 20, biases: true },
];
const optimisers: readonly Asked[] = [
  {},
  { batch: 1 },
  ...optimiserNames.map((kind) => ({ batch: 128, optimiser: { kind } as Optimiser })),
];

test.each(rules.map((rule) => ({ name: rule.name, rule })))(
  '$name has a valid default for every network that it can have',
  ({ name, rule }) => {
    const fits = (asked: Asked) => misfitsOf(rule, { hidden: 1, ...asked }).length === 0;
    for (const network of networks.filter(fits)) {
      for (const learning of optimisers) {
        const asked = { ...network, ...learning };
        for (const data of [{ split: 'train' }, { split: 'train', first: 59_904 }, { inputs: 'raw' }] as const) {
          const config = defaultRunConfig(name, 'mnist', { ...asked, data });
          expect(parseRunConfig(config, 'default')).toEqual(config);
          expect(config).toMatchObject({ ...asked, data });
        }
      }
    }
  },
);

test("networks unlike the paper's have no ridge, start as the rule says, and learn at the rates of their optimiser", () => {
  const config = defaultRunConfig('backprop', 'mnist', {
    hidden: [8, 8],
    output: 'softmax',
    optimiser: { kind: 'adam' },
  });
  expect(config).toMatchObject({
    data: { inputs: 'unit', labels: 'one-hot' },
    ridge: 0,
    rates: { W: { eta0: usualRates.adam } },
    initial: {},
    order: 'reshuffled',
  });
});

test('feedback starts as widely spread as the weights that it runs against, in the form that the rule says', () => {
  const { W2 } = defaultRunConfig('feedback-alignment', 'cifar-10').initial;
  expect(defaultRunConfig('feedback-alignment', 'cifar-10').initial.B1).toEqual(W2);
  expect(defaultRunConfig('kolen-pollack', 'cifar-10').initial.B1).toEqual({ normal: 0.01 });
  expect(defaultRunConfig('sign-symmetry', 'cifar-10').initial.B1).toEqual({ constant: 0.01 });
});
