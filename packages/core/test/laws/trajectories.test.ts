import { describe, expect, test } from 'vitest';
import { type CircuitSettings, createNetwork, type NetworkOptions, type Optimiser, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { normals, rates, relativeError } from '../fixtures.ts';
import { vectors } from '../readings.ts';
import { labelled } from '../registry.ts';
import { randomWeights, readingAt, sizes, transpose, type Weights } from './changes.ts';

// What holds along the way of a rule that aligns.

const eta = 0.1;

/** W_{l+1} − B_lᵀ of every hidden layer. */
function gaps(weights: Weights, depth: number): readonly number[] {
  return Array.from({ length: depth }, (_, i) => {
    const back = transpose(weights[`B${i + 1}`]!).data;
    return Array.from(weights[`W${i + 2}`]!.data, (w, at) => w - back[at]!);
  }).flat();
}

describe.each<Optimiser>([
  { kind: 'plain' },
  { kind: 'plain', weightDecay: 0.2 },
  { kind: 'momentum', momentum: 0.6, weightDecay: 0.2 },
  { kind: 'momentum', momentum: 0.6 },
  { kind: 'momentum', momentum: 0.6, weightDecay: 0.02, decoupled: true },
])('Kolen–Pollack with $kind, decay $weightDecay', (optimiser) => {
  const settings: CircuitSettings = { hidden: [4, 3], activation: 'tanh', output: 'sigmoid' };
  const options: NetworkOptions = {
    ...{ rule: 'kolen-pollack', ...sizes, ...settings, batch: 2, optimiser },
    rates: rates('kolen-pollack', { eta0: eta }, settings),
  };
  const updates = 40;
  const { X, Y } = labelled('sigmoid', 2, { count: 2 * updates, ...sizes });
  const weights = randomWeights('kolen-pollack', settings, 5);

  /** The difference after t updates, by the optimiser alone: what the two learn is the same. */
  const expectedGaps = (gap: readonly number[]) => {
    const { weightDecay = 0 } = optimiser;
    const isDecoupled = optimiser.kind === 'momentum' && optimiser.decoupled === true;
    const mu = optimiser.kind === 'momentum' ? optimiser.momentum! : 0;
    let [left, v] = [1, 0];
    for (let t = 0; t < updates; t++) {
      if (isDecoupled) left -= weightDecay * left;
      else {
        v = mu * v - weightDecay * left;
        left += eta * v;
      }
    }
    return gap.map((value) => left * value);
  };

  test('W_{l+1} − B_lᵀ shrinks as the optimiser alone makes it', async () => {
    const reading = new Reading(planNetwork(options), { weights });
    for (let first = 0; first < X.length; first += 2) {
      reading.learn(vectors(X.slice(first, first + 2)), vectors(Y.slice(first, first + 2)));
    }
    const expected = expectedGaps(gaps(weights, 2));
    const errors = gaps(reading.weights(), 2).map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-13);
    const moved = relativeError(reading.weights().W2!.data, Array.from(weights.W2!.data));
    expect(moved).toBeGreaterThan(0.1);

    const network = await createNetwork({ ...options, seed: 3 });
    const start = gaps(network.weights(), 2);
    network.partialFit(X.flat(), Y.flat());
    const kernelErrors = expectedGaps(start).map((value, i) => Math.abs(value - gaps(network.weights(), 2)[i]!));
    expect(Math.max(...kernelErrors)).toBeLessThan(1e-5);
  });
});

test('Kolen–Pollack without momentum: by λᵗ, λ = 1 − η decay', () => {
  const settings: CircuitSettings = { hidden: [5], activation: 'relu', output: 'softmax' };
  const blueprint = planNetwork({
    ...{ rule: 'kolen-pollack', ...sizes, ...settings, optimiser: { kind: 'plain', weightDecay: 0.3 } },
    rates: rates('kolen-pollack', { eta0: eta }, settings),
  });
  const weights = randomWeights('kolen-pollack', settings, 6);
  const reading = new Reading(blueprint, { weights });
  const { X, Y } = labelled('softmax', 3, { count: 60, ...sizes });
  for (const [t, x] of X.entries()) {
    reading.learn(vectors([x]), vectors([Y[t]!]));
    const expected = gaps(weights, 1).map((value) => (1 - eta * 0.3) ** (t + 1) * value);
    const errors = gaps(reading.weights(), 1).map((value, i) => Math.abs(value - expected[i]!));
    expect(Math.max(...errors)).toBeLessThan(1e-13);
  }
});

