import { describe, expect, test } from 'vitest';
import { anyLayers, checkRule, createNetwork, findRule, InputError, type NetworkOptions, rules } from '../src/index.ts';
import { rates, smallOptions } from './fixtures.ts';

/** Options as callers without types can give them. */
type Loose = { readonly [Name in keyof NetworkOptions]?: unknown };

const made = (rule: string, changes: Loose) => smallOptions(rule, changes as Partial<NetworkOptions>);

/** A network of two hidden layers, of a rule that can have them. */
const deep = (changes: Loose): Loose => ({
  ...{
    rule: 'kolen-pollack',
    hidden: [4, 3],
    ridge: 0,
    rates: rates('kolen-pollack', { eta0: 0.1 }, { hidden: [4, 3] }),
  },
  ...changes,
});

const W = (rows: number, cols: number, data = new Float32Array(rows * cols)) => ({ rows, cols, data });

async function expectRefusal(message: string, changes: Loose): Promise<void> {
  const failure = createNetwork(made('bmvr', changes));
  await expect(failure).rejects.toThrow(message);
  await expect(failure).rejects.toThrow(InputError);
}

describe('rules, sizes and circuits', () => {
  test.each<[string, Loose]>([
    ['hiden: there is no such option', { hiden: 3 } as Loose],
    ['there is no rule "bmrv"; the rules are bmvr, backprop', { rule: 'bmrv' }],
    ['the rule is no rule: see defineRule', { rule: null }],
    ['hidden must be a positive integer, not 0', { hidden: 0 }],
    ['hidden must be a positive integer, not NaN', { hidden: Number.NaN }],
    ['hidden must be a number of units, or a list of one number a layer, and not empty', { hidden: [] }],
    ['hidden must be a number of units, or a list of one number a layer, and not empty', { hidden: '3' }],
    ['hidden[0] must be a positive integer, not 0', { hidden: [0] }],
    ['hidden[1] must be a positive integer, not 2.5', deep({ hidden: [4, 2.5] })],
    ['hidden[0] must be at most 32,768 units, not 1000000000', { hidden: [1e9] }],
    ['hidden must be at most 32,768 units, not 1000000000', { hidden: 1e9 }],
    ['hidden must be one number: bmvr has one hidden layer, not 2', { hidden: [3, 2] }],
    ['inputs must be a positive integer, not 1.5', { inputs: 1.5 }],
    ['labels must be a positive integer, not 0', { labels: 0 }],
    ['there is no activation "rely"; there are linear, relu, tanh, sigmoid, softplus', { activation: 'rely' }],
    ['there is no activation "constructor"', { activation: 'constructor' }],
    ['there is no output "sotfmax"; there are linear, sigmoid, softmax', { output: 'sotfmax' }],
    ['output must be linear in bmvr, not softmax', { output: 'softmax' }],
    ['there is no loss "hinge"; there are squared, cross-entropy', { loss: 'hinge' }],
    ['cross-entropy needs outputs that are probabilities', { loss: 'cross-entropy' }],
    ['cross-entropy needs outputs that are probabilities', deep({ loss: 'cross-entropy', output: 'linear' })],
    ['biases must be false: bmvr has none', { biases: true }],
    ['fused must be true or false, not "yes"', { fused: 'yes' }],
    ['biases must be true or false, not "no"', deep({ biases: 'no' })],
    ['meanRate must be more than zero and at most 1, not 2', { activation: 'relu', ridge: 0, meanRate: 2 }],
    ['meanRate must be more than zero and at most 1, not 0', { activation: 'relu', ridge: 0, meanRate: 0 }],
    ['meanRate must be more than zero and at most 1, not NaN', { activation: 'relu', ridge: 0, meanRate: Number.NaN }],
    ['meanRate is for units that are not linear', { meanRate: 0.1 }],
  ])('%s', expectRefusal);
});

