import { expect, test } from 'vitest';
import { createNetwork, InputError, type NetworkOptions } from '../src/index.ts';
import { rates, smallOptions } from './fixtures.ts';

test.each<[string, Partial<NetworkOptions>]>([
  ['there is no rule "bmrv"; the rules are bmvr, backprop', { rule: 'bmrv' }],
  ['hidden must be a positive integer, not 0', { hidden: 0 }],
  ['inputs must be a positive integer, not 1.5', { inputs: 1.5 }],
  ['ridge must be a finite number, zero or more, not -1', { ridge: -1 }],
  [
    'rates is missing: bmvr needs a learning rate for each of its synapses, { W1: { eta0: 0.01 }, W2: ',
    { rates: undefined as unknown as NetworkOptions['rates'] },
  ],
  ['rates.Q is missing', { rates: { W1: { eta0: 1 }, W2: { eta0: 1 } } }],
  ['rates.W1.eta0 must be a positive finite number, not NaN', { rates: rates('bmvr', { eta0: Number.NaN }) }],
  ['rates.W1.eta0 must be a positive finite number, not -1', { rates: rates('bmvr', { eta0: -1 }) }],
  ['rates.W1.t0 must be a positive finite number, not Infinity', { rates: rates('bmvr', { eta0: 1, t0: Infinity }) }],
  ['rates.R: bmvr has no such rate, only W1, W2, Q', { rates: { ...rates('bmvr', { eta0: 1 }), R: { eta0: 1 } } }],
  ['initial.W1 must be a finite number', { initial: { W1: { normal: -1 } } }],
  [
    'weights.W2 is 2 × 3, but this network needs 3 × 2',
    { weights: { W2: { rows: 2, cols: 3, data: new Float32Array(6) } } },
  ],
  ['weights.Q has 3 numbers, but', { weights: { Q: { rows: 2, cols: 2, data: new Float32Array(3) } } }],
  [
    'weights.Q has NaN at row 1, column 0',
    { weights: { Q: { rows: 2, cols: 2, data: Float32Array.of(1, 2, Number.NaN, 4) } } },
  ],
  ['there is no activation "rely"; there are linear, relu, tanh, sigmoid, softplus', { activation: 'rely' as 'relu' }],
  ['ridge is for linear units', { activation: 'relu' }],
  ['meanRate must be more than zero and at most 1, not 2', { activation: 'relu', ridge: 0, meanRate: 2 }],
  ['meanRate is for units that are not linear', { meanRate: 0.1 }],
  [
    'parameters.decoupled: backprop has no such parameter',
    { rule: 'backprop', rates: rates('backprop', { eta0: 1 }), decoupled: true },
  ],
  ['initial.R: this bmvr network has none, only W1, W2, Q', { initial: { R: { normal: 1 } } }],
  ['weights.zbar: this bmvr network has none', { weights: { zbar: { rows: 2, cols: 1, data: new Float32Array(2) } } }],
  ['the seed is -1', { seed: -1 }],
])('refuses: %s', async (message, changes) => {
  const failure = createNetwork(smallOptions('bmvr', changes));
  await expect(failure).rejects.toThrow(InputError);
  await expect(failure).rejects.toThrow(message);
});
