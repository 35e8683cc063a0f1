import { createLayersProblem } from '../layers/problem.ts';
import { type LayersShape, layersShapeName } from '../layers/shapes.ts';
import type { Implementation } from '../race/implementations.ts';
import { type LayersResult, race } from '../race/race.ts';

/** How far a network of layers is from float64 after so many samples. */
export interface LayersAccuracyResult
  extends Pick<LayersResult, 'rule' | 'sizes' | 'activation' | 'output' | 'images' | 'batch' | 'steps' | 'samples'> {
  /** The largest difference as a part of the largest entry, over all weight matrices. */
  readonly apical: number;
}

/**
 * Each network learns about as many samples as are asked, beside the same in float64.
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
  for (const shape of shapes) {
    onProgress(`layers-accuracy: ${layersShapeName(shape)}`);
    const { timed: _, rates: __, ...said } = shape;
    // Two turns, each with a fifth more that is not timed.
    const timed = shape.batch * Math.ceil(samples / 2.4 / shape.batch);
    const problem = await createLayersProblem({ ...shape, timed });
    const { samples: learned, maxRelativeError } = await race(problem, truth, [apical], 1, shape.batch);
    results.push({ ...said, samples: learned, apical: maxRelativeError });
  }
  return results;
}
