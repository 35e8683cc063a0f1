import { Circuit } from '../circuit/circuit.ts';
import { weightName } from '../circuit/synapses.ts';
import type { Change, Operation, Trace } from '../circuit/trace.ts';
import type { Matrix } from '../matrix.ts';
import { architectureOf } from '../rules/architecture.ts';
import { findRule } from '../rules/registry.ts';
import { type CircuitOptions, circuitParameters } from './describe.ts';

/** What a circuit does with one sample. */
export interface CircuitResponse {
  /** The values of the signals, in the order of `describeCircuit(…).signals`: signal 0 is the input, 1 the label. */
  readonly signals: readonly Float64Array[];
  /** What the sample changes, by the names of the weights and in their shapes: ΔW / η, the ridge's part left out. */
  readonly changes: Readonly<Record<string, Matrix>>;
}

interface Weights {
  readonly [name: string]: Matrix;
}

/**
 * What the circuit of a rule does with a sample that it learns: its equations as they stand in the trace, in float64, at the
 * given weights. Nothing is learned.
 *
 * @param options of the circuit; `hidden` is needed
 * @param weights as `Network.weights` lists them
 * @param x the input, m numbers
 * @param y the label, n numbers
 * @throws InputError for a rule or circuit that there is not
 */
export function circuitResponse(
  ruleName: string,
  options: CircuitOptions & { readonly hidden: number },
  weights: Weights,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): CircuitResponse {
  const rule = findRule(ruleName);
  const circuit = new Circuit(x.length, y.length);
  const { learn } = rule.build(circuit, architectureOf(rule, options), circuitParameters(rule, options));
  const trace = circuit.trace((input, label) => {
    learn(input, label);
    return undefined;
  });
  const signals: Float64Array[] = [Float64Array.from(x), Float64Array.from(y)];
  for (const operation of trace.operations) evaluate(operation, signals, weights);
  return { signals, changes: changesOf(trace, signals, weights) };
}

/** Computes what the operation yields. */
function evaluate(operation: Operation, signals: Float64Array[], weights: Weights): void {
  switch (operation.kind) {
    case 'drive': {
      const input = signals[operation.input]!;
      // Synapses W2ᵀ hold the transpose of W2.
      const transposed = (operation.synapses !== weightName(operation.synapses)) !== (operation.reversed !== undefined);
      signals[operation.output] = product(matrix(weights, operation.synapses), input, transposed);
      return;
    }
    case 'minus': {
      const right = signals[operation.right]!;
      signals[operation.output] = signals[operation.left]!.map((value, i) => value - right[i]!);
      return;
    }
    case 'gate': {
      const slope = signals[operation.slope]!;
      signals[operation.output] = signals[operation.input]!.map((value, i) => slope[i]! * value);
      return;
    }
    case 'activate': {
      const input = signals[operation.input]!;
      const { function: name, meanRate } = operation.activation;
      const values = input.map((u) => (name === 'relu' ? Math.max(u, 0) : Math.tanh(u)));
      signals[operation.slope] = input.map((u) => (name === 'relu' ? Number(u > 0) : 1 - Math.tanh(u) ** 2));
      signals[operation.output] =
        meanRate === undefined ? values : values.map((value, i) => value - movedMean(value, i, meanRate, weights));
    }
  }
}

/** The running mean of cell i after it has moved towards the value. */
function movedMean(value: number, i: number, rate: number, { zbar }: Weights): number {
  const before = zbar?.data[i] ?? 0;
  return before + rate * (value - before);
}

function matrix(weights: Weights, synapses: string): Matrix {
  const found = weights[weightName(synapses)];
  if (!found) throw new TypeError(`the weights of ${synapses} are missing`);
  return found;
}

/** W v, or Wᵀ v. */
function product({ rows, cols, data }: Matrix, vector: Float64Array, transposed: boolean): Float64Array {
  const result = new Float64Array(transposed ? cols : rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const weight = data[i * cols + j]!;
      if (transposed) result[j]! += weight * vector[i]!;
      else result[i]! += weight * vector[j]!;
    }
  }
  return result;
}

/** post preᵀ − decay W of each of the synapses. */
function changesOf({ changes }: Trace, signals: readonly Float64Array[], weights: Weights): Record<string, Matrix> {
  return Object.fromEntries(
    changes.map((change: Change) => {
      if ('value' in change) throw new TypeError(`a value at the synapses ${change.synapses} cannot be read yet`);
      const { synapses, post, pre, decay } = change;
      const name = weightName(synapses);
      const { rows, cols, data } = matrix(weights, name);
      const [left, right] = name === synapses ? [signals[post]!, signals[pre]!] : [signals[pre]!, signals[post]!];
      const gained = data.map((weight, at) => left[Math.floor(at / cols)]! * right[at % cols]! - decay * weight);
      return [name, { rows, cols, data: gained }];
    }),
  );
}
