import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import {
  auditCircuit,
  type CircuitSettings,
  createNetwork,
  describeCircuit,
  layOut,
  type NetworkOptions,
  type Numbers,
  Reading,
} from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { findRule } from '../../src/rules/registry.ts';
import { normals, relativeError } from '../fixtures.ts';
import { readingOf, teach, vectors } from '../readings.ts';
import { isClear, labelled, learningOf } from '../registry.ts';
import { changesOf, randomWeights, readingAt, sizes, transpose, type Weights } from './changes.ts';

const rule = 'deep-bmvr';
const rates = { W: { eta0: 0.03 }, V: { eta0: 0.02 }, Q: { eta0: 0.04 } };
const samples = labelled('linear', 7, { count: 36, ...sizes });

/** The reading of a network from the weights. */
function readingFrom(settings: CircuitSettings & Partial<NetworkOptions>, weights: Weights): Reading {
  return new Reading(planNetwork({ rule, ...sizes, rates, ...settings }), { weights });
}

function after(settings: CircuitSettings & Partial<NetworkOptions>, weights: Weights): Weights {
  const reading = readingFrom(settings, weights);
  teach(reading, samples.X, samples.Y, settings.batch);
  return reading.weights();
}

/** The weights of the same names and of no others. */
function only(weights: Weights, names: (name: string) => boolean): Weights {
  return Object.fromEntries(Object.entries(weights).filter(([name]) => names(name)));
}

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

const three: CircuitSettings = { hidden: [4, 3, 5], activation: 'relu', meanRate: 0.05, biases: true };

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

/** The derivative at 0, of sixth order in h. */
function slope(of: (step: number) => number, h = 0.005): number {
  const odd = (times: number) => of(times * h) - of(-times * h);
  return (45 * odd(1) - 9 * odd(2) + odd(3)) / (60 * h);
}

