import { expect, test } from 'vitest';
import { createNetwork, Presentation, RunningAccuracy, train } from '../src/index.ts';
import { randomSamples, smallOptions } from './fixtures.ts';

const evaluateAt = [12, 20, 58, 70];

async function run(batch: number, from = new RunningAccuracy()) {
  const samples = randomSamples(4, { count: 50 });
  const network = await createNetwork(smallOptions('kolen-pollack', { batch, seed: 2 }));
  const found: (number | undefined)[] = [];
  const training = train(network, samples, { samples: 70, order: 'reshuffled', seed: 3, evaluateAt, running: from });
  for await (const { running } of training) found.push(running);
  return { found, samples, weights: network.weights() };
}

test.each([1, 4])(
  'is the share of right classes before each batch of %i is learned, since the evaluation before',
  async (batch) => {
    const { found, samples, weights } = await run(batch);
    const network = await createNetwork(smallOptions('kolen-pollack', { batch, seed: 2 }));
    const presentation = new Presentation(50, 'reshuffled', 3);
    const expected: number[] = [];
    let [right, of] = [0, 0];
    for (let position = 0; position < 70; ) {
      const numbers = presentation.from(position, batch);
      const all = network.predictClass(samples);
      for (const number of numbers) right += Number(all[number] === samples.classes![number]);
      of += numbers.length;
      network.learnSamples(samples, numbers);
      position += numbers.length;
      if (!evaluateAt.includes(position)) continue;
      expected.push(right / of);
      [right, of] = [0, 0];
    }
    expect(found).toEqual(expected);
    expect(weights).toEqual(network.weights());
  },
);

test('goes on from what was counted before', async () => {
  const { found } = await run(1);
  const { found: later } = await run(1, new RunningAccuracy({ right: 3, of: 8 }));
  expect(later[0]).toBe((found[0]! * 12 + 3) / 20);
  expect(later.slice(1)).toEqual(found.slice(1));
});
