import { expect, test } from 'vitest';
import { createNetwork, RandomStream } from '../../src/index.ts';
import { normals, relativeError } from '../fixtures.ts';
import {
  combine,
  learnBoth,
  optionsOf,
  plusOuter,
  ruleOf,
  samplesOf,
  sizes,
  times,
  timesTransposed,
} from './language.ts';

const eta = 0.1;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('growth that saturates: ΔW = (w_max − W) ⊙ k f(post preᵀ), as of behavioural time scale plasticity', async () => {
  const [most, factor] = [1.5, 0.8];
  const rule = ruleOf(({ W1 }) => (x) => {
    const product = W1.outer(W1.drive(x), x);
    W1.grow(W1.weights().times(-1).plus(most).times(product.through('sigmoid').times(factor)));
  });
  for (const batch of [1, 4]) {
    const { X, Y } = samplesOf(8);
    const { error, start, end } = await learnBoth(optionsOf(rule, eta, { batch }), { X, Y });
    let W1 = start.W1!;
    for (let first = 0; first < X.length; first += batch) {
      // f is of the mean product over the batch: a value at synapses is one number a synapse.
      const block = X.slice(first, first + batch);
      const product = block.reduce(
        (sum, x) => plusOuter(sum, 1 / batch, times(W1, x), x),
        W1.map(() => 0),
      );
      W1 = combine(W1, product, (w, p) => w + eta * ((most - w) * factor * (1 / (1 + Math.exp(-p)))));
    }
    expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
    expect(error).toBeLessThan(2e-5);
  }
});

test('a value in the place of weights is a way for signals: (W ⊙ v) s', async () => {
  const rule = ruleOf(({ circuit, W1, W2 }) => {
    const B = circuit.fixed('B', circuit.label, W1.post, { normal: 1 });
    return (x, y) => {
      const masked = B.with(B.weights().times(B.weights()).minus(0.5));
      W1.learn(masked.drive(y), x);
      W2.learn(W2.with(W2.outer(y, W1.drive(x))).drive(W1.drive(x)), W1.drive(x));
    };
  });
  const { X, Y } = samplesOf(1);
  const { error, start, end } = await learnBoth(optionsOf(rule), { X, Y });
  const [x, y] = [X[0]!, Y[0]!];
  const z = times(start.W1!, x);
  const back = times(
    start.B!.map((b) => b * b - 0.5),
    y,
  );
  const product = plusOuter(
    start.W2!.map(() => 0),
    1,
    y,
    z,
  );
  expect(relativeError(end.W1!, plusOuter(start.W1!, eta, back, x))).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, plusOuter(start.W2!, eta, times(product, z), z))).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('signs of the synapses that run the other way, wherever the weights lie; the sign of 0 is 0', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => {
    const B = circuit.fixed('B', circuit.label, cells, { constant: 0.5 });
    const C = circuit.fixed('C', cells, circuit.stimulus, { constant: 0.25 });
    const D = circuit.synapses('D', cells, circuit.stimulus, { constant: 0 });
    return (x, y) => {
      W1.learn(B.with(B.weights().times(B.signsOf(W2))).drive(y), x); // ½ sign(W2ᵀ) y
      D.grow(D.signsOf(W1)); // sign(W1ᵀ)
      W2.learn(y, W1.with(W1.signsOf(C)).drive(x)); // of weights that are ¼: the sum of x
    };
  });
  const { X, Y } = samplesOf(1);
  const W2 = { rows: 2, cols: 3, data: Float32Array.of(1, -2, 0, 0, 3, -0.5) };
  const { error, start, end } = await learnBoth(optionsOf(rule, eta, { weights: { W2 } }), { X, Y });
  const [x, y] = [X[0]!, Y[0]!];
  const signs = [...W2.data].map(Math.sign);
  const back = timesTransposed(signs, y).map((value) => value / 2);
  expect(relativeError(end.W1!, plusOuter(start.W1!, eta, back, x))).toBeLessThan(1e-12);
  const turned = end.D!.map((_, at) => eta * Math.sign(start.W1![(at % 3) * sizes.inputs + Math.floor(at / 3)]!));
  expect(relativeError(end.D!, turned)).toBeLessThan(1e-12);
  const sum = x.reduce((total, value) => total + value, 0);
  expect(relativeError(end.W2!, plusOuter(start.W2!, eta, y, [sum, sum, sum]))).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('products, functions and sums of values at synapses are synapse by synapse', async () => {
  const rule = ruleOf(({ circuit, W1, W2 }) => (x, y) => {
    const w = W1.weights();
    W1.grow(
      w
        .through('tanh')
        .times(w.slope('softplus'))
        .plus(W1.outer(W1.drive(x), x).through('absolute')),
    );
    W2.grow(
      W2.weights()
        .minus(circuit.constant(W2.each, 2))
        .times(W2.outer(y, W1.drive(x)).through('square')),
    );
  });
  const { X, Y } = samplesOf(1);
  const { error, start, end } = await learnBoth(optionsOf(rule), { X, Y });
  const z = times(start.W1!, X[0]!);
  const at = (W: readonly number[], post: readonly number[], pre: readonly number[]) =>
    plusOuter(
      W.map(() => 0),
      1,
      post,
      pre,
    );
  const W1 = combine(start.W1!, at(start.W1!, z, X[0]!), (w, p) => {
    return w + eta * (Math.tanh(w) / (1 + Math.exp(-w)) + Math.abs(p));
  });
  const W2 = combine(start.W2!, at(start.W2!, Y[0]!, z), (w, p) => w + eta * (w - 2) * p * p);
  expect(relativeError(end.W1!, W1)).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, W2)).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});