describe('parameters', () => {
  const mirror = (parameters: unknown): Loose =>
    deep({ rule: 'weight-mirror', rates: { W: { eta0: 1 }, B: { eta0: 1 } }, parameters });

  test.each<[string, Loose]>([
    [
      'parameters.decoupled: backprop has no such parameter, and none at all',
      { rule: 'backprop', rates: rates('backprop', { eta0: 1 }), decoupled: true },
    ],
    [
      'parameters.amplitud: weight-mirror has no such parameter, only amplitude, decay, before',
      mirror({ amplitud: 1 }),
    ],
    ['parameters.amplitude must be a number, 0 or more, not -1', mirror({ amplitude: -1 })],
    ['parameters.amplitude must be a number, 0 or more, not "1"', mirror({ amplitude: '1' })],
    ['parameters.decay must be a number, 0 or more, not Infinity', mirror({ decay: Number.POSITIVE_INFINITY })],
    ['parameters.before must be a whole number, 0 or more, not 1.5', mirror({ before: 1.5 })],
    ['parameters.decoupled must be true or false, not "yes"', { parameters: { decoupled: 'yes' } }],
    [
      'parameters.magnitudes must be one of uniform, fixed, redrawn, not "even"',
      deep({ rule: 'sign-symmetry', rates: { W: { eta0: 1 } }, parameters: { magnitudes: 'even' } }),
    ],
    ['parameters must be values by name, not null', mirror(null)],
    ['parameters must be values by name, not 3', mirror(3)],
  ])('%s', expectRefusal);
});

describe('how it learns', () => {
  const rate = (each: unknown): Loose => ({ rates: { ...rates('bmvr', { eta0: 1 }), W1: each } });

  test.each<[string, Loose]>([
    ['batch must be a whole number from 1 to 65,536, not 0', { ridge: 0, batch: 0 }],
    ['batch must be a whole number from 1 to 65,536, not 1.5', { ridge: 0, batch: 1.5 }],
    ['batch must be a whole number from 1 to 65,536, not 65537', { ridge: 0, batch: 65_537 }],
    ['batch must be a whole number from 1 to 65,536, not 1e+300', { ridge: 0, batch: 1e300 }],
    ['samplesSeen must be a whole number, zero or more, not -1', { samplesSeen: -1 }],
    ['the seed is -1', { seed: -1 }],
    [
      'rates is missing: bmvr needs a learning rate for each of its synapses, { W1: { eta0: 0.01 }, W2: ',
      { rates: undefined },
    ],
    ['rates is missing', { rates: 0.1 }],
    ['rates.Q is missing', { rates: { W1: { eta0: 1 }, W2: { eta0: 1 } } }],
    [
      'rates.B1 is missing: weight-mirror needs W1, W2, B1',
      { rule: 'weight-mirror', ridge: 0, rates: { W: { eta0: 1 } } },
    ],
    ['rates.R: bmvr has no such rate, only W1, W2, Q', { rates: { ...rates('bmvr', { eta0: 1 }), R: { eta0: 1 } } }],
    ['rates.W4: kolen-pollack has no such rate', deep({ rates: { W: { eta0: 1 }, W4: { eta0: 1 } } })],
    ['rates.b: kolen-pollack has no such rate', deep({ rates: { W: { eta0: 1 }, b: { eta0: 1 } }, biases: false })],
    [
      'rates.B1: feedback-alignment has no such rate',
      deep({ rule: 'feedback-alignment', rates: { W: { eta0: 1 }, B1: { eta0: 1 } } }),
    ], // they are fixed
    ['rates.W1.eta0 must be a positive finite number, not NaN', rate({ eta0: Number.NaN })],
    ['rates.W1.eta0 must be a positive finite number, not -1', rate({ eta0: -1 })],
    ['rates.W1.eta0 must be a positive finite number, not 0', rate({ eta0: 0 })],
    ['rates.W1 must be a rate such as { eta0: 0.01 }, not 0.1', rate(0.1)],
    ['rates.W1 must be a rate such as { eta0: 0.01 }, not null', rate(null)],
    ['rates.W1.eta: a rate has no such setting, only eta0, t0, linear, cosine, steps', rate({ eta: 1 })],
    ['rates.W1.t0 must be a positive finite number, not Infinity', rate({ eta0: 1, t0: Number.POSITIVE_INFINITY })],
    ['rates.W1 has t0 and cosine: a rate can have one of them', rate({ eta0: 1, t0: 1, cosine: { over: 3 } })],
    ['rates.W1.linear.over must be a positive finite number, not 0', rate({ eta0: 1, linear: { over: 0 } })],
    ['rates.W1.linear.to must be from 0 to 1, not 2', rate({ eta0: 1, linear: { over: 5, to: 2 } })],
    ['rates.W1.cosine.over must be a positive finite number, not undefined', rate({ eta0: 1, cosine: {} })],
    ['rates.W1.cosine.to must be from 0 to 1, not NaN', rate({ eta0: 1, cosine: { over: 5, to: Number.NaN } })],
    ['rates.W1.steps.factor must be a positive finite number, not undefined', rate({ eta0: 1, steps: { at: [1] } })],
    ['rates.W1.steps.at must be updates', rate({ eta0: 1, steps: { at: [3, 2], factor: 0.5 } })],
    ['rates.W1.steps.at must be updates', rate({ eta0: 1, steps: { at: 3, factor: 0.5 } })],
    ['rates.W1.steps.at must be updates', rate({ eta0: 1, steps: { at: [0], factor: 0.5 } })],
    [
      'optimiser.kind must be one of plain, momentum, rmsprop, adam, not "sgd"',
      { ridge: 0, optimiser: { kind: 'sgd' } },
    ],
    ['optimiser must be an optimiser such as { kind: "adam" }, not "adam"', { ridge: 0, optimiser: 'adam' }],
    ['optimiser must be an optimiser such as { kind: "adam" }, not null', { ridge: 0, optimiser: null }],
    ['optimiser.kind must be one of plain, momentum, rmsprop, adam, not undefined', { ridge: 0, optimiser: {} }],
    [
      'optimiser.weightDecay must be a finite number, zero or more, not -1',
      { optimiser: { kind: 'plain', weightDecay: -1 } },
    ],
    ['optimiser.momentum must be from 0 to less than 1, not 1', { optimiser: { kind: 'momentum', momentum: 1 } }],
    [
      'optimiser.momentum must be from 0 to less than 1, not "0.9"',
      { optimiser: { kind: 'momentum', momentum: '0.9' } },
    ],
    ['optimiser.decoupled must be true or false, not 1', { optimiser: { kind: 'momentum', decoupled: 1 } }],
    ['optimiser.beta2 must be from 0 to less than 1, not NaN', { optimiser: { kind: 'adam', beta2: Number.NaN } }],
    ['optimiser.epsilon must be a positive finite number, not 0', { optimiser: { kind: 'rmsprop', epsilon: 0 } }],
    [
      'optimiser.momentum: adam has no such setting, only beta1, beta2, epsilon, epsilonHat, weightDecay',
      { optimiser: { kind: 'adam', momentum: 0.9 } },
    ],
    ['optimisers.Q.kind must be one of', { optimisers: { Q: { kind: 'none' } } }],
    ['optimisers.V: bmvr has no such synapses, only W1, W2, Q', { optimisers: { V: { kind: 'adam' } } }],
  ])('%s', expectRefusal);
});

