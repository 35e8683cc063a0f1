import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNpy, readNpyPieces } from './npy.ts';

/** A file of whole numbers in Fortran order. */
function fortran(type: string, shape: readonly number[], data: Uint8Array): Uint8Array {
  const header = Buffer.from(`{'descr': '${type}', 'fortran_order': True, 'shape': (${shape.join(', ')},), }`);
  const prefix = [...Buffer.from('\x93NUMPY\x01\x00', 'latin1'), header.length, 0];
  return Uint8Array.of(...prefix, ...header, ...data);
}

async function* pieces(bytes: Uint8Array, first: number, step: number): AsyncGenerator<Uint8Array, void> {
  yield bytes.slice(0, first);
  for (let at = first; at < bytes.length; at += step) yield bytes.slice(at, at + step);
}

const shapes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 2 });
const deeper = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });

test('what comes in Fortran order, in pieces of any length, is in C order what the whole file is, and what NumPy says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(shapes, deeper),
      fc.constantFrom('|u1', '>i2', '<f2', '<i8', '>f4'),
      fc.integer({ min: 1, max: 999 }),
      async (shape, type, step) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const size = Number(type[2]);
        // Bits of a small whole number, whose place says where in Fortran order it stood.
        const bytes = Uint8Array.from({ length: count * size }, (_, i) =>
          i % size === (type[0] === '>' ? size - 1 : 0) ? (i / size) % 100 : 0,
        );
        const file = fortran(type, shape, bytes);
        const read = await readNpyPieces(pieces(file, file.length - bytes.length, step), 'a', file.length);
        const whole = readNpy(file, 'a');
        expect(read.shape).toEqual(whole.shape);
        const numbers = [...read.data];
        expect(numbers).toEqual([...whole.data]);
        if (type !== '|u1') return;
        // Number (i0, i1, …) stands at i0 + n0 (i1 + n1 (i2 + …)) in the file.
        for (let at = 0; at < count; at++) {
          let [rest, place] = [at, 0];
          for (const axis of [...shape.keys()].toReversed()) {
            place += (rest % shape[axis]!) * shape.slice(0, axis).reduce((product, n) => product * n, 1);
            rest = Math.floor(rest / shape[axis]!);
          }
          expect(numbers[at]).toBe(place % 100);
        }
      },
    ),
  );
});
