import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  createProbe,
  findRule,
  fittingProbes,
  loadModel,
  type NetworkOptions,
  probeNames,
  RandomStream,
  representationRules,
  samplesOf,
  saveModel,
  train,
} from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { rates } from './fixtures.ts';
import { readingOf, teach, worstError } from './readings.ts';
import { labelled, lastsInCells, learningOf, parameterSets } from './registry.ts';

// What networks do whose rules predict no labels.
const count = 24;

describe.each(representationRules)('$name', (rule) => {
  const labels = rule.shape.labels === 'none' ? 0 : 5;
  const drawn = labelled('linear', 5, { count, inputs: 6, labels: 5 });
  const X = drawn.X.flat();
  const rows = labels === 0 ? drawn.Y.map(() => []) : drawn.Y;
  const Y = labels === 0 ? undefined : drawn.Y.flat();
  const options = (more: Partial<NetworkOptions> = {}): NetworkOptions => ({
    ...{ rule: rule.name, inputs: 6, labels, hidden: 4, seed: 2 },
    rates: rates(rule, { eta0: 0.02, t0: 50 }),
    ...more,
  });
  const create = (more?: Partial<NetworkOptions>) => createNetwork(options(more));
  const samples = () => samplesOf({ X, inputs: 6, ...(Y && { Y }) });

  test.each(parameterSets(rule))(
    'the kernels follow the float64 reading, one sample at a time and in batches: %o',
    async (parameters) => {
      const lasts = lastsInCells(learningOf(planNetwork(options())));
      for (const batch of lasts ? [1] : [1, 4]) {
        const network = await create({ parameters, batch });
        const reading = readingOf(network);
        network.partialFit(X, Y);
        teach(reading, drawn.X, rows, batch);
        expect(worstError(network, reading)).toBeLessThan(1e-4);
      }
    },
  );

  test('the same bits from arrays, from a data set, in parts, after a restart, and in another network', async () => {
    const [one, other, third] = [await create(), await create(), await create()];
    one.fit(X, Y, { epochs: 2, order: 'reshuffled', seed: 3 });
    other.fit(X, Y);
    other.fit(samples(), { epochs: 2, order: 'reshuffled', seed: 3 });
    for await (const _ of train(third, samples(), { samples: 2 * count, order: 'reshuffled', seed: 3 }));
    expect(other.weights()).toEqual(one.weights());
    expect(third.weights()).toEqual(one.weights());
    const parts = await create();
    for (const part of [0, 1]) {
      const [from, to] = [(part * count) / 2, ((part + 1) * count) / 2];
      parts.partialFit(X.slice(6 * from, 6 * to), Y?.slice(labels * from, labels * to));
    }
    expect(parts.weights()).toEqual((await create()).partialFit(X, Y).weights());
    const single = await create();
    for (const [t, x] of drawn.X.entries()) single.learn(x, rows[t]!);
    expect(single.weights()).toEqual(parts.weights());
  });

  test('a snapshot and a model go on as the network does', async () => {
    const network = (await create()).partialFit(X, Y);
    const other = await create({ seed: 9 });
    other.restore(network.snapshot());
    const { network: loaded } = await loadModel(await saveModel(network));
    expect(loaded.settings).toEqual(network.settings);
    for (const each of [network, other, loaded]) each.partialFit(X, Y);
    expect(other.weights()).toEqual(network.weights());
    expect(worstError(loaded, network)).toBeLessThan(1e-5);
  });

  test('transform gives k numbers a sample, from arrays and from samples with or without labels', async () => {
    const network = (await create()).partialFit(X, Y);
    const z = network.transform(X);
    expect(z).toHaveLength(4 * count);
    expect(z.every(Number.isFinite)).toBe(true);
    expect(network.transform(samplesOf({ X, inputs: 6 }))).toEqual(z);
  });

  test('training measures its own objective', async () => {
    const network = await create();
    const told: number[] = [];
    for await (const { objective } of train(network, samples(), { samples: count, evaluateAt: [count] })) {
      told.push(objective);
    }
    expect(told).toEqual([network.objective(samples())]);
    expect(network.objective(samples())).toBe(network.objective(samples()));
  });

  test('a second view has its part in z; other rules have none', async () => {
    const network = (await create()).partialFit(X, Y);
    if (!Y) {
      const message = `${rule.name} has no second view`;
      expect(() => network.transformSecond(X)).toThrow(message);
      expect(() => network.transformBoth(X, X)).toThrow(message);
      return;
    }
    const [first, second, both] = [network.transform(X), network.transformSecond(Y), network.transformBoth(X, Y)];
    expect(both).toHaveLength(4 * count);
    for (const [i, z] of both.entries()) expect(z).toBeCloseTo(first[i]! + second[i]!, 5);
    expect(network.transformBoth(samples())).toEqual(both);
    expect(network.transformSecond(samples())).toEqual(second);
    expect(() => network.transformBoth(X, Y.slice(5))).toThrow(`X has ${count} samples, and Y ${count - 1}`);
    expect(() => network.transformSecond(samplesOf({ X, inputs: 6 }))).toThrow('no labels');
  });

  test('what needs a prediction is refused, in one line', async () => {
    const network = await create();
    const message = `${rule.name} predicts no labels`;
    expect(() => network.predict(X)).toThrow(message);
    expect(() => network.predictClass(X)).toThrow(message);
    expect(() => network.predict(samples())).toThrow(message);
    expect(() => network.predictNumbers(samples(), new Uint32Array([0]))).toThrow(message);
    expect(() => network.predictSamples(samples(), 0, 1)).toThrow(message);
    expect(() => network.score(X, drawn.Y.flat())).toThrow(message);
    expect(() => network.score(samples())).toThrow(message);
    expect(() => network.totalLoss(samples())).toThrow(message);
    expect(() => network.observer()).toThrow(message);
  });

  test('the probes that fit are those of its objective; each other says that it does not', async () => {
    const network = await create();
    const fitting = fittingProbes(network);
    const own = rule.shape.labels === 'none' ? 'principal-subspace' : 'canonical-correlations';
    expect(fitting.toSorted()).toEqual([own, 'output-spectrum'].toSorted());
    for (const name of probeNames.filter((each) => !fitting.includes(each))) {
      await expect(createProbe(name, network, samples())).rejects.toThrow(`this linear ${rule.name} network is none`);
    }
  });

  test('more components than there are numbers are refused', async () => {
    await expect(create({ hidden: labels || 6 })).resolves.toBeDefined();
    await expect(create({ hidden: 7 })).rejects.toThrow(
      labels === 0
        ? `hidden must be at most 6, not 7: ${rule.name} finds components, and an input has 6 numbers`
        : `hidden must be at most 5, not 7: ${rule.name} finds components, and a second view has 5 numbers`,
    );
  });

  test('labels that it has not are refused', async () => {
    await expect(create({ labels: labels === 0 ? 3 : 0 })).rejects.toThrow(
      labels === 0 ? `labels must be 0: ${rule.name} learns from inputs alone` : 'labels must be a positive integer',
    );
  });
});

