import { expect, test } from 'vitest';
import { Reading } from '../../packages/core/src/index.ts';
import { planNetwork } from '../../packages/core/src/network/options.ts';
import { normals, relativeError } from '../../packages/core/test/fixtures.ts';
import { vectors } from '../../packages/core/test/readings.ts';
import { plainBackprop, plainBmvr } from '../src/implementations/plain.ts';

const [m, n, k] = [7, 3, 4];
const rates = { W1: 0.004, W2: 0.006, Q: 0.002 };

test.each([
  ['bmvr', 'linear', plainBmvr],
  ['bmvr', 'relu', plainBmvr],
  ['backprop', 'linear', plainBackprop],
  ['backprop', 'relu', plainBackprop],
] as const)('the reference of %s, %s, is the reading of the rule', (rule, activation, create) => {
  const ridge = activation === 'linear' ? 0.1 : 0;
  const meanRate = activation === 'relu' ? 0.05 : 0;
  const start = {
    W1: Float64Array.from(normals(1, k * m), (value) => value / 4),
    W2: Float64Array.from(normals(2, n * k)),
    ...(rule === 'bmvr' && { Q: Float64Array.from(normals(3, k * k)) }),
  };
  const network = create(k, n, { rates, ridge, meanRate, weights: start });
  const blueprint = planNetwork({
    ...{ rule, inputs: m, labels: n, hidden: k, activation, ridge, ...(meanRate > 0 && { meanRate }) },
    rates: Object.fromEntries(Object.keys(start).map((name) => [name, { eta0: rates[name as 'W1'] }])),
  });
  const weights = Object.fromEntries(
    Object.entries(start).map(([name, data]) => [
      name,
      { rows: name === 'W2' ? n : k, cols: name === 'W1' ? m : k, data },
    ]),
  );
  const reading = new Reading(blueprint, { weights, ridge });
  for (let t = 0; t < 40; t++) {
    const [x, y] = [normals(10 + t, m), normals(100 + t, n)];
    network.learn(Float64Array.from(x), Float64Array.from(y));
    reading.learn(vectors([x]), vectors([y]));
  }
  const learned = network.weights();
  const read = reading.weights();
  for (const name of Object.keys(start)) {
    expect(relativeError(learned[name as 'W1']!, [...read[name]!.data]), name).toBeLessThan(1e-12);
  }
});
