import { availableParallelism } from 'node:os';
import { createLayersProblem } from '../layers/problem.ts';
import { type LayersShape, layersShapeName } from '../layers/shapes.ts';
import type { Implementation } from '../race/implementations.ts';
import { errorsOf, type LayersResult } from '../race/race.ts';
import { withContestants } from '../race/with-contestants.ts';
import { sideBySide } from '../side-by-side.ts';

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
 * A rate at which hardly a unit is active in float32 and not in float64: where units are rectified, each that is sends a network another way.
 */
const calmRate = 2 ** -16;

/**
 * How far each network is from float64: in the end of its race, or, where it has not been raced, after so many samples; rectified units after so many
 * at a lower rate, too.
 * @param truth the same in float64
 */
export async function measureLayersAccuracy(
  shapes: readonly LayersShape[],
  raced: readonly LayersResult[],
  samples: number,
  apical: Implementation,
  truth: Implementation,
  onProgress: (text: string) => void,
): Promise<LayersAccuracyResult[]> {
  const named = new Map(raced.map((each) => [layersShapeName(each), each]));
  const all = shapes.flatMap((shape) => [
    { shape, known: named.get(layersShapeName(shape)) },
    ...calmOnes(shape).map((calm) => ({ shape: calm, known: undefined })),
  ]);
  // Nothing is timed, so that those of several networks learn at once.
  return await sideBySide(all, availableParallelism(), async ({ shape, known }) => {
    const { timed: _, rates, ...said } = shape;
    const learned = known ?? (await learn(shape, samples, apical, truth, onProgress));
    const of = (areBiases: boolean) =>
      Math.max(
        0,
        ...Object.entries(learned.errors.apical!).flatMap(([name, error]) =>
          name.startsWith('b') === areBiases ? [error] : [],
        ),
      );
    const rate = Math.max(...Object.values(rates));
    return { ...said, samples: learned.samples, rate, weights: of(false), biases: of(true) };
  });
}

/** Whole batches of about so many samples, by both at once. */
async function learn(
  shape: LayersShape,
  about: number,
  apical: Implementation,
  truth: Implementation,
  onProgress: (text: string) => void,
): Promise<Pick<LayersResult, 'samples' | 'errors'>> {
  onProgress(`layers-accuracy: ${layersShapeName(shape)}`);
  const samples = shape.batch * Math.ceil(about / shape.batch);
  const problem = await createLayersProblem({ ...shape, timed: samples });
  const names = Object.keys(problem.weights);
  const conditions = { warmUpSeconds: 0, onOneCore: false };
  const [expected, found] = await withContestants(problem, [truth, apical], conditions, (both) =>
    Promise.all(
      both.map(async (each) => {
        await each.learn(0, samples);
        return await each.weights(names);
      }),
    ),
  );
  return { samples, errors: { apical: errorsOf(found!, expected!) } };
}

/** The shape at a calm rate, where a rectified unit or two make it another network. */
function calmOnes(shape: LayersShape): readonly LayersShape[] {
  const isRough = shape.activation === 'relu' && shape.rule !== 'deep-bmvr';
  return isRough ? [{ ...shape, rates: { W: calmRate } }] : [];
}