describe('one direction: w, v and q about the optimum', () => {
  // One sample again and again: c = x², s = x y.
  const [c, s, radius] = [1.3, 0.8, 0.9];
  const x = Math.sqrt(c);
  const y = s / x;
  const settings: CircuitSettings = { hidden: 1, parameters: { radius }, biases: false };
  const scalar = (value: number) => ({ rows: 1, cols: 1, data: [value] });
  const w = Math.sqrt(radius / c);
  const optimum = { w, v: (w * s) / radius, q: s / Math.sqrt(radius * c) };
  type State = typeof optimum;

  const readingFromState = (own: State, eta: number, etaV: number, etaQ: number) =>
    new Reading(
      planNetwork({
        ...{ rule, inputs: 1, labels: 1, ...settings },
        rates: { W: { eta0: eta }, V: { eta0: etaV }, Q: { eta0: etaQ } },
      }),
      { weights: { W1: scalar(own.w), V1: scalar(own.v), Q1: scalar(own.q) } },
    );
  const stateOf = (reading: Reading): State => {
    const { W1, V1, Q1 } = reading.weights();
    return { w: W1!.data[0]!, v: V1!.data[0]!, q: Q1!.data[0]! };
  };
  const step = (reading: Reading) => reading.learn(vectors([[x]]), vectors([[y]]));
  const names = ['w', 'v', 'q'] as const;

  test('the optimum stays', () => {
    const reading = readingFromState(optimum, 0.1, 0.1, 0.1);
    step(reading);
    for (const name of names) expect(stateOf(reading)[name]).toBeCloseTo(optimum[name], 14);
  });

  test.each([
    [0.01, 0.003, 0.03],
    [0.05, 0.2, 0.01],
  ])('rates %d, %d, %d: λ³ + (α + β) λ² + ω0² λ + ω0² β', (eta, etaV, etaQ) => {
    /** What the state changes by in a step, by how much it is away from the optimum. */
    const columns = names.map((name) =>
      names.map((of) =>
        slope((away) => {
          const from = { ...optimum, [name]: optimum[name] + away / 10 };
          const reading = readingFromState(from, eta, etaV, etaQ);
          step(reading);
          return 10 * (stateOf(reading)[of] - from[of]);
        }),
      ),
    );
    const at = (row: number, column: number) => columns[column]![row]!;
    const minor = (i: number, j: number) => at(i, i) * at(j, j) - at(i, j) * at(j, i);
    const trace = at(0, 0) + at(1, 1) + at(2, 2);
    const determinant =
      at(0, 0) * minor(1, 2) -
      at(0, 1) * (at(1, 0) * at(2, 2) - at(1, 2) * at(2, 0)) +
      at(0, 2) * (at(1, 0) * at(2, 1) - at(1, 1) * at(2, 0));
    const alpha = (eta * s ** 2) / radius;
    const beta = etaV * radius;
    const omega2 = 4 * eta * etaQ * s ** 2;
    expect(-trace / (alpha + beta)).toBeCloseTo(1, 8);
    expect((minor(0, 1) + minor(0, 2) + minor(1, 2)) / omega2).toBeCloseTo(1, 8);
    expect(-determinant / (omega2 * beta)).toBeCloseTo(1, 8);
  });

  /** By how much the distance to the optimum grows a step, and how often q passes it, in radians a step. */
  const oscillation = (eta: number, etaV: number, etaQ: number) => {
    const reading = readingFromState({ ...optimum, q: optimum.q * 1.001 }, eta, etaV, etaQ);
    const [peaks, passes]: [{ t: number; size: number }[], number[]] = [[], []];
    const away: number[] = [];
    for (let t = 0; t < 60_000 && peaks.length < 40; t++) {
      step(reading);
      away.push(stateOf(reading).q - optimum.q);
      const [a, b, last] = away.slice(-3);
      if (last === undefined) continue;
      if (b! > 0 && last <= 0) passes.push(t);
      if (b! > a! && b! > last) peaks.push({ t, size: b! });
    }
    const [first, end] = [peaks[10]!, peaks.at(-1)!];
    return {
      growth: Math.log(end.size / first.size) / (end.t - first.t),
      frequency: (2 * Math.PI * (passes.length - 11)) / (passes.at(-1)! - passes[10]!),
    };
  };

  // α − ω0² − (α + β)² is what damps; with it below zero the oscillation grows.
  test.each([
    { eta: 0.01, etaV: 0.003, etaQ: 0.03 },
    { eta: 0.01, etaV: 0.01, etaQ: 0.1 },
    { eta: 0.01, etaV: 0.2, etaQ: 0.1 },
    { eta: 0.01, etaV: 0.003, etaQ: 0.4 },
  ])('it circles with ω0, and damps where α > ω0² + (α + β)²: %o', ({ eta, etaV, etaQ }) => {
    const alpha = (eta * s ** 2) / radius;
    const beta = etaV * radius;
    const omega2 = 4 * eta * etaQ * s ** 2;
    const { growth, frequency } = oscillation(eta, etaV, etaQ);
    expect(Math.sign(growth)).toBe(alpha > omega2 + (alpha + beta) ** 2 ? -1 : 1);
    expect(Math.abs(frequency / Math.sqrt(omega2) - 1)).toBeLessThan(0.1);
    const expected = omega2 / 2 - (alpha * omega2) / (2 * (omega2 + (alpha + beta) ** 2));
    expect(Math.abs(growth / expected - 1)).toBeLessThan(0.2);
  });
});

test('gain 0: a layer learns as if there were none above it', () => {
  const settings = { ...three, parameters: { gain: 0 } };
  const weights = randomWeights(rule, three, 5);
  const whole = after(settings, weights);
  const isOf = (l: number) => (name: string) =>
    Number(name.at(-1)) <= l && !(name.startsWith('A') && name.endsWith(`${l}`));
  for (const l of [1, 2]) {
    const lower = { ...settings, hidden: [4, 3, 5].slice(0, l) };
    const own = after(lower, only(weights, isOf(l)));
    for (const [name, { data }] of Object.entries(own)) expect(data, name).toEqual(whole[name]!.data);
  }
});

test('the label to the top only is the label everywhere with V_l = Q_l = 0 below', () => {
  const weights = randomWeights(rule, three, 6);
  const silent = Object.fromEntries(
    ['V1', 'V2', 'Q1', 'Q2'].map((name) => {
      const { rows, cols } = weights[name]!;
      return [name, { rows, cols, data: new Float64Array(rows * cols) }];
    }),
  );
  const everywhere = changesOf(rule, three, { ...weights, ...silent }, samples);
  const top = changesOf(
    rule,
    three,
    only(weights, (name) => !Object.hasOwn(silent, name)),
    samples,
    { label: 'top' },
  );
  expect(Object.keys(top)).toHaveLength(10);
  for (const [name, change] of Object.entries(top)) {
    expect(relativeError(change, [...everywhere[name]!]), name).toBeLessThan(1e-13);
  }
});