describe('the ridge', () => {
  const backprop: Loose = { rule: 'backprop', rates: rates('backprop', { eta0: 1 }), ridge: 0.1 };

  test.each<[string, Loose]>([
    ['ridge must be a finite number, zero or more, not -1', { ridge: -1 }],
    ['ridge must be a finite number, zero or more, not NaN', { ridge: Number.NaN }],
    ['ridge must be 0 with the activation relu: a ridge is for what is linear', { activation: 'relu' }],
    ['ridge must be 0 with the output softmax', { ...backprop, output: 'softmax', biases: false }],
    ['ridge must be 0 with states', { ...backprop, rule: 'predictive-coding', activation: 'linear' }],
  ])('%s', expectRefusal);
});

describe('starts', () => {
  test.each<[string, Loose]>([
    ['initial.W1 must be a finite number', { initial: { W1: { normal: -1 } } }],
    ['initial.W1 must be a finite number', { initial: { W1: { uniform: Number.NaN } } }],
    ['initial.W1 must be a finite number', { initial: { W1: { constant: '1' } } }],
    ['initial.W1 must have one of normal, uniform, orthogonal, identity, constant', { initial: { W1: {} } }],
    ['initial.W1 must have one of normal, uniform, orthogonal, identity, constant', { initial: { W1: null } }],
    ['initial.W1 must have one of normal, uniform, orthogonal, identity, constant', { initial: { W1: 0.1 } }],
    [
      'initial.W1 must have one of normal, uniform, orthogonal, identity, constant',
      { initial: { W1: { normal: 1, uniform: 1 } } },
    ],
    [
      'initial.Q.fan must be in, out or sum, and is for normal and uniform starts',
      { initial: { Q: { identity: 1, fan: 'in' } } },
    ],
    ['initial.W1.fan must be in, out or sum', { initial: { W1: { normal: 1, fan: 'both' } } }],
    ['initial.W1.sd: a start has no such setting, only', { initial: { W1: { normal: 1, sd: 2 } } }],
    ['initial.R: this bmvr network has none, only W1, W2, Q', { initial: { R: { normal: 1 } } }],
    ['initial.b: this kolen-pollack network has none, only W1', deep({ biases: false, initial: { b: { normal: 1 } } })],
    ['weights.W2 is 2 × 3, but this network needs 3 × 2', { weights: { W2: W(2, 3) } }],
    ['weights.Q has 3 numbers, but', { weights: { Q: W(2, 2, new Float32Array(3)) } }],
    ['weights.Q has NaN at row 1, column 0', { weights: { Q: W(2, 2, Float32Array.of(1, 2, Number.NaN, 4)) } }],
    ['weights.Q must be a matrix, { rows, cols, data }, not null', { weights: { Q: null } }],
    ['weights.Q must be a matrix, { rows, cols, data }', { weights: { Q: [1, 2, 3, 4] } }],
    ['weights.zbar: this bmvr network has none', { weights: { zbar: W(2, 1) } }],
    ['weights.W4: this kolen-pollack network has none', deep({ weights: { W4: W(2, 1) } })],
    ['weights.W2ᵀ: this bmvr network has none', { weights: { W2ᵀ: W(2, 3) } }],
  ])('%s', expectRefusal);
});

