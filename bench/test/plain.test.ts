import { expect, test } from 'vitest';
import { normals, relativeError, toRows } from '../../packages/core/test/fixtures.ts';
import { backpropStep, bmvrStep, type OracleState } from '../../packages/core/test/oracle/oracle.ts';
import { plainBackprop, plainBmvr } from '../src/implementations/plain.ts';

const [m, n, k] = [7, 3, 4];
const rates = { W1: 0.004, W2: 0.006, Q: 0.002 };
const oracleRates = Object.fromEntries(Object.entries(rates).map(([name, eta0]) => [name, { eta0 }]));

test.each([
  ['bmvr', 'linear', plainBmvr, bmvrStep],
  ['bmvr', 'relu', plainBmvr, bmvrStep],
  ['backprop', 'linear', plainBackprop, backpropStep],
  ['backprop', 'relu', plainBackprop, backpropStep],
] as const)('the reference of %s, %s, is the oracle', (rule, activation, create, step) => {
  const ridge = activation === 'linear' ? 0.1 : 0;
  const meanRate = activation === 'relu' ? 0.05 : 0;
  const start = {
    W1: Float64Array.from(normals(1, k * m), (value) => value / 4),
    W2: Float64Array.from(normals(2, n * k)),
    ...(rule === 'bmvr' && { Q: Float64Array.from(normals(3, k * k)) }),
  };
  let state = {
    W1: toRows(start.W1, m),
    W2: toRows(start.W2, k),
    ...(start.Q && { Q: toRows(start.Q, k) }),
  } as OracleState;
  const network = create(k, n, { rates, ridge, meanRate, weights: start });
  for (let t = 0; t < 40; t++) {
    const [x, y] = [normals(10 + t, m), normals(100 + t, n)];
    network.learn(Float64Array.from(x), Float64Array.from(y));
    state = step(state, x, y, t, { rates: oracleRates, lambda: ridge, activation, meanRate });
  }
  const learned = network.weights();
  expect(relativeError(learned.W1!, state.W1.flat())).toBeLessThan(1e-12);
  expect(relativeError(learned.W2!, state.W2.flat())).toBeLessThan(1e-12);
  if (state.Q) expect(relativeError(learned.Q!, state.Q.flat())).toBeLessThan(1e-12);
});
