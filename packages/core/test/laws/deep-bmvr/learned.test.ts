import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import { expect, test } from 'vitest';
import { createNetwork } from '../../../src/index.ts';
import { normals } from '../../fixtures.ts';
import { readingOf, vectors } from '../../readings.ts';
import { learningOf } from '../../registry.ts';
import { rule } from './networks.ts';

test('at the end interneurons hold every layer within ρ, and no read-out of it does better than its own by much', async () => {
  const radius = 0.8;
  const [inputs, labels, count] = [6, 2, 300];
  const X = normals(11, inputs * count);
  const at = (t: number, i: number) => X[t * inputs + i]!;
  const Y = Array.from({ length: count }, (_, t) => [at(t, 0) * at(t, 1), Math.abs(at(t, 2)) - Math.sqrt(2 / Math.PI)]);
  const network = await createNetwork({
    ...{ rule, inputs, labels, hidden: [12, 8], activation: 'relu', meanRate: 0.01, batch: 10, seed: 2 },
    parameters: { radius, gain: 1 },
    rates: Object.fromEntries(
      Object.entries({ W: 0.05, V: 0.003, Q: 0.03 }).map(([name, eta0]) => {
        return [name, { eta0, linear: { over: 60 * count, to: 0.01 } }];
      }),
    ),
  });
  network.fit(X, Y.flat(), { epochs: 600 });
  const reading = readingOf(network);
  const { circuit, behaviour } = network.blueprint;
  const learning = learningOf({ circuit, behaviour });
  const { signals } = reading.respond(vectors(rowsOf(X, inputs)), vectors(Y));
  const activity = (symbol: string) => {
    const { id } = learning.signals.find((each) => each.symbol === symbol)!;
    return new Matrix(signals[id]!.map((row) => [...row]));
  };
  for (const symbol of ['h1', 'h2']) {
    const h = activity(symbol);
    const power = h.transpose().mmul(h).div(count);
    const largest = Math.max(...new EigenvalueDecomposition(power, { assumeSymmetric: true }).realEigenvalues);
    expect(largest, symbol).toBeLessThan(1.05 * radius);
    expect(largest, symbol).toBeGreaterThan(0.95 * radius);
  }
  const [h, y] = [activity('h2'), new Matrix(Y)];
  const own = new Matrix(rowsOf([...network.predict(X)], labels));
  const best = h.mmul(solve(h, y, true));
  const left = (predicted: Matrix) => Matrix.sub(y, predicted).norm('frobenius') ** 2 / y.norm('frobenius') ** 2;
  expect(left(own)).toBeLessThan(0.05);
  expect(left(own) - left(best)).toBeLessThan(0.002);
});

test('two hidden layers learn what no linear map can: whether two numbers have the same sign', async () => {
  const count = 400;
  const X = normals(3, 2 * count);
  const classes = Array.from({ length: count }, (_, i) => Number(X[2 * i]! * X[2 * i + 1]! > 0));
  const network = await createNetwork({
    ...{ rule, inputs: 2, labels: 2, hidden: [16, 16], activation: 'relu', meanRate: 0.01, batch: 10, seed: 1 },
    rates: { W: { eta0: 0.3 }, V: { eta0: 0.01 }, Q: { eta0: 0.03 } },
  });
  network.fit(X, classes, { epochs: 100, labels: 'one-hot-centred' });
  expect(network.score(X, classes)).toBeGreaterThan(0.9);
});

function rowsOf(data: readonly number[], cols: number): number[][] {
  return Array.from({ length: data.length / cols }, (_, i) => data.slice(i * cols, (i + 1) * cols));
}
