import { describe, expect, test } from 'vitest';
import { type CircuitSettings, createNetwork, type NetworkOptions, Reading } from '../../../src/index.ts';
import { planNetwork } from '../../../src/network/options.ts';
import { relativeError } from '../../fixtures.ts';
import { teach } from '../../readings.ts';
import { randomWeights, sizes, transpose, type Weights } from '../changes.ts';
import { after, rates, rule, samples } from './networks.ts';

/** The weights of one hidden layer by the names that BMVR has. */
function asBmvr({ W1, V1, Q1, R1 }: Weights): Weights {
  return { W1: W1!, W2: transpose(V1!), Q: Q1!, ...(R1 && { R: R1 }) };
}

describe.each<CircuitSettings & Partial<NetworkOptions>>([
  { hidden: 3 },
  { hidden: 3, activation: 'relu' },
  { hidden: 3, activation: 'relu', meanRate: 0.05 },
  { hidden: 3, activation: 'tanh', meanRate: 0.05, batch: 4 },
  { hidden: 3, activation: 'relu', meanRate: 0.05, decoupled: true },
])('one hidden layer is BMVR: $activation $meanRate $batch $decoupled', (settings) => {
  const weights = randomWeights(rule, { ...settings, biases: false }, 1);
  const named = asBmvr(weights);
  const bmvrRates = { W1: rates.W, W2: rates.V, Q: rates.Q };
  const bmvr = { rule: 'bmvr', ...sizes, ...settings, rates: bmvrRates };

  test('to the last bit of float64', () => {
    const own = after({ ...settings, biases: false }, weights);
    const reading = new Reading(planNetwork(bmvr), { weights: named });
    teach(reading, samples.X, samples.Y, settings.batch);
    const { W1, W2, Q, zbar } = reading.weights();
    expect(own.W1!.data).toEqual(W1!.data);
    expect(Array.from(own.V1!.data)).toEqual(Array.from(transpose(W2!).data));
    expect(own.Q1!.data).toEqual(Q!.data);
    expect(own.zbar1?.data).toEqual(zbar?.data);
  });

  test('a bias is a weight from an input that is always 1', () => {
    const biased = randomWeights(rule, { ...settings, biases: true }, 2);
    const { rows } = biased.W1!;
    const joined = {
      rows,
      cols: sizes.inputs + 1,
      data: Array.from({ length: rows }, (_, i) => [
        ...Array.from(biased.W1!.data).slice(i * sizes.inputs, (i + 1) * sizes.inputs),
        biased.b1!.data[i]!,
      ]).flat(),
    };
    const options = { ...bmvr, inputs: sizes.inputs + 1 };
    const reading = new Reading(planNetwork(options), {
      weights: { ...asBmvr(biased), W1: joined },
    });
    teach(
      reading,
      samples.X.map((x) => [...x, 1]),
      samples.Y,
      settings.batch,
    );
    const own = after({ ...settings, biases: true }, biased);
    const W1 = Array.from({ length: rows }, (_, i) => [
      ...Array.from(own.W1!.data).slice(i * sizes.inputs, (i + 1) * sizes.inputs),
      own.b1!.data[i]!,
    ]).flat();
    expect(relativeError(reading.weights().W1!.data, W1)).toBeLessThan(1e-13);
    expect(relativeError(reading.weights().Q!.data, Array.from(own.Q1!.data))).toBeLessThan(1e-13);
  });

  test('it predicts as BMVR does', async () => {
    const [deep, plain] = await Promise.all(
      [
        { rule, ...sizes, ...settings, biases: false, rates, weights: float32(weights) },
        { ...bmvr, weights: float32(named) },
      ].map(createNetwork),
    );
    for (const each of [deep!, plain!]) each.partialFit(samples.X.flat(), samples.Y.flat());
    const [X, expected] = [samples.X.flat(), plain!.predict(samples.X.flat())];
    expect(relativeError(deep!.predict(X), [...expected])).toBeLessThan(2e-5);
  });
});

function float32(weights: Weights): NonNullable<NetworkOptions['weights']> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, { rows, cols, data }]) => [
      name,
      { rows, cols, data: Float32Array.from(data) },
    ]),
  );
}
