import { createNetwork, type NetworkOptions } from '@apical/core';
import { streamOf } from '@apical/data';
import { type Patience, repeatable, secondsEach } from '../repeated.ts';

/** How long a step of a rule in time takes, in a network of a size. */
export interface InTimeResult {
  readonly rule: string;
  readonly inputs: number;
  readonly cells: number;
  /** The length of a step, in ms. */
  readonly dt: number;
  /** Of a step: the median. */
  readonly microseconds: number;
}

/** Steps that are done at once. */
const steps = 1000;

interface Shape {
  readonly rule: string;
  readonly dt: number;
  readonly stream: string;
  readonly channels: readonly string[];
  readonly options: Pick<NetworkOptions, 'rates'>;
  /** Presynaptic cells and cells, growing: first the synapses, then both. */
  readonly sizes: readonly (readonly [inputs: number, cells: number])[];
}

const shapes: readonly Shape[] = [
  {
    ...{ rule: 'dendritic-prediction', dt: 0.1, channels: ['gE', 'gI'] },
    stream: 'poisson?rate=0.01&frozen=100&cells=INPUTS;gE=sine?mean=5.4&amplitude=4.8&period=100;gI=constant?value=18',
    options: { rates: { w: { eta0: 0.17 } } },
    sizes: [
      [50, 1],
      [200, 1],
      [800, 1],
      [3200, 1],
      [200, 4],
      [200, 16],
      [200, 64],
    ],
  },
  {
    ...{ rule: 'burst-network', dt: 0.1, channels: ['drive'] },
    stream: 'constant?value=0&cells=INPUTS;drive=constant?value=0.25',
    options: { rates: { W: { eta0: 0.0035 } } },
    sizes: [
      [125, 62],
      [250, 125],
      [500, 250],
      [1000, 500],
    ],
  },
];

/** How long steps take as there are more synapses, and more cells; networks of one rule in turns. */
export async function measureInTime(patience: Patience): Promise<InTimeResult[]> {
  const results: InTimeResult[] = [];
  for (const { rule, dt, stream: named, channels, options, sizes } of shapes) {
    const contestants = await Promise.all(
      sizes.map(async ([inputs, cells]) => {
        const stream = streamOf(`stream:${named.replace('INPUTS', String(inputs))}`, { dt, seed: 1, cells, channels });
        const network = await createNetwork({
          rule,
          inputs,
          hidden: cells,
          labels: stream.teacher,
          seed: 1,
          ...options,
        });
        const [X, Y] = [new Float32Array(steps * inputs), new Float32Array(steps * stream.teacher)];
        stream.fill(X, Y, 0, steps);
        return repeatable(() => void network.advance(X, Y));
      }),
    );
    const measured = await secondsEach(contestants, patience);
    results.push(
      ...sizes.map(([inputs, cells], i) => ({
        rule,
        inputs,
        cells,
        dt,
        microseconds: (1e6 * measured[i]!.median) / steps,
      })),
    );
  }
  return results;
}
