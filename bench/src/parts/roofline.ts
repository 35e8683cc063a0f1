import { createNetwork } from '@apical/core';
import { createLayersProblem, layersOptions } from '../layers/problem.ts';
import type { LayersShape } from '../layers/shapes.ts';
import { learning } from '../learning.ts';
import { networkOptions } from '../race/network-options.ts';
import { createProblem, type Problem } from '../race/problem.ts';
import type { Shape } from '../race/shapes.ts';
import { type Patience, secondsEach } from '../repeated.ts';
import { layersTrafficOf } from './layers-traffic.ts';
import { type EngineRates, engineRates } from './probes.ts';
import { meanInputs, shortestTime, type Traffic, trafficOf } from './traffic.ts';

/** What the engine can do, and how near to it apical comes. */
export interface Roofline {
  readonly rates: EngineRates;
  readonly shapes: readonly RooflineShape[];
  readonly layers?: readonly RooflineLayers[];
}

/** The same of a network of layers: its inputs are counted one by one, its units whether they are active or not. */
export interface RooflineLayers
  extends Traffic,
    Pick<LayersShape, 'rule' | 'sizes' | 'activation' | 'output' | 'images' | 'batch' | 'steps'>,
    Pick<RooflineShape, 'inputs' | 'microseconds' | 'shortest'> {}

export interface RooflineShape extends Traffic {
  readonly rule: Shape['rule'];
  readonly m: number;
  readonly k: number;
  readonly activation: Shape['activation'];
  /** How many inputs are not zero, in whole chunks of four, on average. */
  readonly inputs: number;
  /** The share of hidden units that are active. */
  readonly activity: number;
  /** Microseconds a sample: what apical takes, and what the engine would at best. */
  readonly microseconds: number;
  readonly shortest: number;
}

/** How many samples are learned before the activity of hidden units is counted, and of how many it is. */
const warmingUp = 1000;
const counted = 500;

export async function measureRoofline(
  shapes: readonly Shape[],
  layers: readonly LayersShape[],
  patience: Patience,
): Promise<Roofline> {
  const rates = await engineRates(patience);
  const problems = await Promise.all(shapes.map(createProblem));
  const actions = await Promise.all(
    problems.map(({ samples }, i) => learning(networkOptions(shapes[i]!, samples), samples)),
  );
  const times = await secondsEach(actions, patience);
  const results = problems.map(async (problem, i) => {
    const shape = shapes[i]!;
    const { rule, m, k, activation } = shape;
    const [inputs, activity] = [meanInputs(problem.samples), await activityOf(shape, problem)];
    const traffic = trafficOf(shape, problem.samples.labels, inputs, activity);
    const microseconds = 1e6 * times[i]!.median;
    const shortest = shortestTime(traffic, rates);
    return { rule, m, k, activation, inputs, activity, ...traffic, microseconds, shortest };
  });
  const ofLayers = [];
  for (const shape of layers) ofLayers.push(await measureLayers(shape, rates, patience));
  return { rates, shapes: await Promise.all(results), layers: ofLayers };
}

async function measureLayers(shape: LayersShape, rates: EngineRates, patience: Patience): Promise<RooflineLayers> {
  const { rule, sizes, activation, output, images, batch, steps } = shape;
  const { samples } = await createLayersProblem(shape);
  const learn = await learning(layersOptions(shape), samples);
  const [time] = await secondsEach([(batches) => learn(batches * batch)], patience);
  let nonzero = 0;
  for (const value of samples.raw) nonzero += Number(value !== 0);
  const inputs = nonzero / samples.count;
  const traffic = layersTrafficOf(shape, inputs);
  const of = { rule, sizes, activation, output, images, batch, ...(steps && { steps }) };
  return {
    ...of,
    inputs,
    ...traffic,
    microseconds: (1e6 * time!.median) / batch,
    shortest: shortestTime(traffic, rates),
  };
}

/** The share of hidden units whose u = W1 x is positive; all of them where they are linear. */
async function activityOf(shape: Shape, { samples, order }: Problem): Promise<number> {
  if (shape.activation === 'linear') return 1;
  const network = await createNetwork(networkOptions(shape, samples));
  network.learnSamples(samples, order.subarray(0, warmingUp));
  const { W1 } = network.weights();
  // The same W1 in linear units gives u itself.
  const { meanRate: _, ...options } = networkOptions(shape, samples);
  const linear = await createNetwork({ ...options, activation: 'linear', weights: { W1: W1! } });
  const u = linear.transformSamples(samples, 0, counted);
  return u.filter((value) => value > 0).length / u.length;
}