test('noise at synapses is drawn once an update, at cells for each sample; normal and uniform ones are as wide as they say', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => {
    const C = circuit.synapses('C', cells, cells, { constant: 0 });
    return () => {
      W1.grow(circuit.noise('one', W1.each, { normal: 2 }));
      W2.grow(circuit.noise('two', W2.each, { uniform: 3 }));
      const cell = circuit.noise('three', cells, { normal: 1 });
      C.learn(cell, cell); // the mean of ξ ξᵀ: I
    };
  });
  const count = 1500;
  const samples = { X: normals(1, count).map(() => [1, 0, 0, 0, 0]), Y: normals(1, count).map(() => [1, 0]) };
  const rest = {
    W1: { rows: 3, cols: 5, data: new Float32Array(15) },
    W2: { rows: 2, cols: 3, data: new Float32Array(6) },
  };
  const options = optionsOf(rule, 1, { weights: rest, batch: 3 });
  const { network, error, end } = await learnBoth(options, samples);
  expect(error).toBeLessThan(1e-5);
  const updates = count / 3;
  // Sums of 500 deviates, as parts of their standard deviations: 21 normal numbers.
  const sums = [...end.W1!.map((w) => w / 2 / Math.sqrt(updates)), ...end.W2!.map((w) => w / Math.sqrt(3 * updates))];
  expect(Math.abs(mean(sums))).toBeLessThan(4 / Math.sqrt(21));
  expect(mean(sums.map((u) => u * u))).toBeGreaterThan(1 - 4 * Math.sqrt(2 / 21));
  expect(mean(sums.map((u) => u * u))).toBeLessThan(1 + 4 * Math.sqrt(2 / 21));
  for (const [at, value] of end.C!.entries()) {
    const isVariance = at % 4 === 0;
    const standardError = Math.sqrt((isVariance ? 2 : 1) / count);
    expect(Math.abs(value / updates - Number(isVariance))).toBeLessThan(5 * standardError);
  }
  // The same seed draws the same, another one does not.
  const again = await createNetwork(options);
  again.partialFit(samples.X.flat(), samples.Y.flat());
  expect(again.weights()).toEqual(network.weights());
  const other = await createNetwork({ ...options, seed: 8 });
  other.partialFit(samples.X.flat(), samples.Y.flat());
  expect(other.weights()).not.toEqual(network.weights());
});

test('repeated steps draw anew: the deviates of a name are one stream, one after the other, wherever learning begins', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => (_, y) => {
    circuit.repeat(3, () => W1.grow(circuit.noise('at synapses', W1.each, { normal: 1 })));
    circuit.repeat(2, () => W2.learn(y, circuit.noise('in cells', cells, { uniform: 0.5 })));
  });
  const { X, Y } = samplesOf(8);
  const options = optionsOf(rule, 1, { batch: 2 });
  const { network, error, start, end } = await learnBoth(options, { X, Y });
  const stream = new RandomStream(options.seed!, 'noise at synapses');
  const sum = start.W1!.map(() => 0);
  for (let draw = 0; draw < 4 * 3; draw++) for (const i of sum.keys()) sum[i]! += Math.fround(stream.normal());
  expect(
    relativeError(
      end.W1!,
      combine(start.W1!, sum, (w, g) => w + g),
    ),
  ).toBeLessThan(1e-6);
  expect(error).toBeLessThan(2e-5);

  const first = await createNetwork(options);
  first.partialFit(X.slice(0, 4).flat(), Y.slice(0, 4).flat());
  const onward = await createNetwork({ ...options, weights: first.weights(), samplesSeen: 4 });
  onward.partialFit(X.slice(4).flat(), Y.slice(4).flat());
  expect(onward.weights()).toEqual(network.weights());
});
