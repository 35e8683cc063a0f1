import type { Initial } from '../circuit/synapses.ts';
import type { Matrix } from '../matrix.ts';
import { RandomStream } from '../random/stream.ts';
import type { Shape } from './options.ts';

/**
 * The weights that synapses of this name start with: independent normal deviates, row by row, from the random stream of
 * their name, or a multiple of the identity. Rules that have synapses of the same name and shape start alike.
 */
export function initialWeights(name: string, shape: Shape, initial: Initial, seed: number): Matrix {
  const data = new Float32Array(shape.rows * shape.cols);
  if ('normal' in initial) {
    const stream = new RandomStream(seed, `initial weights ${name}`);
    for (let i = 0; i < data.length; i++) data[i] = initial.normal * stream.normal();
  } else {
    for (let i = 0; i < Math.min(shape.rows, shape.cols); i++) data[i * shape.cols + i] = initial.identity;
  }
  return { ...shape, data };
}
