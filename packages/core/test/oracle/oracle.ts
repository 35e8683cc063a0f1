// Plain float64 statements of the rules, equation by equation: the truth that the kernels are compared with.

export type Rows = number[][];

export interface OracleConfig {
  readonly rates: Readonly<Record<string, { readonly eta0: number; readonly t0?: number }>>;
  readonly lambda?: number;
}

export interface OracleState {
  W1: Rows;
  W2: Rows;
  Q?: Rows;
}

export const transpose = (A: Rows): Rows => at(A, 0).map((_, j) => A.map((row) => number(row, j)));
export const product = (A: Rows, B: Rows): Rows => {
  const columns = transpose(B);
  return A.map((row) => columns.map((column) => dot(row, column)));
};
const combine = (A: Rows, B: Rows, f: (a: number, b: number) => number): Rows =>
  A.map((row, i) => row.map((a, j) => f(a, number(at(B, i), j))));
export const add = (A: Rows, B: Rows, factor = 1): Rows => combine(A, B, (a, b) => a + factor * b);
export const column = (v: readonly number[]): Rows => v.map((a) => [a]);

/** One sample of BMVR (5–7) with the ridge's terms, all right-hand sides at the old weights. */
export function bmvrStep(state: OracleState, x: number[], y: number[], t: number, config: OracleConfig): OracleState {
  const { W1, W2, Q = [] } = state;
  const lambda = config.lambda ?? 0;
  const W2T = transpose(W2);
  const z = product(W1, column(x));
  const n = product(transpose(Q), z);
  const plateau = add(product(W2T, column(y)), product(Q, n), -1);
  const QQ = product(Q, transpose(Q));
  const dW1 = add(product(plateau, [x]), product(QQ, W1), -lambda);
  const dW2T = add(product(z, [y]), W2T, -1);
  const dQ = add(add(product(z, transpose(n)), Q, -1), product(product(W1, transpose(W1)), Q), lambda);
  return {
    W1: add(W1, dW1, rate(config, 'W1', t)),
    W2: transpose(add(W2T, dW2T, rate(config, 'W2', t))),
    Q: add(Q, dQ, rate(config, 'Q', t)),
  };
}

/** One sample of backprop (2) with the ridge's terms. */
export function backpropStep(
  state: OracleState,
  x: number[],
  y: number[],
  t: number,
  config: OracleConfig,
): OracleState {
  const { W1, W2 } = state;
  const lambda = config.lambda ?? 0;
  const z = product(W1, column(x));
  const error = add(column(y), product(W2, z), -1);
  const delta = product(transpose(W2), error);
  const dW1 = add(product(delta, [x]), product(product(transpose(W2), W2), W1), -lambda);
  const dW2 = add(product(error, transpose(z)), product(W2, product(W1, transpose(W1))), -lambda);
  return { W1: add(W1, dW1, rate(config, 'W1', t)), W2: add(W2, dW2, rate(config, 'W2', t)) };
}

export const oracleSteps = { bmvr: bmvrStep, backprop: backpropStep };

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
