import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Body, Operation, Rest } from '../circuit/trace.ts';
import type { Network } from '../network/network.ts';
import { hoisted } from '../network/plain/hoist.ts';
import { Reading } from '../reading/reading.ts';
import { labelAt, type Samples, scaleOf } from '../samples.ts';
import { learningOf } from './settling.ts';

/** How many samples are looked at, from the first on. */
const looked = 4;
/** The dimensions in which the largest eigenvalue is looked for. */
const dimensions = 30;
/** How far states are moved on both sides, as a part of 1 + their largest number. */
const difference = 1e-5;

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
    const drives = (states: readonly Float64Array[]) => {
      for (const [i, id] of rest.states.entries()) values[id] = [states[i]!];
      interpreter.do(changing.operations);
      return joined(rest.drives.map((id) => values[id]![0]!));
    };
    return largestEigenvalue(joined(start).length, (direction) => pull(drives, start, direction));
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

/** −∂g/∂v times a direction, by central differences. */
function pull(
  drives: (states: readonly Float64Array[]) => Float64Array,
  start: readonly Float64Array[],
  direction: Float64Array,
): Float64Array {
  const largest = start.reduce((most, state) => state.reduce((own, value) => Math.max(own, Math.abs(value)), most), 0);
  const h = difference * (1 + largest);
  const moved = (by: number) => {
    let at = 0;
    return drives(start.map((state) => state.map((value) => value + by * direction[at++]!)));
  };
  const [ahead, behind] = [moved(h), moved(-h)];
  return behind.map((value, i) => (value - ahead[i]!) / (2 * h));
}

/** The largest real part of the eigenvalues of a square matrix that is known by its products with vectors: Arnoldi's iteration. */
function largestEigenvalue(size: number, product: (vector: Float64Array) => Float64Array): number {
  // Some direction that no symmetry of weights has.
  const first = Float64Array.from({ length: size }, (_, i) => 1 + Math.sin(12.9898 * (i + 1)) / 2);
  const basis = [scaled(first, 1 / norm(first))];
  const H = Matrix.zeros(dimensions, dimensions);
  let found = 0;
  for (let j = 0; j < Math.min(size, dimensions); j++) {
    let next = product(basis[j]!);
    if (!next.every(Number.isFinite)) return Number.NaN;
    const length = norm(next);
    // Twice, since once leaves what rounding does.
    for (let again = 0; again < 2; again++) {
      for (const [i, vector] of basis.entries()) {
        const part = vector.reduce((sum, value, at) => sum + value * next[at]!, 0);
        H.set(i, j, H.get(i, j) + part);
        next = next.map((value, at) => value - part * vector[at]!);
      }
    }
    found = j + 1;
    const left = norm(next);
    if (left <= 1e-8 * length || found === dimensions) break;
    H.set(found, j, left);
    basis.push(scaled(next, 1 / left));
  }
  const { realEigenvalues } = new EigenvalueDecomposition(H.subMatrix(0, found - 1, 0, found - 1));
  return Math.max(...realEigenvalues);
}

const norm = (vector: Float64Array) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
const scaled = (vector: Float64Array, factor: number) => vector.map((value) => factor * value);

function joined(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

function inputOf(samples: Samples, t: number): Float64Array {
  const { inputs, raw, offset } = samples;
  const scale = scaleOf(samples, t);
  return Float64Array.from({ length: inputs }, (_, i) => scale * raw[t * inputs + i]! + offset);
}

function targetOf(samples: Samples, t: number): Float64Array {
  const at = labelAt(samples, t);
  return Float64Array.from(samples.targets.subarray(at, at + samples.labels));
}
