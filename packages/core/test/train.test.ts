import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  batchEnd,
  batchStart,
  createNetwork,
  createProbe,
  DivergenceError,
  type Evaluation,
  objective,
  orderNames,
  type TrainOptions,
  train,
} from '../src/index.ts';
import { randomSamples, rates, smallOptions } from './fixtures.ts';

const samples = randomSamples(1, { count: 50 });

async function collect(options: TrainOptions, network?: Awaited<ReturnType<typeof createNetwork>>) {
  const trained = network ?? (await createNetwork(smallOptions('bmvr')));
  const evaluations: Evaluation[] = [];
  for await (const evaluation of train(trained, samples, options)) evaluations.push(evaluation);
  return { network: trained, evaluations };
}

test('evaluates at exactly the points asked for, and ends where it was told', async () => {
  const { network, evaluations } = await collect({ samples: 120, evaluateAt: [0, 1, 50, 119, 120] });
  expect(evaluations.map((each) => each.samples)).toEqual([0, 1, 50, 119, 120]);
  expect(evaluations.at(-1)?.objective).toBe(objective(network, samples));
  expect(network.samplesSeen).toBe(120);
  expect((await collect({ samples: 77 })).evaluations).toEqual([]);
});

test('evaluation points change no weight', async () => {
  const often = await collect({ samples: 120, evaluateAt: Array.from({ length: 120 }, (_, i) => i + 1) });
  const never = await collect({ samples: 120 });
  expect(often.network.snapshot()).toEqual(never.network.snapshot());
});

test.each(orderNames)('%s: training in parts equals training at once', async (order) => {
  const once = await collect({ samples: 333, order, seed: 4 });
  const part = await collect({ samples: 70, order, seed: 4 });
  await collect({ samples: 71, order, seed: 4 }, part.network);
  await collect({ samples: 333, order, seed: 4 }, part.network);
  expect(part.network.snapshot()).toEqual(once.network.snapshot());
});

test('every epoch presents every sample once: in the same order when repeated, in another when reshuffled, or as given', async () => {
  for (const order of orderNames) {
    const presented: number[] = [];
    const recorder = {
      checkRest: () => {},
      samplesSeen: 0,
      learnSamples(_: unknown, numbers: Uint32Array) {
        presented.push(...numbers);
        this.samplesSeen += numbers.length;
      },
    };
    const network = recorder as unknown as Awaited<ReturnType<typeof createNetwork>>;
    await collect({ samples: 150, order, seed: 2 }, network);
    const epochs = [0, 50, 100].map((start) => presented.slice(start, start + 50));
    for (const epoch of epochs)
      expect(epoch.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    if (order === 'as-given') expect(epochs[0]).toEqual(Array.from({ length: 50 }, (_, i) => i));
    if (order !== 'reshuffled') expect(epochs[1]).toEqual(epochs[0]);
    else expect(epochs[1]).not.toEqual(epochs[0]);
  }
});

test('probes are read at each evaluation, and change no weight', async () => {
  const network = await createNetwork(smallOptions('bmvr'));
  const probes = await Promise.all(['constraint', 'objectives'].map((name) => createProbe(name, network, samples)));
  const { evaluations } = await collect({ samples: 60, evaluateAt: [10, 60], probes }, network);
  expect(network.snapshot()).toEqual((await collect({ samples: 60 })).network.snapshot());
  for (const { objective: value, probes: readings } of evaluations) {
    expect(readings?.['objectives.regression']).toBeCloseTo(value, 10);
  }
  expect(evaluations.at(-1)?.probes).toEqual(Object.assign({}, ...probes.map((probe) => probe())));
});

test('an abort signal stops it between samples, and training can go on afterwards', async () => {
  const controller = new AbortController();
  const network = await createNetwork(smallOptions('bmvr'));
  const options = { samples: 1e9, signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) };
  await expect(collect(options, network)).rejects.toThrow('enough');
  const seen = network.samplesSeen;
  expect(seen).toBeGreaterThan(0);
  await collect({ samples: seen + 10 }, network);
  expect(network.samplesSeen).toBe(seen + 10);
});

