import type { RandomStream } from '@apical/core';
import type { Generated } from './generator.ts';

/** The parameter `noise` of generators of points of the plane. */
export function noiseParameter(usual: number) {
  return { default: usual, min: 0, max: 100, says: 'the standard deviation of normal noise on every coordinate' };
}

/**
 * Points of the plane, each of a class that is drawn first, all equally likely, with noise.
 *
 * @param place the point of a class without noise
 */
export function planarPoints(
  count: number,
  classCount: number,
  noise: number,
  random: (name: string) => RandomStream,
  place: (c: number, points: RandomStream) => readonly [x: number, y: number],
): Generated {
  const [goals, points, errors] = [random('classes'), random('points'), random('noise')];
  const classes = new Uint8Array(count);
  const X = new Float32Array(2 * count);
  for (let t = 0; t < count; t++) {
    classes[t] = goals.integer(classCount);
    const [x, y] = place(classes[t]!, points);
    X[2 * t] = x + noise * errors.normal();
    X[2 * t + 1] = y + noise * errors.normal();
  }
  return { X, classes };
}
