import { describe, expect, test } from 'vitest';
import { type CircuitSettings, createNetwork, layOut } from '../../../src/index.ts';
import { findRule } from '../../../src/rules/registry.ts';
import { relativeError } from '../../fixtures.ts';
import { readingOf, vectors } from '../../readings.ts';
import { isClear, labelled, learningOf } from '../../registry.ts';
import { randomWeights, readingAt, sizes, transpose, type Weights } from '../changes.ts';
import { after, rates, rule, samples, three } from './networks.ts';

test.each([0, 0.3])('A_l − W_{l+1}ᵀ is multiplied by Π (1 − η λ), weight decay %d', (weightDecay) => {
  const weights = randomWeights(rule, three, 3);
  const end = after({ ...three, batch: 2, optimiser: { kind: 'plain', weightDecay } }, weights);
  const left = (1 - rates.W.eta0 * weightDecay) ** (samples.X.length / 2);
  for (const l of [1, 2]) {
    const gap = (each: Weights) => {
      const forward = transpose(each[`W${l + 1}`]!).data;
      return Array.from(each[`A${l}`]!.data, (a, i) => a - forward[i]!);
    };
    const errors = gap(end).map((value, i) => Math.abs(value - left * gap(weights)[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-13);
    expect(relativeError(end[`A${l}`]!.data, Array.from(weights[`A${l}`]!.data))).toBeGreaterThan(0.01);
  }
});

test('R_l − Q_lᵀ shrinks by 1 − η_Q ρ with each update', () => {
  const settings = { ...three, parameters: { radius: 0.7, decoupled: true } };
  const weights = randomWeights(rule, settings, 10);
  const end = after(settings, weights);
  const left = (1 - rates.Q.eta0 * 0.7) ** samples.X.length;
  for (const l of [1, 2, 3]) {
    const gap = (each: Weights) => {
      const back = transpose(each[`Q${l}`]!).data;
      return Array.from(each[`R${l}`]!.data, (r, i) => r - back[i]!);
    };
    const errors = gap(end).map((value, i) => Math.abs(value - left * gap(weights)[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-13);
  }
});

describe('the mirror by the cells’ own noise', () => {
  const [noise, mirror] = [0.3, 0.5];
  const settings: CircuitSettings = { hidden: [3, 4, 2], biases: true, activation: 'tanh' };
  const parameters = { noise, mirror };

  test('A_l gains the product and m (W_{l+1}ᵀ − A_l) on average: 20,000 draws, five standard errors', () => {
    const weights = randomWeights(rule, settings, 8);
    const { X, Y } = labelled('linear', 5, { count: 1, ...sizes });
    const [block, times] = [400, 50];
    const silent = { ...weights, ...zeros(weights, ['V1', 'V2', 'V3', 'Q1', 'Q2', 'Q3']) };
    // Without labels and interneurons there is no plateau: what is left is the mirror.
    const reading = readingAt(rule, { ...settings, parameters }, silent, 6);
    const [x, y] = [vectors(Array(block).fill(X[0])), vectors(Array(block).fill(Y[0]))];
    const all = Array.from({ length: times }, () => reading.respond(x, y).changes);
    for (const l of [1, 2]) {
      const forward = transpose(weights[`W${l + 1}`]!).data;
      const A = Array.from(weights[`A${l}`]!.data);
      const errors = A.map((a, i) => {
        const each = all.map((changes) => changes[`A${l}`]!.data[i]!);
        const mean = each.reduce((sum, value) => sum + value, 0) / times;
        const variance = each.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (times - 1);
        return Math.abs(mean - mirror * (forward[i]! - a)) / Math.sqrt(variance / times);
      });
      expect(Math.max(...errors)).toBeLessThan(5);
    }
  });

  test('there is no noise where it is off, nor in what is predicted', async () => {
    const { circuit, behaviour } = layOut(findRule(rule), settings, sizes);
    expect(learningOf({ circuit, behaviour }).operations.some(({ kind }) => kind === 'noise')).toBe(false);
    const network = await createNetwork({ rule, ...sizes, ...settings, parameters, rates });
    const X = samples.X.flat();
    expect(network.predict(X)).toEqual(network.predict(X));
    const reading = readingOf(network);
    expect(
      isClear(learningOf(network.blueprint), reading.learn(vectors([samples.X[0]!]), vectors([samples.Y[0]!])), {}),
    ).toBe(true);
  });

  function zeros(weights: Weights, names: readonly string[]): Weights {
    return Object.fromEntries(
      names.map((name) => [name, { ...weights[name]!, data: new Float64Array(weights[name]!.data.length) }]),
    );
  }
});
