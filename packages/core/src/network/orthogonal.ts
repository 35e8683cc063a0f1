import type { RandomStream } from '../random/stream.ts';
import type { Shape } from './options.ts';

/**
 * A random matrix, row-major, whose rows are orthonormal or, where it has more rows than columns, whose columns are: all its singular
 * values are 1. Normal deviates from the stream are made orthonormal one after the other (Gram and Schmidt, twice, which is as good as
 * exact), so that every such matrix is as likely as any other. Float64; the bits are the same on every engine.
 */
export function randomOrthogonal({ rows, cols }: Shape, stream: RandomStream): Float64Array {
  const [count, length] = [Math.min(rows, cols), Math.max(rows, cols)];
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from({ length }, () => stream.normal());
    for (const other of [...vectors, ...vectors]) {
      const share = dot(vector, other);
      for (let j = 0; j < length; j++) vector[j]! -= share * other[j]!;
    }
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  const at = (row: number, col: number) => (rows <= cols ? vectors[row]![col]! : vectors[col]![row]!);
  return Float64Array.from({ length: rows * cols }, (_, i) => at(Math.floor(i / cols), i % cols));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