test('the audit: synapses see what their two ends have; no transport, no error', () => {
  const audit = auditCircuit(describeCircuit(rule, { hidden: [8, 8, 8], activation: 'relu' }));
  const ends = audit.synapses.map(({ synapses, post, pre }) => `${synapses}: ${post?.expression}, ${pre?.expression}`);
  expect(ends).toEqual([
    ...['W1: p1, x', 'b1: p1, 1', 'V1: h1, y', 'Q1: h1, n1', 'A1: h1, p2'],
    ...['W2: p2, h1', 'b2: p2, 1', 'V2: h2, y', 'Q2: h2, n2', 'A2: h2, p3'],
    ...['W3: p3, h2', 'b3: p3, 1', 'V3: h3, y', 'Q3: h3, n3'],
  ]);
  expect(audit).toMatchObject({ weightTransport: [], explicitErrors: [], phases: 1, local: true });
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

test('at the end interneurons hold every layer within ρ, and no read-out of it does better than its own by much', async () => {
  const radius = 0.8;
  const [inputs, labels, count] = [6, 2, 300];
  const X = normals(11, inputs * count);
  const at = (t: number, i: number) => X[t * inputs + i]!;
  const Y = Array.from({ length: count }, (_, t) => [at(t, 0) * at(t, 1), Math.abs(at(t, 2)) - Math.sqrt(2 / Math.PI)]);
  const network = await createNetwork({
    ...{ rule, inputs, labels, hidden: [12, 8], activation: 'relu', meanRate: 0.01, batch: 10, seed: 2 },
    parameters: { radius, gain: 1 },
    rates: Object.fromEntries(
      Object.entries({ W: 0.05, V: 0.003, Q: 0.03 }).map(([name, eta0]) => {
        return [name, { eta0, linear: { over: 60 * count, to: 0.01 } }];
      }),
    ),
  });
  network.fit(X, Y.flat(), { epochs: 600 });
  const reading = readingOf(network);
  const { circuit, behaviour } = network.blueprint;
  const learning = learningOf({ circuit, behaviour });
  const { signals } = reading.respond(vectors(rowsOf(X, inputs)), vectors(Y));
  const activity = (symbol: string) => {
    const { id } = learning.signals.find((each) => each.symbol === symbol)!;
    return new Matrix(signals[id]!.map((row) => [...row]));
  };
  for (const symbol of ['h1', 'h2']) {
    const h = activity(symbol);
    const power = h.transpose().mmul(h).div(count);
    const largest = Math.max(...new EigenvalueDecomposition(power, { assumeSymmetric: true }).realEigenvalues);
    expect(largest, symbol).toBeLessThan(1.05 * radius);
    expect(largest, symbol).toBeGreaterThan(0.95 * radius);
  }
  const [h, y] = [activity('h2'), new Matrix(Y)];
  const own = new Matrix(rowsOf([...network.predict(X)], labels));
  const best = h.mmul(solve(h, y, true));
  const left = (predicted: Matrix) => Matrix.sub(y, predicted).norm('frobenius') ** 2 / y.norm('frobenius') ** 2;
  expect(left(own)).toBeLessThan(0.05);
  expect(left(own) - left(best)).toBeLessThan(0.002);
});

function rowsOf(data: readonly number[], cols: number): number[][] {
  return Array.from({ length: data.length / cols }, (_, i) => data.slice(i * cols, (i + 1) * cols));
}

test('two hidden layers learn what no linear map can: whether two numbers have the same sign', async () => {
  const count = 400;
  const X = normals(3, 2 * count);
  const classes = Array.from({ length: count }, (_, i) => Number(X[2 * i]! * X[2 * i + 1]! > 0));
  const network = await createNetwork({
    ...{ rule, inputs: 2, labels: 2, hidden: [16, 16], activation: 'relu', meanRate: 0.01, batch: 10, seed: 1 },
    rates: { W: { eta0: 0.3 }, V: { eta0: 0.01 }, Q: { eta0: 0.03 } },
  });
  network.fit(X, classes, { epochs: 100, labels: 'one-hot-centred' });
  expect(network.score(X, classes)).toBeGreaterThan(0.9);
});

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
