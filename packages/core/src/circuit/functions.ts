/**
 * A function of one number that cells or synapses apply to what they have: f(u), with its slope f′(u). In float64, for readings of
 * a trace; the kernels have the same table in float32 (src/kernels/functions.ts).
 */
export interface PointwiseFunction {
  value(u: number): number;
  slope(u: number): number;
  /** `f(u)` in symbols, the argument being written already. */
  write(argument: string): string;
}

const sigmoid = (u: number) => (u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u)));
const called = (name: string) => (argument: string) => `${name}(${argument})`;

/** All functions that a rule can put signals through. */
export const functions = {
  identity: { value: (u) => u, slope: () => 1, write: (argument) => argument },
  relu: { value: (u) => Math.max(u, 0), slope: (u) => Number(u > 0), write: (u) => `max(${u}, 0)` },
  tanh: { value: Math.tanh, slope: (u) => 1 - Math.tanh(u) ** 2, write: called('tanh') },
  sigmoid: { value: sigmoid, slope: (u) => sigmoid(u) * sigmoid(-u), write: called('σ') },
  softplus: {
    value: (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))),
    slope: sigmoid,
    write: (u) => `ln(1 + exp(${u}))`,
  },
  exponential: { value: Math.exp, slope: Math.exp, write: called('exp') },
  logarithm: { value: Math.log, slope: (u) => 1 / u, write: called('ln') },
  reciprocal: { value: (u) => 1 / u, slope: (u) => -1 / (u * u), write: (u) => `1/(${u})` },
  squareRoot: { value: Math.sqrt, slope: (u) => 1 / (2 * Math.sqrt(u)), write: called('√') },
  square: { value: (u) => u * u, slope: (u) => 2 * u, write: (u) => `(${u})²` },
  absolute: { value: Math.abs, slope: Math.sign, write: (u) => `|${u}|` },
  sign: { value: Math.sign, slope: () => 0, write: called('sign') },
  step: { value: (u) => Number(u > 0), slope: () => 0, write: (u) => `[${u} > 0]` },
} as const satisfies Record<string, PointwiseFunction>;

/** The name of one of them. */
export type FunctionName = keyof typeof functions;
