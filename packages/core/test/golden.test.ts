import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, type Rate, Reading } from '../src/index.ts';
import { planNetwork } from '../src/network/options.ts';
import { relativeError } from './fixtures.ts';
import { matrixOf, type Rows } from './golden-rules.ts';
import { vectors } from './readings.ts';

// golden/: float64 trajectories of the rules, computed independently of this project.

interface Golden {
  readonly name: string;
  readonly rule: 'bmvr' | 'backprop';
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly config: {
    readonly rates: Readonly<Record<string, Rate>>;
    readonly lambda?: number;
    readonly activation?: 'linear' | 'relu';
    readonly meanRate?: number;
    readonly R0?: Rows;
  };
  readonly X: Rows;
  readonly Y: Rows;
  readonly initial: Record<string, Rows>;
  readonly checkpoints: Record<string, Record<string, Rows | number[]>>;
}

const folder = new URL('golden/', import.meta.url);
const cases = readdirSync(folder).map((name): Golden => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

test('there are golden cases for both rules, linear and not, coupled and not', () => {
  const kinds = cases.map(
    ({ rule, config }) => `${rule} ${config.activation ?? 'linear'} ${config.R0 ? 'decoupled' : ''}`,
  );
  expect(new Set(kinds)).toEqual(
    new Set([
      'bmvr linear ',
      'bmvr linear decoupled',
      'bmvr relu ',
      'bmvr relu decoupled',
      'backprop linear ',
      'backprop relu ',
    ]),
  );
});

describe.each(cases)('$name', ({ rule, m, k, n, config, X, Y, initial, checkpoints }) => {
  const { rates, lambda, activation, meanRate, R0 } = config;
  const starts = Object.entries({ ...initial, ...(R0 && { R: R0 }) }).filter(([name]) => name in rates || name === 'R');
  const options: NetworkOptions = {
    ...{ rule, inputs: m, labels: n, hidden: k, rates },
    weights: Object.fromEntries(starts.map(([name, rows]) => [name, matrixOf(rows)])),
    ...(lambda !== undefined && { ridge: lambda }),
    ...(activation && { activation }),
    ...(meanRate !== undefined && { meanRate }),
    ...(R0 && { decoupled: true }),
  };

  test('the float64 reading of the rule follows it to 1e-12', () => {
    const weights = Object.fromEntries(
      starts.map(([name, rows]) => [name, { rows: rows.length, cols: rows[0]!.length, data: rows.flat() }]),
    );
    const reading = new Reading(planNetwork(options), { weights, ...(lambda !== undefined && { ridge: lambda }) });
    for (const [t, x] of X.entries()) {
      reading.learn(vectors([x]), vectors([Y[t]!]));
      for (const [name, expected] of Object.entries(checkpoints[t + 1] ?? {})) {
        const { data } = reading.weights()[name]!;
        expect(relativeError(data, expected.flat()), `${name} after ${t + 1}`).toBeLessThan(1e-12);
      }
    }
  });

  test('the kernels follow it to 1e-5, learning one at a time and all at once', async () => {
    const network = await createNetwork(options);
    for (const [t, x] of X.entries()) {
      network.learn(x, Y[t] ?? []);
      const actual = network.weights();
      for (const [name, expected] of Object.entries(checkpoints[t + 1] ?? {})) {
        expect(relativeError(actual[name]?.data ?? [], expected.flat()), `${name} after ${t + 1}`).toBeLessThan(1e-5);
      }
    }
    const whole = await createNetwork(options);
    whole.partialFit(X.flat(), Y.flat());
    expect(whole.weights()).toEqual(network.weights());
  });
});
