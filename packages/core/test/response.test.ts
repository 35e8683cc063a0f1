import { describe, expect, test } from 'vitest';
import { circuitResponse, createNetwork, describeCircuit, type NetworkOptions } from '../src/index.ts';
import { normals, relativeError, smallOptions, toRows } from './fixtures.ts';
import { type OracleState, oracleSteps } from './oracle/oracle.ts';

const circuits: Partial<NetworkOptions>[] = [
  { ridge: 0 },
  { ridge: 0, activation: 'tanh' },
  { ridge: 0, activation: 'relu', meanRate: 0.01 },
];
const subjects = circuits
  .flatMap((circuit) => (['bmvr', 'backprop'] as const).map((rule) => ({ rule, circuit })))
  .concat(circuits.map((circuit) => ({ rule: 'bmvr' as const, circuit: { ...circuit, decoupled: true } })));

describe.each(subjects)('$rule, $circuit.activation, decoupled: $circuit.decoupled', ({ rule, circuit }) => {
  const options = smallOptions(rule, { seed: 4, ...circuit });

  test('the changes of a sample are what the oracle learns from it, at rate 1', async () => {
    const network = await createNetwork(options);
    network.partialFit(normals(1, 7 * 50), normals(2, 3 * 50));
    const weights = network.weights();
    const [x, y] = [normals(3, 7), normals(4, 3)];
    const { changes } = circuitResponse(rule, options, weights, x, y);

    const before = Object.fromEntries(
      Object.entries(weights).map(([name, { data, cols }]) => [name, toRows(data, cols)]),
    ) as unknown as OracleState;
    const { activation, meanRate } = options;
    const unit = { W1: { eta0: 1 }, W2: { eta0: 1 }, Q: { eta0: 1 } };
    const config = { rates: unit, ...(activation && { activation }), ...(meanRate !== undefined && { meanRate }) };
    const after = oracleSteps[rule](before, x, y, 0, config);
    expect(Object.keys(changes).length).toBeGreaterThan(1);
    for (const [name, { data }] of Object.entries(changes)) {
      const rows = (state: OracleState) => state[name as 'W1'].flat();
      const expected = rows(after).map((value, i) => value - rows(before)[i]!);
      expect(relativeError(data, expected), name).toBeLessThan(1e-5);
    }
  });

  test('there is a value for every signal that is described, one number a cell', async () => {
    const network = await createNetwork(options);
    const { signals } = circuitResponse(rule, options, network.weights(), normals(3, 7), normals(4, 3));
    const described = describeCircuit(rule, options).signals;
    const sizes: Record<string, number> = { stimulus: 7, label: 3 };
    expect(signals.map(({ length }) => length)).toEqual(described.map(({ population }) => sizes[population] ?? 2));
    expect(signals.every((values) => values.every(Number.isFinite))).toBe(true);
  });
});
