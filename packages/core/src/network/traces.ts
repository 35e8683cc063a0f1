import type { Trace } from '../circuit/trace.ts';
import type { Blueprint } from './options.ts';

/** What a rule does with samples, as a network of it computes it. */
export interface NetworkTraces {
  readonly learn: Trace;
  readonly transform: Trace;
  /** Absent where the rule predicts no labels. */
  readonly predict?: Trace;
  /** Where the label is a second view. */
  readonly transformSecond?: Trace;
  readonly transformBoth?: Trace;
  /** What is done before the first sample, so many times. */
  readonly before?: { readonly times: number; readonly trace: Trace };
}

/** Runs everything that the rule does, once, on symbols. */
export function traceNetwork({ circuit, behaviour }: Blueprint): NetworkTraces {
  const { before, transformSecond, transformBoth } = behaviour;
  return {
    learn: circuit.trace((x, y) => {
      behaviour.learn(x, y);
      return undefined;
    }),
    transform: circuit.trace(behaviour.transform),
    ...(behaviour.predict && { predict: circuit.trace(behaviour.predict) }),
    ...(transformSecond && { transformSecond: circuit.trace((_, y) => transformSecond(y)) }),
    ...(transformBoth && { transformBoth: circuit.trace(transformBoth) }),
    ...(before && { before: { times: before.times, trace: circuit.trace(() => void before.run()) } }),
  };
}
