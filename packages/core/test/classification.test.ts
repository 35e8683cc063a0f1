import { expect, test } from 'vitest';
import { accuracy, createNetwork, type Samples } from '../src/index.ts';
import { randomSamples, rates, smallOptions } from './fixtures.ts';

/** A network whose ŷ is (x0, x1, 1.5 x2). */
async function knownNetwork() {
  const W1 = { rows: 3, cols: 3, data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) };
  const W2 = { rows: 3, cols: 3, data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1.5) };
  const rate = rates('backprop', { eta0: 0.01 });
  return createNetwork({ rule: 'backprop', inputs: 3, labels: 3, hidden: 3, rates: rate, weights: { W1, W2 } });
}

function bytesAs(pixels: readonly number[], classes: readonly number[]): Samples {
  const targets = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const counts = { count: classes.length, inputs: 3, labels: 3 };
  return {
    ...counts,
    raw: Uint8Array.from(pixels),
    classes: Uint8Array.from(classes),
    targets,
    scale: 1,
    offset: 0,
  };
}

test('the class of a sample is the largest entry of what is predicted, the first of equal ones', async () => {
  const network = await knownNetwork();
  const samples = bytesAs([9, 1, 0, 1, 9, 0, 9, 9, 7, 5, 5, 0, 3, 0, 2], [0, 0, 2, 1, 2]);
  expect([...network.predictClass(samples)]).toEqual([0, 1, 2, 0, 0]);
  expect(network.score(samples)).toBe(2 / 5);
  expect(accuracy(network, samples)).toBe(2 / 5);
});

test('data sets of any length are classified as their samples are one by one', async () => {
  const samples = randomSamples(3, { count: 9000 });
  const network = await createNetwork(smallOptions('bmvr', { seed: 2 }));
  const outputs = network.predictSamples(samples, 0, 9000);
  const expected = Array.from({ length: 9000 }, (_, i) => {
    const row = outputs.subarray(3 * i, 3 * i + 3);
    return row.indexOf(Math.max(...row));
  });
  expect([...network.predictClass(samples)]).toEqual(expected);
  expect(() => network.predictClass({ ...samples, inputs: 6 })).toThrow('the network 7 and 3');
});
