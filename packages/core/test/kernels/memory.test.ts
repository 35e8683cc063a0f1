import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Arena, createMemory } from '../../src/kernels/memory.ts';

// Arenas of a thread share the pages that it has of a memory.

const pageBytes = 65_536;

/** An arena allocates so many bytes, or, without a number, gives back what it has. */
const action = fc.record({
  arena: fc.nat({ max: 3 }),
  bytes: fc.option(fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 200_000 })), { nil: undefined, freq: 8 }),
});

test('blocks are zeroed, begin where a line of the cache does, and belong to one arena only', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const memory = createMemory();
      const arenas = Array.from({ length: 4 }, () => new Arena(memory));
      const held = arenas.map((): Uint8Array[] => []);
      for (const [i, { arena, bytes }] of actions.entries()) {
        if (bytes === undefined) {
          arenas[arena]!.dispose();
          held[arena] = [];
          continue;
        }
        const block = arenas[arena]!.bytes(bytes);
        expect(block.byteOffset % 64).toBe(0);
        expect(block.every((value) => value === 0)).toBe(true);
        held[arena]!.push(block.fill(1 + i));
      }
      for (const block of held.flat()) expect(new Set(block).size).toBeLessThanOrEqual(1);
    }),
  );
});

test('many small arenas take one page, and what they gave back is taken again', () => {
  const memory = createMemory();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 3; round++) {
    const arenas = Array.from({ length: 16 }, () => new Arena(memory));
    for (const arena of arenas) for (let i = 0; i < 8; i++) arena.bytes(400);
    expect(memory.buffer.byteLength - before).toBe(pageBytes);
    for (const arena of arenas) arena.dispose();
  }
  new Arena(memory).bytes(pageBytes);
  expect(memory.buffer.byteLength - before).toBe(pageBytes);
});

test('what is a little more than a page takes little more than a page', () => {
  const memory = createMemory();
  const before = memory.buffer.byteLength;
  const arena = new Arena(memory);
  for (let i = 0; i < 10; i++) arena.bytes(1.1 * pageBytes);
  expect((memory.buffer.byteLength - before) / pageBytes).toBe(12);
});

test('beside what has pages of its own there is nothing else', () => {
  const memory = createMemory();
  const arenas = [{}, { wholePages: true }, {}].map((options) => new Arena(memory, options));
  const [before, shared, after] = arenas.map((arena) => Math.floor(arena.bytes(100).byteOffset / pageBytes));
  expect([before, after]).not.toContain(shared);
});