test('labels are no use where a rule learns from inputs alone, and are left out or unread', async () => {
  const options = {
    rule: 'similarity-matching',
    inputs: 2,
    labels: 0,
    hidden: 1,
    rates: { W: { eta0: 0.1 }, M: { eta0: 0.1 } },
  };
  const [plain, labelledToo] = [await createNetwork(options), await createNetwork(options)];
  const X = [1, 2, -1, 0.5, 0.3, -2];
  plain.fit(X);
  labelledToo.fit(samplesOf({ X, inputs: 2, classes: [0, 1, 1] }));
  expect(labelledToo.weights()).toEqual(plain.weights());
  expect(() => plain.fit(X, [0, 1, 1])).toThrow('Y must be left out: the network learns from inputs alone');
});

describe('objectives are those of the papers, without what depends on the data alone', () => {
  const [T, m, k] = [30, 5, 3];
  const random = new RandomStream(4, 'objective');
  const X = Array.from({ length: T }, () => Array.from({ length: m }, () => random.normal()));

  test('‖XᵀX − YᵀY‖² / T² − ‖XᵀX‖² / T² of similarity matching', async () => {
    const options = { rule: 'similarity-matching', inputs: m, labels: 0, hidden: k };
    const network = await createNetwork({ ...options, rates: { W: { eta0: 0.05 }, M: { eta0: 0.1 } } });
    network.fit(X.flat());
    const Y = rowsIn(network.transform(X.flat()), k);
    let strain = 0;
    for (let s = 0; s < T; s++) {
      for (let t = 0; t < T; t++) strain += (dot(X[s]!, X[t]!) - dot(Y[s]!, Y[t]!)) ** 2 - dot(X[s]!, X[t]!) ** 2;
    }
    expect(network.objective(samplesOf({ X: X.flat(), inputs: m }))).toBeCloseTo(strain / T ** 2, 4);
  });

  test('those of soft and hard thresholding, by their definitions', async () => {
    const [alpha, interneurons] = [0.3, 2];
    for (const rule of ['adaptive-soft', 'adaptive-hard']) {
      const own = rule === 'adaptive-soft' ? { alpha } : { alpha, interneurons };
      const named = rule === 'adaptive-soft' ? ['W', 'M'] : ['W', 'U', 'V', 'M'];
      const rates = Object.fromEntries(named.map((name) => [name, { eta0: 1 }]));
      const network = await createNetwork({ rule, inputs: m, labels: 0, hidden: k, parameters: own, rates });
      network.fit(X.flat());
      const Y = rowsIn(network.transform(X.flat()), k);
      const { V, M } = network.weights();
      const S = V && solved(rowsIn(M!.data, interneurons), rowsIn(V.data, k));
      const N = Y.map((y) => S?.map((row) => dot(row, y)));
      let total = 0;
      for (let s = 0; s < T; s++) {
        for (let t = 0; t < T; t++) {
          const [x, y, n] = [dot(X[s]!, X[t]!), dot(Y[s]!, Y[t]!), dot(N[s] ?? [], N[t] ?? [])];
          const threshold = s === t ? alpha * T : 0;
          total += N[s] ? (x - y) ** 2 - (y - n - threshold) ** 2 : (x - y - threshold) ** 2;
          // Without what depends on the data, or on nothing.
          total -= N[s] ? x ** 2 - threshold ** 2 : x ** 2 - 2 * threshold * x + threshold ** 2;
        }
      }
      expect(network.objective(samplesOf({ X: X.flat(), inputs: m })), rule).toBeCloseTo(total / T ** 2, 4);
    }
  });

  test('tr(−XᵀX YᵀY + YᵀY NᵀN + αT YᵀY − βT NᵀN) / T² of equalised dimensionality reduction', async () => {
    const [alpha, beta] = [0.3, 0.7];
    const network = await createNetwork({
      ...{ rule: 'adaptive-equalised', inputs: m, labels: 0, hidden: k },
      parameters: { alpha, beta, interneurons: 2 },
      rates: { W: { eta0: 0.05 }, U: { eta0: 0.05 }, V: { eta0: 0.05 } },
    });
    network.fit(X.flat());
    const Y = rowsIn(network.transform(X.flat()), k);
    const { V } = network.weights();
    const N = Y.map((y) => rowsIn(V!.data, k).map((v) => dot(v, y)));
    let trace = 0;
    for (let s = 0; s < T; s++) {
      for (let t = 0; t < T; t++) {
        const ys = dot(Y[s]!, Y[t]!);
        trace += ys * (dot(N[s]!, N[t]!) - dot(X[s]!, X[t]!));
        if (s === t) trace += T * (alpha * ys - beta * dot(N[s]!, N[t]!));
      }
    }
    expect(network.objective(samplesOf({ X: X.flat(), inputs: m }))).toBeCloseTo(trace / T ** 2, 4);
  });

  test.each([
    ['bio-cca', { Wx: -1 / 4, Wy: -1 / 4, M: 1 / 2 }],
    ['bio-cca-adaptive', { Wx: -1 / 4, Wy: -1 / 4, P: 1 / 4 }],
  ])('mean updates of %s are down its gradient, and up that of lateral synapses: %o of it', async (rule, parts) => {
    const Y = X.map((x) => [x[0]! + random.normal(), x[1]! - x[2]! + random.normal()]);
    const samples = samplesOf({ X: X.flat(), inputs: m, Y: Y.flat() });
    const rates = Object.fromEntries(Object.keys(parts).map((name) => [name, { eta0: 1e-3 }]));
    const own = { rule, inputs: m, labels: 2, hidden: 2, batch: T, seed: 3, rates };
    const network = await createNetwork(own);
    const before = network.weights();
    network.partialFit(samples);
    const after = network.weights();
    const objectiveAt = async (name: string, i: number, change: number) => {
      const data = Float32Array.from(before[name]!.data);
      data[i]! += change;
      const changed = await createNetwork({ ...own, weights: { ...before, [name]: { ...before[name]!, data } } });
      return changed.objective(samples);
    };
    for (const [name, part] of Object.entries(parts)) {
      for (const i of [0, 3]) {
        const slope = ((await objectiveAt(name, i, 0.02)) - (await objectiveAt(name, i, -0.02))) / 0.04;
        const update = (after[name]!.data[i]! - before[name]!.data[i]!) / 1e-3;
        expect(Math.abs(update - part * slope)).toBeLessThan(0.01 + 1e-3 * Math.abs(update));
      }
    }
  });
});

