import type { Body, Operation, Rest } from '../circuit/trace.ts';
import type { Network } from '../network/network.ts';
import { hoisted } from '../network/plain/hoist.ts';
import { Reading } from '../reading/reading.ts';
import type { Samples } from '../samples.ts';
import { inputOf, targetOf } from './one-sample.ts';
import { largestPull } from './pull.ts';
import { learningOf } from './settling.ts';

/** How many samples are looked at, from the first on. */
const looked = 4;

/** How strongly what settles is drawn back where settling begins, and how strongly it can be for steps to settle. */
export interface SettlingCurvature {
  /**
   * The largest real part of the eigenvalues of −∂g/∂v, g being what drives the states v: of predictive coding the largest curvature of
   * the energy. The largest of the first four samples, found in 30 dimensions (Arnoldi), of more states from below.
   */
  readonly largest: number;
  /** What it has to be below: 2 / γ of plain steps of size γ, 2 (1 + μ) / γ with momentum; absent where it is not known. */
  readonly stableBelow?: number;
}

/**
 * The curvature of what settles in a network, at its present weights, where settling begins, with the first samples of a data set and
 * their labels. Undefined of rules that do not say what drives the states that settle.
 */
export function settlingCurvature(network: Network, samples: Samples): SettlingCurvature | undefined {
  const trace = learningOf(network.blueprint);
  const found = findSettling(trace);
  if (!found) return undefined;
  const { before, rest, body } = found;
  const reading = new Reading(network.blueprint, { weights: network.weights() });
  const each = Array.from({ length: Math.min(looked, samples.count) }, (_, t) => {
    const interpreter = reading.interpreter(trace, [inputOf(samples, t)], [targetOf(samples, t)]);
    const { values } = interpreter;
    interpreter.do(before);
    const { before: still, body: changing } = hoisted(body);
    interpreter.do(still);
    const start = rest.states.map((id) => values[id]![0]!);
    return largestPull((states) => {
      for (const [i, id] of rest.states.entries()) values[id] = [states[i]!];
      interpreter.do(changing.operations);
      return rest.drives.map((id) => values[id]![0]!);
    }, start);
  });
  const { stableBelow } = rest;
  return { largest: Math.max(...each), ...(stableBelow !== undefined && { stableBelow }) };
}

/**
 * Says that a network's steps of settling are too large where settling begins, if they are known to be, at its present weights with the
 * first samples of a data set: γ times the curvature is 2 or more.
 */
export function settlingWarning(network: Network, samples: Samples): string | undefined {
  const { largest = 0, stableBelow = Number.POSITIVE_INFINITY } = settlingCurvature(network, samples) ?? {};
  if (!(largest >= stableBelow)) return undefined;
  const part = stableBelow / largest;
  const { gamma } = network.parameters;
  const digits = (value: number) => String(Number(value.toPrecision(3)));
  const smaller =
    typeof gamma === 'number'
      ? `gamma is ${digits(gamma)}: use less than ${digits(gamma * part)}`
      : `use steps of ${digits(part)} times their size at most`;
  return `steps of settling are too large where it begins: the curvature is ${digits(largest)}, and they settle where it is below ${digits(stableBelow)}; ${smaller}, or smaller weights and learning rates`;
}

export interface FoundSettling {
  readonly before: readonly Operation[];
  readonly rest: Rest;
  readonly body: Body;
}

/** The first repeated body that says what drives its states, and what is done before it. */
export function findSettling({ operations }: Body): FoundSettling | undefined {
  const place = operations.findIndex((each) => 'body' in each && each.kind !== 'equilibrium');
  const found = operations[place];
  const before = operations.slice(0, place);
  if (found?.kind === 'repeat' && found.rest) return { before, rest: found.rest, body: found.body };
  if (found?.kind !== 'phase') return undefined;
  const within = findSettling(found.body);
  return within && { ...within, before: [...before, ...within.before] };
}
