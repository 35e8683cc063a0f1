import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type Matrix, type NetworkOptions } from '../src/index.ts';
import { relativeError } from './fixtures.ts';
import { type OracleConfig, type OracleState, oracleSteps, type Rows } from './oracle/oracle.ts';

// golden/: float64 trajectories of the rules, computed independently of this project.

interface Golden {
  readonly name: string;
  readonly rule: 'bmvr' | 'backprop';
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly config: OracleConfig & { readonly R0?: Rows };
  readonly X: Rows;
  readonly Y: Rows;
  readonly initial: Record<string, Rows>;
  readonly checkpoints: Record<string, Record<string, Rows | number[]>>;
}

const folder = new URL('golden/', import.meta.url);
const cases = readdirSync(folder).map((name): Golden => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));

const matrix = (rows: Rows): Matrix => ({
  rows: rows.length,
  cols: rows[0]?.length ?? 0,
  data: Float32Array.from(rows.flat()),
});

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
  test('the float64 oracle follows it to 1e-12', () => {
    let state = { ...initial, ...(config.R0 && { R: config.R0 }) } as unknown as OracleState;
    for (const [t, x] of X.entries()) {
      state = oracleSteps[rule](state, x, Y[t] ?? [], t, config);
      for (const [name, expected] of Object.entries(checkpoints[t + 1] ?? {})) {
        const actual = state[name as keyof OracleState] ?? [];
        expect(relativeError(actual.flat(), expected.flat()), `${name} after ${t + 1}`).toBeLessThan(1e-12);
      }
    }
  });

  test('the kernels follow it to 1e-5, learning one at a time and all at once', async () => {
    const starts = { ...initial, ...(config.R0 && { R: config.R0 }) };
    const options: NetworkOptions = {
      rule,
      inputs: m,
      labels: n,
      hidden: k,
      rates: config.rates,
      weights: Object.fromEntries(
        Object.entries(starts).flatMap(([name, rows]) =>
          name in config.rates || name === 'R' ? [[name, matrix(rows)]] : [],
        ),
      ),
      ...(config.lambda !== undefined && { ridge: config.lambda }),
      ...(config.activation && { activation: config.activation }),
      ...(config.meanRate !== undefined && { meanRate: config.meanRate }),
      ...(config.R0 && { decoupled: true }),
    };
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
