import { expect, test } from 'vitest';
import { differentiate } from '../../src/gradient/differentiate.ts';
import { Circuit, defineRule, layOut, type Population, Reading, type Signal, type Trace } from '../../src/index.ts';
import { meanOuter } from '../../src/reading/values.ts';
import { vectors } from '../readings.ts';

// What is predicted, differentiated as a trace, against central differences: of each operation that can be.

type Cells = Population<string>;
type Make = (u: Signal<string>, circuit: Circuit, cells: Cells) => Signal<string>;

const operations: Record<string, Make> = {
  plus: (u) => u.plus(u.through('tanh')),
  minus: (u) => u.through('sigmoid').minus(u),
  'minus a number': (u) => u.minus(0.3),
  multiply: (u) => u.times(u.through('tanh')),
  scale: (u) => u.times(-1.7),
  softmax: (u) => u.softmax(),
  pool: (u) => u.pooled().times(u),
  softplus: (u) => u.through('softplus'),
  exponential: (u) => u.through('exponential'),
  square: (u) => u.through('square'),
  'a reciprocal of what is never zero': (u) => u.through('square').plus(1).through('reciprocal'),
  'a root and a logarithm of what is positive': (u) =>
    u.through('exponential').through('squareRoot').plus(1).through('logarithm'),
  'slopes of functions that are smooth': (u) =>
    (['identity', 'tanh', 'sigmoid', 'softplus', 'exponential', 'square'] as const)
      .map((name, i) => u.slope(name).times(0.3 + 0.2 * i))
      .reduce((sum, each) => sum.plus(each)),
  'slopes of functions of what is positive': (u) => {
    const positive = u.through('square').plus(0.5);
    return positive.slope('reciprocal').plus(positive.slope('squareRoot')).minus(positive.slope('logarithm'));
  },
  'slopes that are steps': (u) => u.times(u.slope('relu')).plus(u.slope('absolute').times(0.2)),
  'what gets through the slope of an activity': (u, circuit) => {
    const { output, gate } = circuit.activity(u, { function: 'tanh' });
    return output.plus(gate(u.through('sigmoid')));
  },
  'what settles': settled,
  'activity with a running mean': (u, circuit) => circuit.activity(u, { function: 'tanh', meanRate: 0.1 }).output,
};

/** What settles in three steps, driven by u and by itself, beside a state that lasts. */
function settled(u: Signal<string>, circuit: Circuit, cells: Cells): Signal<string> {
  const s = circuit.state('s', cells, 0.2);
  const t = circuit.state('t', cells, u);
  const kept = circuit.state('kept', cells, 0.5, 'ever');
  circuit.repeat(3, () => {
    s.becomes(s.plus(u.plus(t).through('tanh').minus(s).times(0.4)));
    t.becomes(s.times(kept).plus(t.times(0.3)));
  });
  return s.plus(t);
}

/** A rule that only predicts: W2 (what is made of W1 x), and W2 again in reverse and forward. */
const ruleOf = (make: Make) =>
  defineRule({
    name: 'example',
    title: 'Example',
    year: 2026,
    source: 'a test',
    shape: { depth: 'one', outputs: ['linear'], biases: false },
    parameters: {},
    build(circuit, { hidden: [k = 1] }) {
      const cells = circuit.population('cells', k);
      const W1 = circuit.synapses('W1', circuit.stimulus, cells, { normal: 1 });
      const W2 = circuit.synapses('W2', cells, circuit.label, { normal: 1 });
      const predict = (x: Signal<'stimulus'>) => {
        const z = make(W1.drive(x), circuit, cells) as Signal<'cells'>;
        return W2.drive(z.plus(W2.transposed().drive(W2.drive(z)).times(0.1)));
      };
      return {
        transform: (x) => W1.drive(x),
        predict,
        learn: (x, y) => W2.learn(y, make(W1.drive(x), circuit, cells) as Signal<'cells'>),
      };
    },
  });

const sizes = { inputs: 3, labels: 2 };
const X = vectors([
  [0.3, -0.8, 1.1],
  [-0.5, 0.2, 0.7],
]);
const Y = vectors([
  [1, 0],
  [0.2, -0.4],
]);
const weights = {
  W1: { rows: 4, cols: 3, data: [0.4, -0.3, 0.2, 0.7, 0.1, -0.6, -0.2, 0.5, 0.3, 0.6, -0.4, 0.8] },
  W2: { rows: 2, cols: 4, data: [0.5, -0.2, 0.3, 0.1, -0.7, 0.4, 0.2, -0.3] },
};

test.each(Object.entries(operations))('of %s', (_, make) => {
  const laidOut = layOut(ruleOf(make), { hidden: 4 }, sizes);
  const predict: Trace = laidOut.circuit.trace(laidOut.behaviour.predict!);
  const gradient = differentiate(predict, 'squared');
  const compute = (trace: Trace, at: typeof weights) => {
    const reading = new Reading({ ...laidOut, plasticity: new Map() }, { weights: { ...at, zbar: mean } });
    return reading.compute(trace, X, Y);
  };
  const mean = { rows: 4, cols: 1, data: [0.1, -0.2, 0.3, 0] };
  const values = compute(gradient, weights);
  const lossAt = (at: typeof weights) => {
    const predicted = compute(predict, at)[predict.result!]!;
    const errors = predicted.map((p, s) => p.reduce((sum, value, i) => sum + (Y[s]![i]! - value) ** 2 / 2, 0));
    return errors.reduce((a, b) => a + b) / X.length;
  };
  for (const name of ['W1', 'W2'] as const) {
    const found = new Float64Array(weights[name].data.length);
    for (const { synapses, post, pre } of gradient.changes) {
      if (synapses !== name) continue;
      for (const [i, value] of meanOuter(values[post]!, values[pre]!).entries()) found[i]! += value;
    }
    weights[name].data.forEach((_, i) => {
      const shifted = (step: number) => {
        const data = weights[name].data.map((value, at) => (at === i ? value + step : value));
        return lossAt({ ...weights, [name]: { ...weights[name], data } });
      };
      expect(found[i], `${name} ${i}`).toBeCloseTo((shifted(-1e-5) - shifted(1e-5)) / 2e-5, 7);
    });
  }
});

test('what has no derivative here is refused', () => {
  const circuit = new Circuit(2, 2);
  const B = circuit.fixed('B', circuit.stimulus, circuit.label, { normal: 1 });
  const learning = circuit.trace((x) => {
    circuit.phase('sleep', () => x.times(2));
    return B.drive(x);
  });
  expect(() => differentiate(learning, 'squared')).toThrow('the derivative of a phase is not known');
  const byValue = circuit.trace((x) => B.with(B.weights().through('absolute')).drive(x));
  expect(() => differentiate(byValue, 'squared')).toThrow('the derivative of a value in the place of weights');
  expect(() => differentiate(circuit.trace(B.drive.bind(B)), 'cross-entropy')).toThrow('behind sigmoid and softmax');
});
