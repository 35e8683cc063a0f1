import { describe, expect, test } from 'vitest';
import type { CircuitSettings, Numbers } from '../../../src/index.ts';
import { relativeError } from '../../fixtures.ts';
import { labelled } from '../../registry.ts';
import { changesOf, randomWeights, sizes, transpose, type Weights } from '../changes.ts';
import { rule, slope } from './networks.ts';

describe.each(['tanh', 'relu', 'linear'] as const)('with A_l = W_{l+1}ᵀ, %s cells', (activation) => {
  const settings: CircuitSettings = { hidden: [4, 3, 2], activation, biases: true };
  const [gain, radius] = [1.7, 0.6];
  const means = [0.2, -0.1, 0.3];
  const { X, Y } = labelled('linear', 9, { count: 3, ...sizes });
  /** The smallest |u| of rectified cells. */
  let nearest = Number.POSITIVE_INFINITY;
  const relu = (u: number) => {
    nearest = Math.min(nearest, Math.abs(u));
    return Math.max(u, 0);
  };
  const f = { tanh: Math.tanh, relu, linear: (u: number) => u }[activation];

  /** h_1 … h_3 of a sample, and what objective (4) says of each layer: yᵀy − 2 yᵀVᵀh + ‖V‖² ρ + ‖Qᵀh‖² − ρ ‖Q‖². */
  const objectives = (weights: Weights, x: readonly number[], y: readonly number[]) => {
    let below = x;
    return [1, 2, 3].map((l) => {
      const product = (name: string, s: readonly number[]) => {
        const { rows, cols, data } = weights[name]!;
        return Array.from({ length: rows }, (_, i) =>
          s.reduce((sum, value, j) => sum + data[i * cols + j]! * value, 0),
        );
      };
      const h = product(`W${l}`, below).map((u, i) => {
        return f(u + weights[`b${l}`]!.data[i]!) - (activation === 'linear' ? 0 : means[l - 1]!);
      });
      below = h;
      const inner = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
      const Q = transpose(weights[`Q${l}`]!);
      const n = Array.from({ length: Q.rows }, (_, i) =>
        inner(h, Array.from(Q.data).slice(i * Q.cols, (i + 1) * Q.cols)),
      );
      const squares = (name: string) => Array.from(weights[name]!.data).reduce((sum, value) => sum + value ** 2, 0);
      return (
        inner(y, y) - 2 * inner(product(`V${l}`, y), h) + inner(n, n) + radius * (squares(`V${l}`) - squares(`Q${l}`))
      );
    });
  };

  /** Σ_{m ≥ l} g^{m−l} 𝓛_m, its mean over the samples. */
  const total = (weights: Weights, l: number) =>
    X.reduce((sum, x, s) => {
      const each = objectives(weights, x, Y[s]!);
      return sum + each.slice(l - 1).reduce((all, value, i) => all + gain ** i * value, 0);
    }, 0) / X.length;

  test('W_l and b_l gain −½ ∂/∂ of Σ_{m ≥ l} g^{m−l} × objective (4) of layer m; V_l the same, Q_l the opposite of its own', () => {
    const drawn = clearWeights();
    const weights = { ...drawn, A1: transpose(drawn.W2!), A2: transpose(drawn.W3!) };
    // The running means are held where they are by a rate of next to nothing.
    const frozen = activation === 'linear' ? {} : { meanRate: 1e-300 };
    const start = { ...weights, ...lastingMeans(activation, settings) };
    const changes = changesOf(rule, { ...settings, ...frozen }, start, { X, Y }, { gain, radius });
    for (const l of [1, 2, 3]) {
      const wanted = [
        { name: `W${l}`, factor: -0.5 },
        { name: `b${l}`, factor: -0.5 },
        { name: `V${l}`, factor: -0.5 },
        { name: `Q${l}`, factor: 0.5 },
      ];
      for (const { name, factor } of wanted) {
        const expected = Array.from(weights[name as 'A1']!.data, (_, i) => {
          return factor * slope((step) => total(moved(weights, name, i, step), l), 5e-4);
        });
        expect(relativeError(changes[name]!, expected), name).toBeLessThan(1e-9);
      }
    }
  });

  /** Weights at which no rectified cell is near to where it bends. */
  function clearWeights(): Record<string, Numbers> {
    for (let seed = 4; ; seed++) {
      const weights = randomWeights(rule, settings, seed);
      nearest = Number.POSITIVE_INFINITY;
      total(weights, 1);
      if (nearest > 0.02) return weights;
    }
  }

  function lastingMeans(kind: typeof activation, { hidden }: CircuitSettings): Weights {
    if (kind === 'linear') return {};
    return Object.fromEntries(
      (hidden as number[]).map((rows, i) => [`zbar${i + 1}`, { rows, cols: 1, data: Array(rows).fill(means[i]) }]),
    );
  }
});

/** The weights with one entry moved. */
function moved(weights: Weights, name: string, at: number, step: number): Weights {
  const { data, ...shape } = weights[name]!;
  return { ...weights, [name]: { ...shape, data: Array.from(data, (value, i) => (i === at ? value + step : value)) } };
}
