import { describe, expect, test } from 'vitest';
import { type CircuitSettings, circuitResponse, createNetwork, describeCircuit, Reading, rules } from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { fitting, normals, rates, relativeError } from './fixtures.ts';
import { vectors } from './readings.ts';
import { labelled, learningOf, learnsMeanwhile, parameterSets } from './registry.ts';

const sizes = { inputs: 7, labels: 3 };

/** Circuits of every rule: of one hidden layer and, where it can have them, of three, with each of its parameters. */
const subjects = rules.flatMap((rule) => {
  const circuits: CircuitSettings[] = [
    { hidden: 2 },
    { hidden: 4, activation: 'tanh' },
    { hidden: 3, activation: 'relu', meanRate: 0.01 },
  ];
  const output = rule.shape.outputs.at(-1)!;
  if (rule.shape.depth === 'any') circuits.push({ hidden: [5, 2, 4], activation: 'sigmoid', output });
  const settings = circuits.flatMap((circuit) => parameterSets(rule).map((parameters) => ({ ...circuit, parameters })));
  return settings.map((circuit) => ({ rule: rule.name, ...fitting(rule, circuit) }));
});

describe.each(subjects)('$rule, $hidden $activation, $parameters', ({ rule, ...settings }) => {
  const output = settings.output ?? 'linear';
  const { X, Y } = labelled(output, 3, { count: 21, ...sizes });
  const [x, y] = [X[20]!, Y[20]!];

  const trained = async () => {
    const options = { rule, ...sizes, ...settings, seed: 4, rates: rates(rule, { eta0: 0.02 }, settings) };
    const network = await createNetwork(options);
    network.partialFit(X.slice(0, 20).flat(), Y.slice(0, 20).flat());
    return network.weights();
  };

  test('what synapses gain from a sample is what a reading at rate 1 learns from it; at a small rate, where they go on with it', async () => {
    const weights = await trained();
    const { changes } = circuitResponse(rule, settings, weights, x, y);
    expect(Object.keys(changes).length).toBeGreaterThan(0);
    const laidOut = planNetwork({ rule, ...sizes, ...settings, rates: rates(rule, { eta0: 1 }, settings) });
    const eta0 = learnsMeanwhile(learningOf(laidOut)) ? 1e-6 : 1;
    for (const [name, { rows, cols, data }] of Object.entries(changes)) {
      // All others stay as they are, so that what a later phase sees are the same weights, too.
      const all = rates(rule, { eta0: 1e-30 }, settings);
      const blueprint = planNetwork({ rule, ...sizes, ...settings, rates: { ...all, [name]: { eta0 } } });
      // What is done before the first sample is left out, and phases that take turns are all done.
      const { before: _, turns: __, ...behaviour } = blueprint.behaviour;
      const reading = new Reading({ ...blueprint, behaviour }, { weights });
      reading.learn(vectors([x]), vectors([y]));
      const own = reading.weights()[name]!;
      expect([own.rows, own.cols]).toEqual([rows, cols]);
      const gained = Array.from(own.data, (value, i) => (value - weights[name]!.data[i]!) / eta0);
      expect(relativeError(data, gained), name).toBeLessThan(eta0 === 1 ? 1e-9 : 1e-3);
    }
  });

  test('there is a finite value for every signal that is described, one number a cell', async () => {
    const { signals } = circuitResponse(rule, settings, await trained(), x, y);
    expect(signals.every((values) => values.every(Number.isFinite))).toBe(true);
    const { circuit } = planNetwork({ rule, ...sizes, ...settings, rates: rates(rule, { eta0: 1 }, settings) });
    const described = describeCircuit(rule, settings).signals;
    expect(signals.map(({ length }) => length)).toEqual(described.map(({ population }) => circuit.size(population)));
  });
});

test('weights that are missing or of another size are refused', () => {
  const [x, y] = [normals(1, 7), normals(2, 3)];
  const W1 = { rows: 2, cols: 7, data: new Float32Array(14) };
  expect(() => circuitResponse('backprop', { hidden: 2 }, { W1 }, x, y)).toThrow(
    'the weights of W2 have 0 numbers; 6 are needed',
  );
});
