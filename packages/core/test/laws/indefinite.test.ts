import { expect, test } from 'vitest';
import { createNetwork, DivergenceError, RandomStream, samplesOf, train } from '../../src/index.ts';

// M of similarity matching and Bio-CCA is a running average of z zᵀ, positive definite at rates below 1.

const [m, n, count] = [6, 4, 400];
const random = new RandomStream(1, 'indefinite');
/** Signals of two dimensions, in all inputs and in the second view. */
const S = Array.from({ length: count }, () => [2 * random.normal(), random.normal()] as const);
const mixed = (size: number) =>
  Float32Array.from({ length: count * size }, (_, i) => S[Math.floor(i / size)]![i % 2]! / (1 + (i % size)));
const [X, Y] = [mixed(m), mixed(n)];

async function learn(rule: 'similarity-matching' | 'bio-cca', M: number, samples: number) {
  const others = rule === 'bio-cca' ? ['Wx', 'Wy'] : ['W'];
  const labels = rule === 'bio-cca' ? n : 0;
  const rates = { ...Object.fromEntries(others.map((name) => [name, { eta0: 0.01 }])), M: { eta0: M } };
  const network = await createNetwork({ rule, inputs: m, labels, hidden: 2, seed: 1, rates });
  const data = labels ? samplesOf({ X, Y, inputs: m, labels }) : samplesOf({ X, inputs: m });
  for await (const _ of train(network, data, { samples, evaluateAt: [0, samples] }));
}

test.each(['similarity-matching', 'bio-cca'] as const)(
  '%s: M that is not is told at the next evaluation',
  async (rule) => {
    const failed = learn(rule, 1.2, 25);
    await expect(failed).rejects.toThrow(DivergenceError);
    await expect(failed).rejects.toThrow(
      `${rule} diverged by sample 25: M is no longer positive definite, so that cells do not come to rest; use a rate of M well below 1`,
    );
  },
);

test.each(['similarity-matching', 'bio-cca'] as const)('%s: at usual rates nothing is told', async (rule) => {
  await learn(rule, 0.02, 4000);
});