test.each([3, 7, 16, 25, 50])(
  'batches of %i: an epoch is cut into whole ones and a rest, wherever training stops',
  async (batch) => {
    const options = { batch, rates: { W: { eta0: 0.02 } }, hidden: [4, 3], activation: 'tanh' } as const;
    const network = () => createNetwork(smallOptions('backprop', { ...options, ridge: 0 }));
    const [once, byHand, stopped] = await Promise.all([network(), network(), network()]);
    const ends = Array.from({ length: 150 }, (_, i) => i + 1).filter((at) => batchEnd(at, 50, batch) === at);
    await collect({ samples: 150, order: 'as-given' }, once);
    for (let at = 0; at < 150; ) {
      const end = batchEnd(at + 1, 50, batch);
      byHand.learnSamples(
        samples,
        Uint32Array.from({ length: end - at }, (_, i) => (at + i) % 50),
      );
      at = end;
    }
    await collect({ samples: 150, order: 'as-given', evaluateAt: ends }, stopped);
    expect(ends).toContain(50);
    expect(once.snapshot()).toEqual(byHand.snapshot());
    expect(stopped.snapshot()).toEqual(byHand.snapshot());
    const fitted = (await network()).fit(samples, { epochs: 3, order: 'as-given' });
    expect(fitted.snapshot()).toEqual(byHand.snapshot());
  },
);

test('the end of a batch is the first at a position or after it, the last of an epoch being smaller', () => {
  const sizes = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(sizes, sizes, fc.nat(500), (count, size, position) => {
      const batch = Math.min(size, count);
      const [before, after] = [batchStart(position, count, batch), batchEnd(position, count, batch)];
      const isEnd = (at: number) => (at % count) % batch === 0;
      expect([isEnd(before), isEnd(after)]).toEqual([true, true]);
      expect([before <= position, position <= after, after - before <= batch]).toEqual([true, true, true]);
      for (let at = before + 1; at < after; at++) expect(isEnd(at)).toBe(false);
    }),
  );
});

test('a point inside a batch is refused with the nearest that are not, a batch larger than the data set with its size', async () => {
  const network = await createNetwork(smallOptions('bmvr', { batch: 16, ridge: 0 }));
  const refused = (options: TrainOptions) => expect(collect(options, network)).rejects;
  await refused({ samples: 100, evaluateAt: [17, 100] }).toThrow('evaluation points must be between two batches of 16');
  await refused({ samples: 100, evaluateAt: [17, 100] }).toThrow('17 is inside one; nearest are 16 and 32');
  await refused({ samples: 99 }).toThrow('the end must be between two batches of 16');
  await refused({ samples: 99 }).toThrow('99 is inside one; nearest are 98 and 100');
  await refused({ samples: 5 }).toThrow('5 is inside one; 16 is the first that is not');
  const large = await createNetwork(smallOptions('bmvr', { batch: 51, ridge: 0 }));
  await expect(collect({ samples: 100 }, large)).rejects.toThrow(
    'batch must be at most 50, the samples of the data set, not 51',
  );
  expect(() => large.fit(samples)).toThrow('batch must be at most 50');
  expect([network.samplesSeen, large.samplesSeen]).toEqual([0, 0]);
});

test('refuses evaluation points that do not ascend or lie beyond the end', async () => {
  await expect(collect({ samples: 10, evaluateAt: [3, 3] })).rejects.toThrow('ascend to at most 10; 3 is not');
  await expect(collect({ samples: 10, evaluateAt: [11] })).rejects.toThrow('11 is not');
  await expect(collect({ samples: 1.5 })).rejects.toThrow('whole number');
});

test('refuses samples of another shape', async () => {
  const network = await createNetwork(smallOptions('bmvr', { inputs: 8 }));
  await expect(collect({ samples: 10 }, network)).rejects.toThrow('7 inputs and 3 labels, the network 8 and 3');
});

test('says at which sample it diverged', async () => {
  const network = await createNetwork(smallOptions('backprop', { rates: rates('backprop', { eta0: 50 }) }));
  const failure = await collect({ samples: 1e4 }, network).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DivergenceError);
  expect((failure as DivergenceError).sample).toBe(network.samplesSeen + 1);

  const watched = await createNetwork(smallOptions('backprop', { rates: rates('backprop', { eta0: 50 }) }));
  const objectives: number[] = [];
  const everySample = Array.from({ length: 1e4 }, (_, i) => i + 1);
  await expect(async () => {
    for await (const { objective: value } of train(watched, samples, { samples: 1e4, evaluateAt: everySample })) {
      objectives.push(value);
    }
  }).rejects.toThrow(DivergenceError);
  expect(objectives.every(Number.isFinite)).toBe(true);
});
