import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createMemory, createNetwork, rules } from '../src/index.ts';
import type { roomsOf } from '../src/network/plain/rooms.ts';
import { predictsLabels } from '../src/rules/shape.ts';
import { rates } from './fixtures.ts';
import { type Subject, subjects } from './registry.ts';

// In a batch, signals lie where others did that nothing reads any more.

const rooms = vi.hoisted(() => ({ areShared: true }));

vi.mock('../src/network/plain/rooms.ts', async (original) => {
  const module = await original<{ roomsOf: typeof roomsOf }>();
  return { roomsOf: (...of: Parameters<typeof roomsOf>) => (rooms.areShared ? module.roomsOf(...of) : new Map()) };
});

/** What a network of the subject has learned, and then says. */
async function outcome({ options, X, Y }: Subject, areShared: boolean) {
  rooms.areShared = areShared;
  const network = await createNetwork(options);
  network.partialFit(X.flat(), Y.flat());
  const said = predictsLabels(network.blueprint.rule.shape) ? [...network.predict(X.flat())] : [];
  return { learned: network.snapshot(), said };
}

test.each(rules.map((rule) => [rule.name, rule] as const))(
  '%s: the same bits as where each lies by itself',
  async (_, rule) => {
    await fc.assert(
      fc.asyncProperty(subjects(rule, 4), async (subject) => {
        expect(await outcome(subject, true)).toEqual(await outcome(subject, false));
      }),
      { numRuns: 6, seed: 3 },
    );
  },
);

test('a network with three hidden layers takes less than two thirds of the memory', async () => {
  const taken = async (areShared: boolean) => {
    rooms.areShared = areShared;
    const memory = createMemory();
    const [inputs, labels] = [4, 3];
    const network = await createNetwork({
      ...{
        rule: 'backprop',
        inputs,
        labels,
        hidden: [128, 128, 128],
        batch: 1000,
        memory,
        rates: rates('backprop', { eta0: 0.01 }, { hidden: [128, 128, 128] }),
      },
    });
    const before = memory.buffer.byteLength;
    network.partialFit(new Float32Array(1000 * inputs), new Float32Array(1000 * labels));
    return memory.buffer.byteLength - before;
  };
  expect(await taken(true)).toBeLessThan((2 / 3) * (await taken(false)));
});
