import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  createProbe,
  fittingProbes,
  loadModel,
  type NetworkOptions,
  probeNames,
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
  const labels = rule.shape.labels === 'none' ? 0 : 3;
  const drawn = labelled('linear', 5, { count, inputs: 6, labels: 3 });
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
    const evaluated = train(network, samples(), { samples: count, evaluateAt: [count] });
    await expect(evaluated.next()).rejects.toThrow(message);
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

  test('a ridge, and labels that it has not, are refused', async () => {
    await expect(create({ ridge: 0.1 })).rejects.toThrow('ridge must be 0');
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
