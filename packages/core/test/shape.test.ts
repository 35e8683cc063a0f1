import { describe, expect, test } from 'vitest';
import {
  type ArchitectureOptions,
  createNetwork,
  defineRule,
  describeCircuit,
  expectationOf,
  findRule,
  InputError,
  isValueOf,
  layOut,
  lossesOf,
  outputNames,
} from '../src/index.ts';

/** Backprop in networks of bounded units only, and by squared error only. */
const bounded = defineRule({
  ...findRule('backprop'),
  name: 'bounded',
  shape: {
    ...{ depth: 'any', outputs: ['sigmoid', 'linear'], biases: true },
    ...{ activations: ['sigmoid', 'tanh'], runningMean: false, losses: ['squared'] },
  },
});

const sizes = { inputs: 3, labels: 2 };

test('what a rule cannot have is refused, by whoever lays its circuit out, in words that say what it can have', async () => {
  const refused: readonly [message: string, asked: Partial<ArchitectureOptions>][] = [
    ['activation must be sigmoid or tanh in bounded, not linear', { activation: 'linear' }],
    ['activation must be sigmoid or tanh in bounded, not relu', { activation: 'relu' }],
    ['output must be sigmoid or linear in bounded, not softmax', { output: 'softmax' }],
    ['loss must be squared in bounded, not cross-entropy', { loss: 'cross-entropy' }],
    ['meanRate must be left out: no running mean is subtracted in bounded', { meanRate: 0.1 }],
  ];
  for (const [message, asked] of refused) {
    expect(() => describeCircuit(bounded, asked)).toThrow(new InputError(message));
    const network = createNetwork({ rule: bounded, ...sizes, hidden: 4, rates: { W: { eta0: 0.1 } }, ...asked });
    await expect(network).rejects.toThrow(new InputError(message));
  }
});

test('what is not said is the first that the rule can have', () => {
  const { architecture } = layOut(bounded, { hidden: 2 });
  expect(architecture).toMatchObject({ activation: { function: 'sigmoid' }, output: 'sigmoid', loss: 'squared' });
  for (const output of outputNames) {
    const losses = lossesOf(findRule('backprop').shape, output);
    expect(losses).toEqual(output === 'linear' ? ['squared'] : ['cross-entropy', 'squared']);
  }
});

describe('a number', () => {
  const rate = { default: 0.1, above: 0, says: 'a step' };

  test('can have to be more than another', () => {
    expect([0, -1, Number.NaN, Infinity].filter((value) => isValueOf(rate, value))).toEqual([]);
    expect(isValueOf(rate, Number.MIN_VALUE)).toBe(true);
    expect(isValueOf({ ...rate, max: 1 }, 1.5)).toBe(false);
  });

  test('and says so', () => {
    expect(expectationOf(rate)).toBe('a number, more than 0');
    expect(expectationOf({ ...rate, max: 1 })).toBe('a number, more than 0 and at most 1');
  });
});
