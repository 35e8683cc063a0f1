import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createMemory, createNetwork, DivergenceError, learnStream, type StreamItem } from '../src/index.ts';
import { normals, rates, smallOptions } from './fixtures.ts';

const count = 60;
const X = normals(1, 7 * count);
const Y = normals(2, 3 * count);

/** The samples in items of this many. */
function* items(size: number): Generator<StreamItem> {
  for (let t = 0; t < count; t += size) {
    yield { x: X.slice(7 * t, 7 * (t + size)), y: Y.slice(3 * t, 3 * (t + size)) };
  }
}

async function* later(size: number): AsyncGenerator<StreamItem> {
  for (const item of items(size)) {
    await new Promise((resolve) => setTimeout(resolve));
    yield item;
  }
}

test.each<[string, () => Iterable<StreamItem> | AsyncIterable<StreamItem>]>([
  ['a generator of samples', () => items(1)],
  ['an array of batches', () => [...items(17)]],
  ['an async generator', () => later(7)],
  ['a Node.js stream', () => Readable.from(later(1))],
  ['a web stream', () => Readable.toWeb(Readable.from(items(11))) as unknown as AsyncIterable<StreamItem>],
])('%s: the bits are those of partialFit', async (_, source) => {
  const [streamed, whole] = [await createNetwork(smallOptions('bmvr')), await createNetwork(smallOptions('bmvr'))];
  whole.partialFit(X, Y);
  expect(await learnStream(streamed, source())).toBe(count);
  expect(streamed.snapshot()).toEqual(whole.snapshot());
});

test('a sample may bring its class', async () => {
  const classes = [0, 2, 1, 1];
  const [streamed, whole] = [await createNetwork(smallOptions('bmvr')), await createNetwork(smallOptions('bmvr'))];
  whole.partialFit(X.slice(0, 28), classes, { labels: 'one-hot' });
  const source = classes.map((y, t) => ({ x: X.slice(7 * t, 7 * t + 7), y }));
  await learnStream(streamed, source, { labels: 'one-hot' });
  expect(streamed.snapshot()).toEqual(whole.snapshot());
});

test('a long stream needs no more memory than a short one, and an abort ends it', async () => {
  const memory = createMemory();
  const network = await createNetwork({ ...smallOptions('bmvr'), memory });
  await learnStream(network, items(1));
  const bytes = memory.buffer.byteLength;
  const endless = (function* () {
    for (;;) yield* items(30);
  })();
  const controller = new AbortController();
  const onProgress = (seen: number) => {
    if (seen > 100 * count) controller.abort(new Error('enough'));
  };
  await expect(learnStream(network, endless, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
  expect(memory.buffer.byteLength).toBe(bytes);
  // Its source was ended.
  expect(endless.next().done).toBe(true);
});

test('an item that does not fit is named, and what came before is learned', async () => {
  const network = await createNetwork(smallOptions('bmvr'));
  const good = { x: X.slice(0, 14), y: Y.slice(0, 6) };
  await expect(learnStream(network, [good, { x: [1], y: [0, 0, 0] }])).rejects.toThrow(
    'item 1 of the stream: X has 1 numbers; a multiple of 7 are needed',
  );
  await expect(learnStream(network, [{ x: X.slice(0, 7), y: 3 }])).rejects.toThrow(
    'item 0 of the stream: sample 0 has',
  );
  expect(network.samplesSeen).toBe(2);
  const wild = await createNetwork(smallOptions('bmvr', { rates: rates('bmvr', { eta0: 100 }) }));
  await expect(learnStream(wild, items(5))).rejects.toThrow(DivergenceError);
  const broken = (async function* () {
    yield good;
    throw new Error('connection lost');
  })();
  await expect(learnStream(network, broken)).rejects.toThrow('connection lost');
  expect(network.samplesSeen).toBe(4);
});

test('items of another form are named for what they are', async () => {
  const network = await createNetwork(smallOptions('bmvr'));
  const good = { x: X.slice(0, 14), y: Y.slice(0, 6) };
  for (const [item, words] of [
    [{ input: [1], label: 0 }, 'it is an object of input, label; items are objects of x and y, { x, y }'],
    [[[1], 0], 'it is an array; items are objects of x and y'],
    [7, 'it is a number; items are'],
    [null, 'it is null; items are'],
    [{}, 'it is an object of nothing; items are'],
  ] as const) {
    await expect(learnStream(network, [good, item] as never)).rejects.toThrow(`item 1 of the stream: ${words}`);
  }
  await expect(learnStream(network, [{ ...good, y: 1n as never }])).rejects.toThrow('item 0 of the stream: Y is 1');
  await expect(learnStream(network, [good], { label: 'one-hot' } as never)).rejects.toThrow(
    'there is no option "label" of learnStream; there are labels, signal, onProgress',
  );
});
