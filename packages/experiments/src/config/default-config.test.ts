import { ruleNames } from '@apical/core';
import { dataSetNames } from '@apical/data';
import { expect, test } from 'vitest';
import { parseRunConfig } from '../config/parse.ts';
import { defaultRunConfig } from './default-config.ts';

const combinations = ruleNames.flatMap((rule) => dataSetNames.map((set) => [rule, set] as const));

test.each(combinations)('%s on %s has a valid default', (rule, set) => {
  const config = defaultRunConfig(rule, set);
  expect(parseRunConfig(config, 'default')).toEqual(config);
  expect(config).toMatchObject({ rule, data: { set }, samples: 100_000 });
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
