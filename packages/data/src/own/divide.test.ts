import { RandomStream } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divide } from './divide.ts';

const kinds = [Uint8Array, Int16Array, Float32Array, Float64Array] as const;

/** Rows of so many numbers, no two bytes of neighbours alike, at an offset that no larger number has. */
function rowsOf(Kind: (typeof kinds)[number], count: number, columns: number) {
  const size = Kind.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(size * (count * columns + 1)).map((_, i) => (i * i + (i >> 8)) & 63);
  return new Kind(bytes.buffer, size, count * columns);
}

function check(Kind: (typeof kinds)[number], columns: number, isHeld: Uint8Array): void {
  const count = isHeld.length;
  const data = rowsOf(Kind, count, columns);
  const given = data.slice();
  const wanted = (held: number) => {
    const rows = Array.from(isHeld.keys()).filter((row) => isHeld[row] === held);
    const numbers = new Kind(rows.length * columns);
    for (const [i, row] of rows.entries()) numbers.set(given.subarray(row * columns, (row + 1) * columns), i * columns);
    return numbers;
  };
  const classes = Uint16Array.from({ length: count }, (_, i) => i);
  const { train, test } = divide({ count, data, classes }, isHeld);
  expect(train.count + test.count).toBe(count);
  for (const [held, part] of [train, test].entries()) {
    expect(part.data).toEqual(wanted(held));
    expect(part.classes).toEqual(Uint16Array.from([...isHeld.keys()].filter((row) => isHeld[row] === held)));
    // Neither is a copy: they lie where all samples did.
    expect(part.data.buffer).toBe(data.buffer);
    expect(part.classes!.buffer).toBe(classes.buffer);
  }
  expect(test.data.byteOffset).toBe(data.byteOffset + train.data.byteLength);
}

test('samples are parted where they lie, each part in the order of all', () => {
  const held = fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 9 }), held, (Kind, columns, isHeld) =>
      check(Kind, columns, Uint8Array.from(isHeld)),
    ),
  );
});

test.each([
  [Uint8Array, 1, 9000, 0.2],
  [Uint8Array, 1001, 3000, 0.2],
  [Int16Array, 1, 3_000, 0.5],
  [Float32Array, 100, 8000, 0.2],
  [Float64Array, 3, 200_000, 0.9],
  [Float64Array, 150_000, 5, 0.4],
] as const)('so are those that are more than is put aside at once: %o × %i × %i', (Kind, columns, count, share) => {
  const random = new RandomStream(1, 'held');
  check(
    Kind,
    columns,
    Uint8Array.from({ length: count }, () => Number(random.uniform() < share)),
  );
});
