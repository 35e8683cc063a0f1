import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multiplyHigh, philox } from './philox.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });

// "philox4x32 10" of kat_vectors in Random123, the authors' own library.
test.each([
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
])('the published words of counter $counter', ({ counter, key, words }) => {
  const out = new Uint32Array(4);
  philox(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out);
  expect([...out]).toEqual(words);
});

test('multiplyHigh is the high half of the exact product', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
    }),
  );
  expect(multiplyHigh(0xffffffff, 0xffffffff)).toBe(0xfffffffe);
});
