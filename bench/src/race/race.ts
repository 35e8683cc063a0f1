import type { LayersShape } from '../layers/shapes.ts';
import type { RepresentationShape } from '../representation/shapes.ts';
import { roundRobin } from '../round-robin.ts';
import { relativeError, summarise } from '../statistics.ts';
import type { Contestant } from './contestant.ts';
import { type Implementation, type ImplementationName, ownNames } from './implementations.ts';
import { learnedOnly } from './learned-only.ts';
import type { Problem } from './problem.ts';
import type { Shape } from './shapes.ts';
import { type Conditions, withContestants } from './with-contestants.ts';

/** What is learned at the beginning of a turn and not timed, as a part of the batch: the turns of the others have emptied the processor's caches. */
const runUp = 1 / 5;

/** How a race is run. */
export interface RacePace extends Pick<Conditions, 'warmUpSeconds'> {
  /** How many rounds are counted. */
  readonly rounds: number;
  /** Whoever but apical would take longer for all rounds, by the first samples that it learns, takes no part. */
  readonly mostSeconds: number;
  /** Told of them, and how long a sample took. */
  readonly leftOut: (name: ImplementationName, microseconds: number) => void;
}

/** Of each implementation that took part. */
export type ByImplementation<Value> = { [name in ImplementationName]?: Value };

/** What was measured of a problem. Times are microseconds a sample. */
export interface Measured {
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
  /** The same of each weight matrix, by its name. */
  readonly errors: ByImplementation<Readonly<Record<string, number>>>;
  /** The largest of these. */
  readonly maxRelativeError: number;
}

/** What was measured of a shape. */
export interface ShapeResult extends Measured, Pick<Shape, 'rule' | 'm' | 'k' | 'activation' | 'images'> {}

/** The same of a network that predicts nothing. */
export interface RepresentationResult extends Measured, Pick<RepresentationShape, 'rule' | 'm' | 'n' | 'k'> {}

/** The same of a network of layers. */
export interface LayersResult
  extends Measured,
    Pick<LayersShape, 'rule' | 'sizes' | 'activation' | 'output' | 'images' | 'batch' | 'steps'> {}

/**
 * Measures the implementations on a problem: the same samples in the same order from the same weights, round by round in
 * turns. A turn of each before the rounds warms up, and is not counted. Whole batches are learned at each turn. The truth is computed in the end.
 *
 * @param truth the same in float64
 * @param batch how many samples change the weights at once
 * @throws Error if an implementation fails, or does not end at the weights of the others
 */
export async function race(
  problem: Problem,
  truth: Implementation,
  implementations: readonly Implementation[],
  { rounds, warmUpSeconds, mostSeconds, leftOut }: RacePace,
  batch = 1,
): Promise<Measured> {
  const { timed } = problem;
  const untimed = batch * Math.ceil((runUp * timed) / batch);
  const turn = untimed + timed;
  const samples = (rounds + 1) * turn;
  const learned = learnedOnly(problem, samples);
  const conditions = { warmUpSeconds, onOneCore: true };
  return await withContestants(learned, [truth, ...implementations], conditions, async ([reference, ...all]) => {
    const contestants: Contestant[] = [];
    for (const each of all) {
      const name = each.implementation.name as ImplementationName;
      const isInTime = (eachSample: number) => eachSample * samples <= mostSeconds || ownNames.has(name);
      let eachSample = await secondsOfSample(each, untimed, batch);
      // What few samples promise a whole turn need not keep.
      if (isInTime(eachSample)) eachSample = (await each.learn(untimed, timed)) / timed;
      if (isInTime(eachSample)) contestants.push(each);
      else leftOut(name, 1e6 * eachSample);
    }
    const seconds = await roundRobin(contestants, rounds, async (each, round) => {
      await each.learn((round + 1) * turn, untimed);
      return await each.learn((round + 1) * turn + untimed, timed);
    });
    await reference!.learn(0, samples);

    const names = Object.keys(problem.weights).filter((name) => name !== 'zbar');
    const expected = await reference!.weights(names);
    const errors: Record<string, number>[] = [];
    for (const each of contestants) errors.push(errorsOf(await each.weights(names), expected));
    const largest = errors.map((each) => Math.max(...Object.values(each)));
    const times = seconds.map((values) => summarise(values.map((value) => (1e6 * value) / timed)));
    const byName = <Value>(values: readonly Value[]): ByImplementation<Value> =>
      Object.fromEntries(contestants.map(({ implementation }, i) => [implementation.name, values[i]]));
    return {
      samples,
      microseconds: byName(times.map(({ median }) => median)),
      quartiles: byName(times.map(({ quartiles }) => quartiles)),
      relativeError: byName(largest),
      errors: byName(errors),
      maxRelativeError: Math.max(...largest),
    };
  });
}

/** What learning the first samples takes: the least of up to three parts, for at first there is something to load, to list or to compile. */
async function secondsOfSample(contestant: Contestant, samples: number, batch: number): Promise<number> {
  const part = batch * Math.ceil(samples / batch / 3);
  let least = Number.POSITIVE_INFINITY;
  for (let first = 0; first < samples; first += part) {
    const count = Math.min(part, samples - first);
    least = Math.min(least, (await contestant.learn(first, count)) / count);
  }
  return least;
}

/** How far weights are from what is expected, by their names. */
export function errorsOf(
  actual: Record<string, Float64Array>,
  expected: Record<string, Float64Array>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(expected).map(([name, values]) => [name, relativeError(actual[name]!, values)]),
  );
}
