// Plain float64 statements of the rules, equation by equation (Golkar et al. 2020): the truth that the kernels are compared
// with. All right-hand sides are at the old weights.

import type { Matrix } from '../../src/index.ts';

export type Rows = number[][];

export interface OracleConfig {
  readonly rates: Readonly<Record<string, { readonly eta0: number; readonly t0?: number }>>;
  readonly lambda?: number;
  readonly activation?: 'linear' | 'relu' | 'tanh';
  readonly meanRate?: number;
}

export interface OracleState {
  W1: Rows;
  W2: Rows;
  Q?: Rows;
  /** Only where interneurons are decoupled. */
  R?: Rows;
  /** k × 1; zero where it is missing. */
  zbar?: Rows;
}

/** The state that these weights are. */
export function oracleState(weights: Readonly<Record<string, Matrix>>): OracleState {
  const rows = ({ rows, cols, data }: Matrix): Rows =>
    Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
  return Object.fromEntries(
    Object.entries(weights).map(([name, matrix]) => [name, rows(matrix)]),
  ) as unknown as OracleState;
}

/** The weights that this state is, but for what it lacks and the running mean. */
export function matrices({ W1, W2, Q, R }: OracleState): Record<string, Matrix> {
  const matrix = (rows: Rows): Matrix => ({
    rows: rows.length,
    cols: at(rows, 0).length,
    data: Float32Array.from(rows.flat()),
  });
  return Object.fromEntries(
    Object.entries({ W1, W2, Q, R }).flatMap(([name, rows]) => (rows ? [[name, matrix(rows)]] : [])),
  );
}

export const transpose = (A: Rows): Rows => at(A, 0).map((_, j) => A.map((row) => number(row, j)));
export const product = (A: Rows, B: Rows): Rows => {
  const columns = transpose(B);
  return A.map((row) => columns.map((column) => dot(row, column)));
};
const combine = (A: Rows, B: Rows, f: (a: number, b: number) => number): Rows =>
  A.map((row, i) => row.map((a, j) => f(a, number(at(B, i), j))));
export const add = (A: Rows, B: Rows, factor = 1): Rows => combine(A, B, (a, b) => a + factor * b);
const map = (A: Rows, f: (a: number) => number): Rows => A.map((row) => row.map(f));
export const column = (v: readonly number[]): Rows => v.map((a) => [a]);

/** One sample of BMVR: (5–7), nonlinear (9), decoupled (21, 22), with the ridge's terms. */
export function bmvrStep(state: OracleState, x: number[], y: number[], t: number, config: OracleConfig): OracleState {
  const { W1, W2, Q = [] } = state;
  const lambda = config.lambda ?? 0;
  const R = state.R ?? transpose(Q);
  const W2T = transpose(W2);
  const { z, slope, zbar } = activity(state, x, config);
  const n = product(R, z);
  const plateau = add(product(W2T, column(y)), product(Q, n), -1);
  const gram = product(W1, transpose(W1));
  const dW1 = add(product(combine(plateau, slope, times), [x]), product(product(Q, R), W1), -lambda);
  const dW2T = add(product(z, [y]), W2T, -1);
  const dQ = add(add(product(z, transpose(n)), Q, -1), product(gram, transpose(R)), lambda);
  const dR = add(add(product(n, transpose(z)), R, -1), product(R, gram), lambda);
  return {
    W1: add(W1, dW1, rate(config, 'W1', t)),
    W2: transpose(add(W2T, dW2T, rate(config, 'W2', t))),
    Q: add(Q, dQ, rate(config, 'Q', t)),
    ...(state.R && { R: add(R, dR, rate(config, 'Q', t)) }),
    zbar,
  };
}

/** One sample of backprop (2), with the ridge's terms. */
export function backpropStep(
  state: OracleState,
  x: number[],
  y: number[],
  t: number,
  config: OracleConfig,
): OracleState {
  const { W1, W2 } = state;
  const lambda = config.lambda ?? 0;
  const { z, slope, zbar } = activity(state, x, config);
  const error = add(column(y), product(W2, z), -1);
  const delta = combine(product(transpose(W2), error), slope, times);
  const dW1 = add(product(delta, [x]), product(product(transpose(W2), W2), W1), -lambda);
  const dW2 = add(product(error, transpose(z)), product(W2, product(W1, transpose(W1))), -lambda);
  return { W1: add(W1, dW1, rate(config, 'W1', t)), W2: add(W2, dW2, rate(config, 'W2', t)), zbar };
}

export const oracleSteps = { bmvr: bmvrStep, backprop: backpropStep };

/** f(W1 x) minus its running mean (24), which moves first; and f′. */
function activity(state: OracleState, x: number[], config: OracleConfig) {
  const u = product(state.W1, column(x));
  const r = map(u, functions[config.activation ?? 'linear']);
  const slope = map(u, slopes[config.activation ?? 'linear']);
  const before = state.zbar ?? map(u, () => 0);
  const zbar = add(before, add(r, before, -1), config.meanRate ?? 0);
  return { z: add(r, zbar, -1), slope, zbar };
}

const functions = { linear: (u: number) => u, relu: (u: number) => Math.max(u, 0), tanh: Math.tanh };
const slopes = {
  linear: () => 1,
  relu: (u: number) => (u > 0 ? 1 : 0),
  tanh: (u: number) => 1 - Math.tanh(u) ** 2,
};

function times(a: number, b: number): number {
  return a * b;
}

function rate(config: OracleConfig, name: string, t: number): number {
  const { eta0, t0 } = config.rates[name] ?? { eta0: Number.NaN };
  return t0 === undefined ? eta0 : eta0 / (1 + t / t0);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * number(b, i), 0);
}

function at(A: Rows, i: number): number[] {
  return A[i] ?? [];
}

function number(row: readonly number[], i: number): number {
  return row[i] ?? Number.NaN;
}
