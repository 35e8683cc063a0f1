import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { roundRobin } from '../round-robin.ts';
import { relativeError, summarise } from '../statistics.ts';
import { Contestant } from './contestant.ts';
import { type Implementation, type ImplementationName, reference } from './implementations.ts';
import { createProblem } from './problem.ts';
import { writeSetup } from './setup.ts';
import type { Shape } from './shapes.ts';

/** What is learned at the beginning of a turn and not timed, as a part of the batch: the turns of the others have emptied the processor's caches. */
const runUp = 1 / 5;

/** Of each implementation that took part. */
export type ByImplementation<Value> = { [name in ImplementationName]?: Value };

/** What was measured of a shape. Times are microseconds a sample. */
export interface ShapeResult {
  readonly rule: Shape['rule'];
  readonly m: number;
  readonly k: number;
  readonly activation: Shape['activation'];
  readonly images: Shape['images'];
  /** How many samples each implementation learned. */
  readonly samples: number;
  /** Medians over the rounds. */
  readonly microseconds: ByImplementation<number>;
  /** Lower and upper quartiles over the rounds. */
  readonly quartiles: ByImplementation<readonly [number, number]>;
  /**
   * How far the weights were from float64 at the end: the largest difference as a part of the largest entry, over all
   * weight matrices.
   */
  readonly relativeError: ByImplementation<number>;
  /** The largest of these. */
  readonly maxRelativeError: number;
}

/**
 * Measures the implementations on a shape: the same samples in the same order from the same weights, round by round in
 * turns. The first round is not counted, for it warms up.
 *
 * @throws Error if an implementation fails, or does not end at the weights of the others
 */
export async function race(
  shape: Shape,
  implementations: readonly Implementation[],
  rounds: number,
): Promise<ShapeResult> {
  const folder = await mkdtemp(path.join(tmpdir(), 'apical-bench-'));
  const started: Contestant[] = [];
  try {
    const problem = await createProblem(shape);
    writeSetup(folder, problem);
    for (const each of [reference, ...implementations]) started.push(await Contestant.start(each, folder));
    const [truth, ...contestants] = started;
    const untimed = Math.ceil(runUp * shape.batch);
    const turn = untimed + shape.batch;
    const seconds = await roundRobin(contestants, rounds + 1, async (each, round) => {
      await each.learn(round * turn, untimed);
      return await each.learn(round * turn + untimed, shape.batch);
    });
    const samples = (rounds + 1) * turn;
    await truth!.learn(0, samples);

    const names = Object.keys(problem.weights).filter((name) => name !== 'zbar');
    const expected = await truth!.weights(names);
    const errors: number[] = [];
    for (const each of contestants) errors.push(largestError(await each.weights(names), expected));
    const times = seconds.map((values) => summarise(values.slice(1).map((value) => (1e6 * value) / shape.batch)));
    const byName = <Value>(values: readonly Value[]): ByImplementation<Value> =>
      Object.fromEntries(contestants.map(({ implementation }, i) => [implementation.name, values[i]]));
    return {
      ...{ rule: shape.rule, m: shape.m, k: shape.k, activation: shape.activation, images: shape.images, samples },
      microseconds: byName(times.map(({ median }) => median)),
      quartiles: byName(times.map(({ quartiles }) => quartiles)),
      relativeError: byName(errors),
      maxRelativeError: Math.max(...errors),
    };
  } finally {
    await Promise.all(started.map((each) => each.end()));
    await rm(folder, { recursive: true, force: true });
  }
}

function largestError(actual: Record<string, Float64Array>, expected: Record<string, Float64Array>): number {
  return Math.max(...Object.entries(expected).map(([name, values]) => relativeError(actual[name]!, values)));
}
