import { InputError } from '../errors.ts';
import { type CircuitSettings, layOut } from '../rules/lay-out.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { type DoubleMatrix, type Numbers, Reading } from './reading.ts';

/** What a circuit does with one sample. */
export interface CircuitResponse {
  /**
   * The values of the signals, in the order of `describeCircuit(…).signals`: signal 0 is the input, 1 the label. One number a cell;
   * of synapses one each, postsynaptic cell after postsynaptic cell.
   */
  readonly signals: readonly Float64Array[];
  /**
   * What the sample changes, by the names of the weights and in their shapes: ΔW / η, what the ridge, optimisers and weight decay
   * add left out, and at the weights that are given in every phase.
   */
  readonly changes: Readonly<Record<string, DoubleMatrix>>;
}

/**
 * What the circuit of a rule does with a sample that it learns: its equations as they stand in the trace, in float64, at the
 * given weights. Nothing is learned.
 *
 * @param named the rule, or its name. @param settings of the circuit
 * @param weights as `Network.weights` lists them
 * @param x the input, m numbers. @param y the label, n numbers
 * @throws InputError for a rule or circuit that there is not, and weights that are missing or of another size
 */
export function circuitResponse(
  named: string | Rule,
  settings: CircuitSettings,
  weights: Readonly<Record<string, Numbers>>,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): CircuitResponse {
  const laidOut = layOut(findRule(named), settings, { inputs: x.length, labels: y.length });
  for (const { name, pre, post } of laidOut.circuit.allSynapses) {
    const found = weights[name.replace('ᵀ', '')]?.data.length;
    if (found === pre.size * post.size) continue;
    throw new InputError(`the weights of ${name} have ${found ?? 0} numbers; ${pre.size * post.size} are needed`);
  }
  const reading = new Reading({ ...laidOut, plasticity: new Map() }, { weights });
  const { signals, changes } = reading.respond([Float64Array.from(x)], [Float64Array.from(y)]);
  return { signals: signals.map(([value]) => value!), changes };
}
