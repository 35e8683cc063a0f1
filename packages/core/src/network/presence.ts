import { type FixedSynapses, weightName } from '../circuit/synapses.ts';
import { RandomStream } from '../random/stream.ts';
import { listedShape } from './start.ts';

/**
 * Which of the synapses there are, 1 or 0 each as they are listed, by the random stream of their name; undefined where all are.
 * See `SynapsesOptions.density`.
 */
export function presenceOf(synapses: FixedSynapses<string, string>, seed: number): Float32Array | undefined {
  const { density } = synapses.options;
  if (density === undefined) return undefined;
  const { rows, cols } = listedShape(synapses);
  const stream = new RandomStream(seed, `presence ${weightName(synapses.name)}`);
  return Float32Array.from({ length: rows * cols }, () => Number(stream.uniform() < density));
}

/** A weight as it can be: between its bounds, and zero where there is no synapse. */
export function possible(
  { options: { bounds } }: FixedSynapses<string, string>,
  presence: Float32Array | undefined,
): (w: number, i: number) => number {
  return (w, i) => {
    const bounded = bounds ? Math.min(Math.max(w, bounds.min), bounds.max) : w;
    return presence?.[i] === 0 ? 0 : bounded;
  };
}
