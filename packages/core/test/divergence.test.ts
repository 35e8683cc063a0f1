import { expect, test } from 'vitest';
import { createNetwork, DivergenceError, type NetworkOptions } from '../src/index.ts';
import { optionsOf, ruleOf } from './language/language.ts';

const at = (eta0: number, names = ['W', 'Q']) => Object.fromEntries(names.map((name) => [name, { eta0 }]));
const base = { rule: 'bmvr', inputs: 3, labels: 2, hidden: 2, seed: 1, rates: at(0.01) } as const;
const backprop = { ...base, rule: 'backprop', rates: at(0.01, ['W']) } as const;
const networks: [string, NetworkOptions][] = [
  ['BMVR', base],
  ['with a ridge', { ...base, ridge: 0.1 }],
  ['with a ridge, wide', { ...base, ridge: 0.1, hidden: 4, labels: 6 }],
  ['decoupled', { ...base, decoupled: true, rates: at(0.01, ['W', 'Q', 'R']) }],
  ['of tanh', { ...base, activation: 'tanh' }],
  ['of tanh with a running mean', { ...base, activation: 'tanh', meanRate: 0.01 }],
  ['of rectified units', { ...base, activation: 'relu', hidden: 12 }],
  ['of rectified units with a running mean', { ...base, activation: 'relu', meanRate: 0.01, hidden: 12 }],
  ['backprop', backprop],
  ['backprop of rectified units', { ...backprop, activation: 'relu', hidden: 12 }],
  ['backprop of two layers', { ...backprop, hidden: [5, 4], activation: 'relu' }],
  ['backprop with Adam', { ...backprop, hidden: [5, 4], activation: 'relu', optimiser: { kind: 'adam' } }],
  ['backprop with momentum', { ...backprop, activation: 'tanh', optimiser: { kind: 'momentum' } }],
];

test.each(networks)('after a divergence, restart() and fit begin anew: %s', async (_, options) => {
  const X = Array.from({ length: 30 }, (_, i) => Math.sin(1 + i));
  const labels = Array.from({ length: 10 * options.labels }, (_, i) => Math.cos(i));
  const calm = await createNetwork(options);
  const start = calm.snapshot();
  calm.fit(X, labels, { epochs: 3 });

  const network = await createNetwork(options);
  const wild = Object.fromEntries(Object.keys(options.rates).map((name) => [name, { eta0: 1e30 }]));
  const huge = X.map((x) => 1e30 * x);
  const diverge = () => {
    network.setRates(wild);
    expect(() => network.fit(huge, labels, { epochs: 100 })).toThrow(DivergenceError);
    network.setRates(options.rates);
  };
  diverge();
  network.restart();
  expect(network.snapshot()).toEqual(start);
  diverge();
  network.fit(X, labels, { epochs: 3 });
  expect(network.snapshot()).toEqual(calm.snapshot());
});

test('what was summed up of a sample that diverged as it settled is forgotten', async () => {
  const rule = ruleOf(({ circuit, cells, W1 }) => (x) => {
    const v = circuit.state('v', cells, 0);
    circuit.repeat(9, () => {
      W1.learn(v, x);
      v.becomes(v.plus(W1.drive(x)).times(3));
    });
  });
  const options = optionsOf(rule, 1e-6);
  const x = Array.from({ length: options.inputs }, (_, j) => Math.sin(1 + j));
  const y = Array.from({ length: options.labels }, () => 1);
  const [calm, network] = [await createNetwork(options), await createNetwork(options)];
  const start = network.snapshot();
  const diverge = () =>
    expect(() =>
      network.learn(
        x.map((each) => 2e35 * each),
        y,
      ),
    ).toThrow(DivergenceError);
  calm.learn(x, y);
  diverge();
  network.restart();
  network.learn(x, y);
  expect(network.weights()).toEqual(calm.weights());
  diverge();
  network.restore(start);
  network.learn(x, y);
  expect(network.weights()).toEqual(calm.weights());
});
