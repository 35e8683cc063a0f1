import { optimum } from '@apical/core';
import { loadImages, preprocess } from '@apical/data';
import { expect, test } from 'vitest';

if (!process.env.APICAL_DATA)
  console.warn('Skipped: the optima of CIFAR. Name a folder with its test sets in APICAL_DATA.');

test.skipIf(!process.env.APICAL_DATA).each([
  ['cifar-10', 4, 0.77379],
  ['cifar-100', 8, 0.96575],
])('%s: the optimum of Figure 3', async (set, hidden, value) => {
  const images = await loadImages({ set, split: 'test' });
  const samples = preprocess(images, { inputs: 'standardised', labels: 'one-hot-centred' });
  const best = await optimum(samples, { hidden, ridge: 0.1 });
  expect(Math.abs(best.value - value)).toBeLessThan(1e-5);
});