test.each([1, 3])('linear feedback alignment, batches of %d: W1 W1ᵀ − B W2 − W2ᵀ Bᵀ grows by ΔW1 ΔW1ᵀ', (batch) => {
  const settings: CircuitSettings = { hidden: [4], biases: false };
  const blueprint = planNetwork({
    ...{ rule: 'feedback-alignment', ...sizes, ...settings },
    rates: rates('feedback-alignment', { eta0: 0.05 }, settings),
  });
  const reading = new Reading(blueprint, { weights: randomWeights('feedback-alignment', settings, 7) });
  const { X, Y } = labelled('linear', 4, { count: 30, ...sizes });
  const k = 4;
  /** A Bᵀ, k × k, of two matrices of k rows. */
  const products = (A: ArrayLike<number>, B: ArrayLike<number>) => {
    const columns = A.length / k;
    return Array.from({ length: k * k }, (_, at) => {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += A[Math.floor(at / k) * columns + c]! * B[(at % k) * columns + c]!;
      return sum;
    });
  };
  const conserved = ({ W1, W2, B1 }: Weights) => {
    const up = transpose(W2!).data;
    const [own, across, back] = [products(W1!.data, W1!.data), products(B1!.data, up), products(up, B1!.data)];
    return own.map((value, at) => value - across[at]! - back[at]!);
  };
  for (let first = 0; first < X.length; first += batch) {
    const before = reading.weights();
    reading.learn(vectors(X.slice(first, first + batch)), vectors(Y.slice(first, first + batch)));
    const after = reading.weights();
    const change = Array.from(after.W1!.data, (w, i) => w - before.W1!.data[i]!);
    const grown = products(change, change);
    const errors = conserved(after).map((value, at) => Math.abs(value - conserved(before)[at]! - grown[at]!));
    expect(Math.max(...errors)).toBeLessThan(1e-13);
  }
});

describe('the weight mirror of linear cells: on average ΔB = η (s² Wᵀ − d B), s² = a² / 12', () => {
  const amplitude = 0.8;
  const variance = amplitude ** 2 / 12;
  /** E ξ⁴ of the uniform distribution from −a/2 to a/2. */
  const fourth = amplitude ** 4 / 80;
  const settings: CircuitSettings = { hidden: [3, 2], parameters: { amplitude, decay: 0.4 } };

  /** The standard deviation of ξ_i (W ξ)_j, entry by entry of Wᵀ. */
  const deviations = (W: readonly number[], cells: number) =>
    transpose({
      rows: W.length / cells,
      cols: cells,
      data: W.map((_, at) => {
        const row = W.slice(Math.floor(at / cells) * cells, Math.floor(at / cells) * cells + cells);
        const all = row.reduce((sum, w) => sum + w * w, 0);
        return Math.sqrt(variance ** 2 * (all - W[at]! ** 2) + (fourth - variance ** 2) * W[at]! ** 2);
      }),
    }).data;

  const layers = [
    { feedback: 'B1', forward: 'W2', cells: 3 },
    { feedback: 'B2', forward: 'W3', cells: 2 },
  ];

  test('in float64: 20,000 draws, five standard errors', () => {
    const weights = { ...randomWeights('weight-mirror', { ...settings, biases: false }, 9) };
    const reading = readingAt('weight-mirror', { ...settings, biases: false }, weights, 6);
    const [block, times] = [400, 50];
    const { X, Y } = labelled('linear', 5, { count: block, ...sizes });
    const all = Array.from({ length: times }, () => reading.respond(vectors(X), vectors(Y)).changes);
    for (const { feedback, forward, cells } of layers) {
      const W = Array.from(weights[forward]!.data);
      const spread = deviations(W, cells);
      const Wt = transpose(weights[forward]!).data;
      for (const [i, b] of Array.from(weights[feedback]!.data).entries()) {
        const mean = all.reduce((sum, each) => sum + each[feedback]!.data[i]!, 0) / times;
        const standardError = spread[i]! / Math.sqrt(block * times);
        expect(Math.abs(mean - (variance * Wt[i]! - 0.4 * b)), feedback).toBeLessThan(5 * standardError);
      }
    }
  });

  test('on the kernels, without decay: B grows from nothing by s² Wᵀ an update', async () => {
    const own: CircuitSettings = { ...settings, biases: false, parameters: { amplitude } };
    const [batch, updates] = [50, 400];
    const silent = { rows: 3, cols: 2, data: new Float32Array(6) };
    const network = await createNetwork({
      ...{ rule: 'weight-mirror', ...sizes, ...own, batch, seed: 2 },
      rates: { W: { eta0: 1e-30 }, B: { eta0: 1 } },
      weights: { B1: silent, B2: { rows: 2, cols: 3, data: new Float32Array(6) } },
    });
    const { W2, W3 } = network.weights();
    network.partialFit(normals(1, batch * updates * sizes.inputs), normals(2, batch * updates * sizes.labels));
    const end = network.weights();
    for (const { feedback, forward, cells } of layers) {
      const matrix = { W2, W3 }[forward]!;
      const spread = deviations(Array.from(matrix.data), cells);
      const Wt = transpose(matrix).data;
      for (const [i, b] of Array.from(end[feedback]!.data).entries()) {
        const standardError = spread[i]! / Math.sqrt(batch * updates);
        expect(Math.abs(b / updates - variance * Wt[i]!), feedback).toBeLessThan(5 * standardError);
      }
    }
  });
});
