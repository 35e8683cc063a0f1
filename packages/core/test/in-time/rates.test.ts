import { expect, test } from 'vitest';
import { createNetwork } from '../../src/index.ts';
import { normals, rates } from '../fixtures.ts';

test('with other rates, steps are those that are done one by one', async () => {
  const [rule, inputs, labels, steps] = ['dendritic-prediction', 3, 4, 12];
  const options = { rule, inputs, labels, hidden: 2, seed: 1 };
  const made = () => createNetwork({ ...options, rates: rates(rule, { eta0: 0.01 }) });
  const [together, single] = [await made(), await made()];
  const X = normals(1, steps * inputs).map(Math.abs);
  const Y = normals(2, steps * labels).map(Math.abs);
  for (const eta0 of [0.01, 0.5]) {
    for (const network of [together, single]) network.setRates(rates(rule, { eta0 }));
    together.advance(X, Y, {});
    for (let t = 0; t < steps; t++) {
      single.learn(X.slice(inputs * t, inputs * (t + 1)), Y.slice(labels * t, labels * (t + 1)));
    }
  }
  expect(together.weights()).toEqual(single.weights());
});
