import { lengthOf, type NumericArray, type NumericData } from './numeric-array.ts';

/** Both what is read and what is written of a tile stays in the processor's cache. */
const tile = 64;

/** An array in C order, of at least two dimensions and one number, of one whose numbers lie in Fortran order, the first index running fastest. */
export function toCOrder({ shape, data }: NumericArray): NumericArray {
  const inner = shape.slice(1, -1);
  const [first, last] = [shape[0]!, shape.at(-1)!];
  const ordered = new (data.constructor as new (length: number) => NumericData)(data.length);
  const middle = lengthOf(inner);
  // Number (i, m, k), m the indices between, lies at i + first · (fortran(m) + middle · k), and belongs at (i · middle + c(m)) · last + k.
  for (let m = 0; m < middle; m++) {
    const from = first * fortranPlace(m, inner);
    for (let i0 = 0; i0 < first; i0 += tile) {
      for (let k0 = 0; k0 < last; k0 += tile) {
        const [i1, k1] = [Math.min(first, i0 + tile), Math.min(last, k0 + tile)];
        for (let i = i0; i < i1; i++) {
          const to = (i * middle + m) * last;
          for (let k = k0; k < k1; k++) ordered[to + k] = data[from + i + first * middle * k]!;
        }
      }
    }
  }
  return { shape, data: ordered };
}

/** Where in Fortran order lies what is number m in C order. */
function fortranPlace(m: number, shape: readonly number[]): number {
  let place = 0;
  let rest = m;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const index = rest % shape[axis]!;
    rest = (rest - index) / shape[axis]!;
    place += index * lengthOf(shape.slice(0, axis));
  }
  return place;
}
