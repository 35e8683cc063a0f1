import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createNetwork, type Matrix } from '../src/index.ts';
import { relativeError } from './fixtures.ts';
import { type OracleConfig, type OracleState, oracleSteps, type Rows } from './oracle/oracle.ts';

// golden/: float64 trajectories of the rules, computed independently of this project. Linear cases only: nonlinear and
// decoupled networks are not part of the library yet.

interface Golden {
  readonly name: string;
  readonly rule: 'bmvr' | 'backprop';
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly config: OracleConfig & { readonly activation?: string; readonly R0?: Rows };
  readonly X: Rows;
  readonly Y: Rows;
  readonly initial: Record<string, Rows>;
  readonly checkpoints: Record<string, Record<string, Rows>>;
}

const folder = new URL('golden/', import.meta.url);
const cases = readdirSync(folder)
  .map((name): Golden => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
  .filter(({ config }) => config.activation === undefined && config.R0 === undefined);

const matrix = (rows: Rows): Matrix => ({
  rows: rows.length,
  cols: rows[0]?.length ?? 0,
  data: Float32Array.from(rows.flat()),
});

test('there are linear golden cases for both rules', () => {
  expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(['bmvr', 'backprop']));
});

describe.each(cases)('$name', ({ rule, m, k, n, config, X, Y, initial, checkpoints }) => {
  test('the float64 oracle follows it to 1e-12', () => {
    let state = initial as unknown as OracleState;
    for (const [t, x] of X.entries()) {
      state = oracleSteps[rule](state, x, Y[t] ?? [], t, config);
      for (const [name, expected] of Object.entries(checkpoints[t + 1] ?? {})) {
        const actual = state[name as keyof OracleState] ?? [];
        expect(relativeError(actual.flat(), expected.flat()), `${name} after ${t + 1}`).toBeLessThan(1e-12);
      }
    }
  });

  test('the kernels follow it to 1e-5, learning one at a time and all at once', async () => {
    const weights = Object.fromEntries(
      Object.entries(initial)
        .filter(([name]) => name in config.rates)
        .map(([name, rows]) => [name, matrix(rows)]),
    );
    const options = {
      rule,
      inputs: m,
      labels: n,
      hidden: k,
      rates: config.rates,
      weights,
      ...(config.lambda === undefined ? {} : { ridge: config.lambda }),
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
