import type { FunctionName } from '../circuit/functions.ts';

/** What writes operations on numbers of the same cells. */
export interface Writer {
  apply(name: FunctionName, input: number): number;
  slope(name: FunctionName, input: number): number;
  times(left: number, right: number): number;
  scaled(input: number, factor: number): number;
  constant(like: number, value: number): number;
}

/** f″(u) of each function that bends, in operations on u; where it is not there, f″ is zero wherever it is defined. */
const bends: Partial<Readonly<Record<FunctionName, (u: number, write: Writer) => number>>> = {
  // −2 f f′
  tanh: (u, { apply, slope, times, scaled }) => scaled(times(apply('tanh', u), slope('tanh', u)), -2),
  // σ′ (1 − 2σ), and 1 − 2σ(u) = −tanh(u/2)
  sigmoid: (u, { apply, slope, times, scaled }) =>
    scaled(times(slope('sigmoid', u), apply('tanh', scaled(u, 0.5))), -1),
  softplus: (u, { slope }) => slope('sigmoid', u),
  exponential: (u, { apply }) => apply('exponential', u),
  // −1/u²
  logarithm: (u, { slope }) => slope('reciprocal', u),
  // 2/u³ = −2 f f′
  reciprocal: (u, { apply, slope, times, scaled }) => scaled(times(apply('reciprocal', u), slope('reciprocal', u)), -2),
  // −2 f′³
  squareRoot: (u, { slope, times, scaled }) => {
    const f = slope('squareRoot', u);
    return scaled(times(f, times(f, f)), -2);
  },
  square: (u, { constant }) => constant(u, 2),
};

/** The signal that is f″(u); undefined where that is zero. */
export function bendOf(name: FunctionName, u: number, write: Writer): number | undefined {
  return bends[name]?.(u, write);
}