test('a rule that predicts no labels has to say its objective', async () => {
  const own = findRule('similarity-matching');
  const wrong = {
    ...own,
    build: (...given: Parameters<typeof own.build>) => {
      const { objective: _, ...others } = own.build(...given);
      return others;
    },
  };
  const options = { rule: wrong, inputs: 2, labels: 0, hidden: 1, rates: rates(own, { eta0: 0.1 }) };
  await expect(createNetwork(options)).rejects.toThrow('predicts no labels, and must say its objective');
});

test('a rule that predicts no labels has to say so', async () => {
  const [{ shape, ...rule }] = representationRules as [(typeof representationRules)[number]];
  const { labels: _, ...others } = shape;
  const wrong = { ...rule, shape: others };
  const options = {
    rule: wrong,
    inputs: 2,
    labels: 2,
    hidden: 1,
    rates: rates(representationRules[0]!, { eta0: 0.1 }),
  };
  await expect(createNetwork(options)).rejects.toThrow(
    'bio-cca must predict labels, or say by the labels of its shape',
  );
});

function rowsIn(values: ArrayLike<number>, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, t) =>
    Array.from({ length: columns }, (_, i) => values[t * columns + i]!),
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, each, i) => sum + each * b[i]!, 0);
}

/** (I + M)⁻¹ V, of two rows. */
function solved(M: number[][], V: number[][]): number[][] {
  const [p, q, r, s] = [1 + M[0]![0]!, M[0]![1]!, M[1]![0]!, 1 + M[1]![1]!];
  const determinant = p * s - q * r;
  return [
    V[0]!.map((v, j) => (s * v - q * V[1]![j]!) / determinant),
    V[0]!.map((v, j) => (p * V[1]![j]! - r * v) / determinant),
  ];
}
