import { createLayersProblem } from '../layers/problem.ts';
import { type LayersShape, layersShapeName } from '../layers/shapes.ts';
import type { Implementation } from '../race/implementations.ts';
import { type LayersResult, race } from '../race/race.ts';

/** How far a network of layers is from float64 after so many samples: the largest differences as parts of the largest entries. */
export interface LayersAccuracyResult
  extends Pick<LayersResult, 'rule' | 'sizes' | 'activation' | 'output' | 'images' | 'batch' | 'steps' | 'samples'> {
  /** The largest learning rate. */
  readonly rate: number;
  /** Of all weight matrices. */
  readonly weights: number;
  /** Of all biases, which start from zero. */
  readonly biases: number;
}

/**
 * A rate at which hardly a unit is active in float32 and not in float64: where units are rectified and learn from one sample at a time, each that is
 * sends a network another way.
 */
const calmRate = 2 ** -16;

/**
 * Each network learns about as many samples as are asked, beside the same in float64; those of rectified units that learn one by one again at a
 * lower rate.
 * @param truth that
 */
export async function measureLayersAccuracy(
  shapes: readonly LayersShape[],
  samples: number,
  apical: Implementation,
  truth: Implementation,
  onProgress: (text: string) => void,
): Promise<LayersAccuracyResult[]> {
  const results: LayersAccuracyResult[] = [];
  for (const shape of shapes.flatMap(withCalm)) {
    onProgress(`layers-accuracy: ${layersShapeName(shape)}`);
    const { timed: _, rates, ...said } = shape;
    // Two turns, each with a fifth more that is not timed.
    const timed = shape.batch * Math.ceil(samples / 2.4 / shape.batch);
    const problem = await createLayersProblem({ ...shape, timed });
    const { samples: learned, errors } = await race(problem, truth, [apical], 1, shape.batch);
    const of = (areBiases: boolean) =>
      Math.max(
        0,
        ...Object.entries(errors.apical!).flatMap(([name, error]) =>
          name.startsWith('b') === areBiases ? [error] : [],
        ),
      );
    const rate = Math.max(...Object.values(rates));
    results.push({ ...said, samples: learned, rate, weights: of(false), biases: of(true) });
  }
  return results;
}

function withCalm(shape: LayersShape): readonly LayersShape[] {
  const isRough = shape.activation === 'relu' && shape.batch === 1 && shape.rule !== 'deep-bmvr';
  return isRough ? [shape, { ...shape, rates: { W: calmRate } }] : [shape];
}
