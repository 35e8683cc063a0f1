import { expect, test } from 'vitest';
import { messageOf } from '../../test/support/refused-config.ts';
import { defaultRunConfig } from './default-config.ts';
import { parseRunConfig } from './parse.ts';
import type { RunConfig } from './run-config.ts';

test.each<[string, object, string]>([
  ['bmvr', { activation: 'relu' }, 'run.json: ridge: must be 0 with the activation relu'],
  [
    'bmvr',
    { activation: 'rely' },
    'activation: must be one of linear, relu, tanh, sigmoid, softplus, not "rely" (did you mean "relu"?)',
  ],
  ['bmvr', { meanRate: 0.1 }, 'run.json: meanRate: is for units that are not linear: with linear units, leave it out'],
  ['bmvr', { meanRate: 2 }, 'run.json: meanRate: must be more than zero and at most 1, not 2'],
  ['bmvr', { decoupled: 1 }, 'run.json: decoupled: must be true or false, not 1'],
  [
    'backprop',
    { probes: ['constraint', 'teaching-signal'] },
    'run.json: probes: the probe teaching-signal is for networks with BMVR’s interneurons, and this linear backprop network is none; probes that fit it are objectives, constraint',
  ],
  [
    'bmvr',
    { activation: 'tanh', ridge: 0, probes: ['saturation'] },
    'run.json: probes: the probe saturation is for linear networks with BMVR’s interneurons, and this tanh bmvr network is none; probes that fit it are objectives, constraint, teaching-signal',
  ],
  [
    'bmvr',
    { probes: ['decoupling'] },
    'run.json: probes: the probe decoupling is for networks with decoupled interneurons, and this linear bmvr network is none; probes that fit it are objectives, constraint, saturation, teaching-signal',
  ],
  ['backprop', { decoupled: true }, 'run.json: decoupled: must be false: backprop has no such parameter'],
])('refuses settings that do not go together: %s %o', (rule, changes, message) => {
  const config = { ...defaultRunConfig(rule, 'mnist'), ...changes };
  expect(() => parseRunConfig(config, 'run.json')).toThrow(message);
});

const deep = defaultRunConfig('weight-mirror', 'mnist', {
  hidden: [8, 4],
  activation: 'relu',
  output: 'softmax',
  batch: 16,
});

test.each<[Partial<Record<keyof RunConfig, unknown>>, string]>([
  [{ hidden: [] }, 'hidden: must be a whole number from 1, or a list of them, one a layer, not []'],
  [{ hidden: [4, 40_000] }, 'hidden[1]: must be at most 32,768 units, not 40000'],
  [
    { rule: 'bmvr', output: 'linear', rates: { W: { eta0: 1 }, Q: { eta0: 1 } } },
    'hidden: must be one number: bmvr has one hidden layer, not 2',
  ],
  [{ loss: 'cross-entropie' }, 'loss: must be one of squared, cross-entropy, not "cross-entropie" (did you mean'],
  [{ output: 'linear', loss: 'cross-entropy' }, 'loss: cross-entropy needs outputs that are probabilities'],
  [{ data: { ...deep.data, labels: 'one-hot-centred' } }, 'data.labels: must be one-hot with the loss cross-entropy'],
  [{ data: { ...deep.data, first: 20_000 } }, 'data.first: mnist has 10,000 test images, not 20,000'],
  [{ accuracy: { a: { split: 'test', first: 20_000 } } }, 'accuracy.a: mnist has 10,000 test images, not 20,000'],
  [{ accuracy: { a: { split: 'test', from: 10_000 } } }, 'accuracy.a: mnist has 10,000 test images, not 10,001'],
  [
    { accuracy: { a: { split: 'test', from: 6_000, first: 5_000 } } },
    'accuracy.a: mnist has 10,000 test images, not 11,000',
  ],
  [{ batch: 0 }, 'batch: must be a whole number from 1, not 0'],
  [{ batch: 10_001 }, 'batch: must be at most 10000, the images that are learned, not 10001'],
  [
    { samples: 100, evaluateAt: [] },
    'samples: must be between two batches of 16 (each epoch of 10000 begins with a new one): 100 is inside one; nearest are 96 and 112',
  ],
  [
    { evaluateAt: [3, 16] },
    'evaluateAt: must be between two batches of 16 (each epoch of 10000 begins with a new one): 3 is inside one; 16 is the first that is not',
  ],
  [{ rates: {} }, 'rates.W1: is missing: weight-mirror needs rates of W1, W2, W3, B1, B2; rates.W is for all W'],
  [{ rates: { W: { eta0: 1 }, B1: { eta0: 1 } } }, 'rates.B2: is missing; it must be an object'],
  [
    { rates: { W: { eta0: 1 }, B: { eta0: 1 }, W4: { eta0: 1 } } },
    'rates.W4: there is no such setting; there are W1, W2, W3, b1, b2, b3, B1, B2, W, b, B',
  ],
  [
    { rates: { W: { eta0: 1, t0: 1, linear: { over: 1 } }, B: { eta0: 1 } } },
    'rates.W: has t0 and linear; a rate can have one of them',
  ],
  [
    { rates: { W: { eta0: 1, cosine: { over: 1, too: 1 } }, B: { eta0: 1 } } },
    'rates.W.cosine.too: there is no such setting; there are over, to',
  ],
  [{ optimiser: { kind: 'sgd' } }, 'optimiser.kind: must be one of plain, momentum, rmsprop, adam, not "sgd"'],
  [
    { optimiser: { kind: 'momentum', rho: 0.5 } },
    'optimiser.rho: momentum has no such setting, only momentum, decoupled, weightDecay',
  ],
  [{ optimiser: { kind: 'adam', beta3: 0.5 } }, 'optimiser.beta3: there is no such setting (did you mean "beta1"?)'],
  [{ optimisers: { Q: { kind: 'adam' } } }, 'optimisers.Q: there is no such setting'],
  [{ parameters: { amplitude: -1 } }, 'parameters.amplitude: must be a number, 0 or more, not -1'],
  [{ parameters: { amplitude: '1' } }, 'parameters.amplitude: must be a number, 0 or more, not "1"'],
  [
    { parameters: { amplitud: 1 } },
    'parameters.amplitud: weight-mirror has no such parameter (did you mean "amplitude"?)',
  ],
  [{ parameters: [1] }, 'parameters: must be an object of numbers, texts, true and false by name, not [1]'],
  [{ ridge: 1 }, 'ridge: must be 0 with the activation relu'],
  [{ probes: ['constraint'] }, 'probes: the probe constraint is for networks of one hidden layer with linear outputs'],
])('with %o a deep network is refused', (changes, message) => {
  expect(messageOf({ ...deep, ...changes })).toContain(`run.json: ${message}`);
  expect(messageOf({ ...deep, ...changes }).split('\n')).toHaveLength(1);
});

test('BMVR is decoupled by one setting, not by two', () => {
  expect(messageOf({ ...defaultRunConfig('bmvr', 'mnist'), parameters: { decoupled: true } })).toBe(
    'run.json: parameters.decoupled: is the setting "decoupled"',
  );
});
