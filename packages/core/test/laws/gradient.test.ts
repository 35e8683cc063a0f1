import { describe, expect, test } from 'vitest';
import {
  activationNames,
  anyLayers,
  type CircuitSettings,
  findRule,
  type Loss,
  layOut,
  lossesOf,
  outputNames,
} from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { vectors } from '../readings.ts';
import { isClear, labelled, learningOf } from '../registry.ts';
import { changesOf, randomWeights, readingAt, sizes, type Weights } from './changes.ts';

const circuits: CircuitSettings[] = activationNames.flatMap((activation) =>
  outputNames.flatMap((output) =>
    lossesOf(anyLayers, output).flatMap((loss) =>
      [true, false].flatMap((biases) =>
        [[3], [4, 2], [3, 2, 3]].map((hidden) => ({ hidden, activation, output, loss, biases })),
      ),
    ),
  ),
);

/** The mean loss of the batch by what the circuit predicts. */
function meanLoss(settings: CircuitSettings, weights: Weights, X: number[][], Y: number[][]): number {
  const { circuit, behaviour } = layOut(findRule('backprop'), settings, sizes);
  const trace = circuit.trace(behaviour.predict!);
  const values = readingAt('backprop', settings, weights).compute(trace, vectors(X));
  const each = values[trace.result!]!.map((p, s) => lossOf(settings.loss!, settings.output!, Y[s]!, [...p]));
  return each.reduce((sum, value) => sum + value, 0) / X.length;
}

function lossOf(loss: Loss, output: string, y: number[], p: number[]): number {
  const sum = (term: (y: number, p: number) => number) => y.reduce((total, y, i) => total + term(y, p[i]!), 0);
  if (loss === 'squared') return sum((y, p) => (y - p) ** 2 / 2);
  if (output === 'softmax') return -sum((y, p) => y * Math.log(p));
  return -sum((y, p) => y * Math.log(p) + (1 - y) * Math.log(1 - p));
}

describe.each(circuits)('backprop, $hidden $activation, $output, $loss, biases: $biases', (settings) => {
  test('its changes are minus the gradient of the mean loss', () => {
    const samples = labelled(settings.output!, 3, { count: 3, ...sizes });
    const { X, Y } = samples;
    const weights = clearWeights(settings, X, Y);
    const changes = changesOf('backprop', settings, weights, samples);
    expect(Object.keys(changes).toSorted()).toEqual(Object.keys(weights).toSorted());
    for (const [name, matrix] of Object.entries(weights)) {
      const lossAt = (i: number, step: number) => {
        const data = Array.from(matrix.data, (value, at) => (at === i ? value + step : value));
        return meanLoss(settings, { ...weights, [name]: { ...matrix, data } }, X, Y);
      };
      const h = 1e-5;
      const descent = Array.from(matrix.data, (_, i) => (lossAt(i, -h) - lossAt(i, h)) / (2 * h));
      const scale = Math.max(...descent.map(Math.abs), 1e-2);
      const error = Math.max(...descent.map((value, i) => Math.abs(value - changes[name]![i]!)));
      expect(error / scale, name).toBeLessThan(1e-7);
    }
  });
});

/** Random weights at which no rectified unit is near its threshold. */
function clearWeights(settings: CircuitSettings, X: number[][], Y: number[][]): Weights {
  const trace = learningOf(layOut(findRule('backprop'), settings, sizes));
  for (let seed = 1; ; seed++) {
    const weights = randomWeights('backprop', settings, seed);
    const { signals } = readingAt('backprop', settings, weights).respond(vectors(X), vectors(Y));
    if (isClear(trace, signals, weights)) return weights;
  }
}

const rules = [
  'bmvr',
  'backprop',
  'feedback-alignment',
  'direct-feedback-alignment',
  'kolen-pollack',
  'deep-bmvr',
  'frozen-hidden',
];

test.each(rules)('%s: what a batch changes is the mean of what its samples change', (rule) => {
  const settings: CircuitSettings = { hidden: rule === 'bmvr' ? [4] : [4, 3], activation: 'tanh' };
  const { X, Y } = labelled('linear', 5, { count: 5, ...sizes });
  const weights = rule === 'bmvr' ? {} : randomWeights(rule, settings, 2);
  const together = changesOf(rule, settings, weights, { X, Y });
  const alone = X.map((x, s) => changesOf(rule, settings, weights, { X: [x], Y: [Y[s]!] }));
  for (const [name, change] of Object.entries(together)) {
    const mean = change.map((_, i) => alone.reduce((sum, each) => sum + each[name]![i]!, 0) / 5);
    expect(relativeError(change, mean), name).toBeLessThan(1e-13);
  }
});
