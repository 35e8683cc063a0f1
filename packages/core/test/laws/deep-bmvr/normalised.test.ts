import { describe, expect, test } from 'vitest';
import { type CircuitSettings, layOut } from '../../../src/index.ts';
import { findRule } from '../../../src/rules/registry.ts';
import { relativeError } from '../../fixtures.ts';
import { vectors } from '../../readings.ts';
import { learningOf } from '../../registry.ts';
import { changesOf, randomWeights, sizes, transpose, type Weights } from '../changes.ts';
import { after, readingFrom, rule, samples, three } from './networks.ts';

describe('normalised', () => {
  const settings = { ...three, parameters: { normalised: true } };
  const one = { X: samples.X.slice(0, 1), Y: samples.Y.slice(0, 1) };

  /** A signal of what is learned from the one sample, by its symbol. */
  const signalOf = (own: CircuitSettings, weights: Weights, symbol: string, X = one.X) => {
    const { signals } = readingFrom(own, weights).respond(vectors(X), vectors(one.Y));
    const learning = learningOf(layOut(findRule(rule), own, sizes));
    return [...signals[learning.signals.findIndex((each) => each.symbol === symbol)]![0]!];
  };
  const power = (h: readonly number[]) => h.reduce((sum, value) => sum + value ** 2, 0);

  test('what W_l and A_{l−1} gain from a sample is divided by 1 + ‖h_{l−1}‖², what b_l gains by 1 + k_{l−1}', () => {
    const weights = randomWeights(rule, three, 21);
    const plain = changesOf(rule, three, weights, one);
    const divided = changesOf(rule, three, weights, one, { normalised: true });
    const [h0, h1, h2] = [one.X[0]!, signalOf(three, weights, 'h1'), signalOf(three, weights, 'h2')];
    const divisors: Record<string, number> = {
      ...{ W1: 1 + power(h0), W2: 1 + power(h1), W3: 1 + power(h2), A1: 1 + power(h1), A2: 1 + power(h2) },
      ...{ b1: 1 + h0.length, b2: 1 + h1.length, b3: 1 + h2.length },
    };
    expect(Object.keys(divided)).toEqual(Object.keys(plain));
    for (const [name, change] of Object.entries(plain)) {
      const by = divisors[name] ?? 1;
      const expected = [...change].map((value) => value / by);
      expect(relativeError(divided[name]!, expected), name).toBeLessThan(1e-13);
    }
  });

  test('a step on a sample moves the current that it causes by η_l p_l, less 1 in 1 + ‖x‖², however large the input is', () => {
    const smooth = { ...settings, activation: 'tanh' } as const;
    const weights = randomWeights(rule, smooth, 22);
    for (const size of [1, 10, 1000]) {
      const x = one.X[0]!.map((value) => size * value);
      const W1 = { ...weights.W1!, data: Array.from(weights.W1!.data, (value) => value / size) };
      const changes = changesOf(rule, smooth, { ...weights, W1 }, { X: [x], Y: one.Y }, { normalised: true });
      const p = signalOf(smooth, { ...weights, W1 }, 'p1', [x]);
      const moved = p.map((_, i) => x.reduce((sum, each, j) => sum + changes.W1![i * x.length + j]! * each, 0));
      expect(Math.max(...p.map(Math.abs))).toBeGreaterThan(0.01);
      const expected = p.map((value) => value * (1 - 1 / (1 + power(x))));
      expect(relativeError(moved, expected), `${size}`).toBeLessThan(1e-12);
    }
  });

  test('A_l − W_{l+1}ᵀ stays as it is', () => {
    const weights = randomWeights(rule, three, 23);
    const end = after({ ...settings, batch: 2 }, weights);
    for (const l of [1, 2]) {
      const gap = (each: Weights) => {
        const forward = transpose(each[`W${l + 1}`]!).data;
        return Array.from(each[`A${l}`]!.data, (a, i) => a - forward[i]!);
      };
      expect(Math.max(...gap(end).map((value, i) => Math.abs(value - gap(weights)[i]!)))).toBeLessThan(1e-13);
      expect(relativeError(end[`A${l}`]!.data, Array.from(weights[`A${l}`]!.data))).toBeGreaterThan(0.001);
    }
  });
});