describe('rules of one’s own', () => {
  const rule = findRule('backprop');

  test.each<[string, unknown]>([
    ['my rule is no rule: see defineRule', undefined],
    ['my rule is no rule: see defineRule', 'backprop'],
    ['my rule is no rule: see defineRule', [rule]],
    ['my rule is no rule: its name is missing', { ...rule, name: undefined }],
    ['its name is wrong: "My rule" (small letters, digits and hyphens are allowed)', { ...rule, name: 'My rule' }],
    ['its name is wrong: ""', { ...rule, name: '' }],
    ['its title is missing', { ...rule, title: undefined }],
    ['its year is wrong: "1986"', { ...rule, year: '1986' }],
    ['its source is wrong: null', { ...rule, source: null }],
    ['its shape is missing', { ...rule, shape: undefined }],
    ['its shape is wrong', { ...rule, shape: { depth: 'two', outputs: ['linear'] } }],
    ['its shape is wrong', { ...rule, shape: { depth: 'one', outputs: 'linear' } }],
    ['its shape is wrong', { ...rule, shape: { depth: 'one', outputs: [], biases: true } }],
    ['its shape is wrong', { ...rule, shape: { depth: 'one', outputs: ['cubic'], biases: true } }],
    ['its shape is wrong', { ...rule, shape: { depth: 'one', outputs: ['linear'], biases: 'yes' } }],
    ['its shape is wrong', { ...rule, shape: { ...anyLayers, activations: [] } }],
    ['its shape is wrong', { ...rule, shape: { ...anyLayers, activations: ['cubic'] } }],
    ['its shape is wrong', { ...rule, shape: { ...anyLayers, runningMean: 'no' } }],
    ['its shape is wrong', { ...rule, shape: { ...anyLayers, losses: ['cross-entropy'] } }],
    ['its usualRates is wrong: {"W":-1}', { ...rule, usualRates: { W: -1 } }],
    ['its parameters is wrong: []', { ...rule, parameters: [] }],
    ['its build is missing', { ...rule, build: undefined }],
    ['its build is wrong: "build"', { ...rule, build: 'build' }],
  ])('%s', (message, value) => {
    expect(() => checkRule(value, 'my rule')).toThrow(message);
    expect(() => checkRule(value, 'my rule')).toThrow(InputError);
  });

  test('those of the library are rules', () => {
    for (const each of rules) expect(checkRule(each, 'it')).toBe(each);
  });
});
