import { expect, test } from 'vitest';
import { Circuit, defineRule, describeCircuit, type Signal } from '../../src/index.ts';
import { relativeError } from '../fixtures.ts';
import { learnBoth, optionsOf, plusOuter, ruleOf, samplesOf, times } from './language.ts';

const eta = 0.1;
const clipped = (w: number) => Math.min(Math.max(w, -0.2), 0.5);

/** Like `ruleOf`, with bounds of W2 and what it learns. */
function bounded(learn: (y: Signal<'label'>, z: Signal<'cells'>, circuit: Circuit) => readonly Signal<string>[]) {
  return defineRule({
    ...ruleOf(() => () => {}),
    build(circuit, { hidden: [k = 1] }) {
      const cells = circuit.population('cells', k);
      const W1 = circuit.synapses('W1', circuit.stimulus, cells, { normal: 1, fan: 'in' });
      const W2 = circuit.synapses('W2', cells, circuit.label, { constant: 0.1 }, { bounds: { min: -0.2, max: 0.5 } });
      return {
        transform: (x) => W1.drive(x),
        predict: (x) => W2.drive(W1.drive(x)),
        learn(x, y) {
          const z = W1.drive(x);
          const values = learn(y, z, circuit);
          if (values.length === 0) W2.learn(y, z);
          for (const value of values) W2.grow(W2.outer(value as Signal<'label'>, z));
          W1.learn(z, x);
        },
      };
    },
  });
}

test.each([
  ['products', bounded(() => [])],
  ['values at synapses', bounded((y) => [y])],
])('weights with bounds are clipped each time that they change by %s, and leave a bound at once', async (_, rule) => {
  const samples = samplesOf(60);
  const { error, start, end, network } = await learnBoth(optionsOf(rule), samples);
  let { W1, W2 } = start as Record<'W1' | 'W2', readonly number[]>;
  let left = 0;
  for (const [t, x] of samples.X.entries()) {
    const z = times(W1, x);
    const next = plusOuter(W2, eta, samples.Y[t]!, z).map(clipped);
    left += next.filter((w, i) => [-0.2, 0.5].includes(W2[i]!) && w !== W2[i]).length;
    W2 = next;
    W1 = plusOuter(W1, eta, z, x);
  }
  expect(left).toBeGreaterThan(3);
  expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
  expect(Math.max(...network.weights().W2!.data)).toBeLessThanOrEqual(Math.fround(0.5));
});

test('bounds are described', () => {
  const { synapses } = describeCircuit(bounded(() => []));
  expect(synapses.map(({ bounds }) => bounds)).toEqual([undefined, { min: -0.2, max: 0.5 }]);
});

test('bounds that leave nothing between them are refused', () => {
  const circuit = new Circuit(2, 2);
  const lay = () => {
    circuit.synapses('W', circuit.stimulus, circuit.label, { constant: 0 }, { bounds: { min: 1, max: 1 } });
  };
  expect(lay).toThrow('the weights of W cannot stay between 1 and 1');
});

test('the smaller, the larger and the quotient of two signals, at cells and at synapses', async () => {
  const rule = ruleOf(({ circuit, cells, W1, W2 }) => (x, y) => {
    const u = W1.drive(x);
    const v = u.times(u).plus(0.3);
    W1.learn(u.minimum(v).plus(u.maximum(0.2)).plus(u.over(v)), x);
    // min(y_i, u_j) at the synapse from j to i
    W2.grow(W2.after(y).minimum(W2.before(u)));
    W2.learn(circuit.constant(circuit.label, 0), circuit.constant(cells, 0));
  });
  const samples = samplesOf(5);
  const { error, start, end } = await learnBoth(optionsOf(rule), samples);
  let { W1, W2 } = start as Record<'W1' | 'W2', readonly number[]>;
  for (const [t, x] of samples.X.entries()) {
    const u = times(W1, x);
    const gained = u.map((u) => Math.min(u, u * u + 0.3) + Math.max(u, 0.2) + u / (u * u + 0.3));
    W2 = W2.map((w, at) => w + eta * Math.min(samples.Y[t]![Math.floor(at / 3)]!, u[at % 3]!));
    W1 = plusOuter(W1, eta, gained, x);
  }
  expect(relativeError(end.W1!, [...W1])).toBeLessThan(1e-12);
  expect(relativeError(end.W2!, [...W2])).toBeLessThan(1e-12);
  expect(error).toBeLessThan(2e-5);
});
