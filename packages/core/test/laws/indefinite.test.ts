import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  DivergenceError,
  learnStream,
  type Network,
  RandomStream,
  samplesOf,
  train,
} from '../../src/index.ts';

// M of similarity matching and Bio-CCA is a running average of z zᵀ, positive definite at rates below 1.

const [m, n, count] = [6, 4, 400];
const random = new RandomStream(1, 'indefinite');
/** Signals of two dimensions, in all inputs and in the second view. */
const S = Array.from({ length: count }, () => [2 * random.normal(), random.normal()] as const);
const mixed = (size: number) =>
  Float32Array.from({ length: count * size }, (_, i) => S[Math.floor(i / size)]![i % 2]! / (1 + (i % size)));
const [X, Y] = [mixed(m), mixed(n)];

type Rule = 'similarity-matching' | 'bio-cca';
const rules: readonly Rule[] = ['similarity-matching', 'bio-cca'];

async function made(rule: Rule, M: number) {
  const others = rule === 'bio-cca' ? ['Wx', 'Wy'] : ['W'];
  const labels = rule === 'bio-cca' ? n : 0;
  const rates = { ...Object.fromEntries(others.map((name) => [name, { eta0: 0.01 }])), M: { eta0: M } };
  const network = await createNetwork({ rule, inputs: m, labels, hidden: 2, seed: 1, rates });
  return { network, data: labels ? samplesOf({ X, Y, inputs: m, labels }) : samplesOf({ X, inputs: m }) };
}

async function learn(rule: Rule, M: number, samples: number, evaluateAt = [0, samples]) {
  const { network, data } = await made(rule, M);
  for await (const _ of train(network, data, { samples, evaluateAt }));
}

const told = (rule: string, samples: string) =>
  `${rule} diverged by sample ${samples}: M is no longer positive definite, so that cells do not come to rest; use a rate of M well below 1`;

describe.each(rules)('%s: M that is not', (rule) => {
  test.each([
    ['evaluation', [0, 25]],
    ['end', []],
  ] as const)('is told by train at the %s', async (_, evaluateAt) => {
    const failed = learn(rule, 1.2, 25, [...evaluateAt]);
    await expect(failed).rejects.toThrow(DivergenceError);
    await expect(failed).rejects.toThrow(told(rule, '25'));
  });

  test('is told by fit, and by learnStream when the stream ends', async () => {
    const { network, data } = await made(rule, 1.2);
    expect(() => network.fit(data)).toThrow(told(rule, '400'));
    network.restart();
    const second = network.labels > 0 ? Y : [];
    expect(() => network.fit(X, second)).toThrow(told(rule, '400'));
    network.restart();
    await expect(learnStream(network, itemsOf(network, 25))).rejects.toThrow(told(rule, '25'));
  });

  test('is told on the way, after the same samples however they come, and ends learning', async () => {
    const { network, data } = await made(rule, 1.2);
    const [x, y] = [X.subarray(0, m), network.labels > 0 ? Y.subarray(0, n) : []];
    const failure = await learnStream(network, itemsOf(network, Number.POSITIVE_INFINITY)).catch((error) => error);
    expect(failure).toBeInstanceOf(DivergenceError);
    const { sample } = failure as DivergenceError;
    expect(sample % 8192).toBe(0);
    network.restart();
    const numbers = Uint32Array.from({ length: sample + 100 }, (_, i) => i % count);
    expect(() => network.learnSamples(data, numbers)).toThrow(told(rule, sample.toLocaleString('en')));
    expect(() => network.learn(x, y)).toThrow(told(rule, sample.toLocaleString('en')));
  });

  test('is told by what is computed, which a network that starts anew can do again', async () => {
    const { network, data } = await made(rule, 1.2);
    for (const { x, y } of itemsOf(network, 25)) network.learn(x, y);
    for (const compute of [
      () => network.transform(X),
      () => network.objective(data),
      ...(network.labels > 0 ? [() => network.transformBoth(data)] : []),
    ]) {
      expect(compute).toThrow(told(rule, '25'));
    }
    network.restart();
    expect(network.transform(X).every(Number.isFinite)).toBe(true);
  });
});

/** So many samples, again and again those that there are. */
function* itemsOf({ labels }: Network, length: number) {
  for (let i = 0; i < length; i++) {
    const t = i % count;
    yield { x: X.subarray(t * m, (t + 1) * m), y: labels > 0 ? Y.subarray(t * n, (t + 1) * n) : [] };
  }
}

test.each(rules)('%s: at usual rates nothing is told', async (rule) => {
  await learn(rule, 0.02, 10_000);
});
