import { weightName } from '../circuit/synapses.ts';
import { allChanges, allOperations, type Trace } from '../circuit/trace.ts';
import type { Gradient } from '../gradient/differentiate.ts';
import type { LaidOut } from '../rules/lay-out.ts';

/** What of a rule can be compared with gradient descent. */
export interface Pairs {
  /** The synapses that learn and that the gradient changes, too. */
  readonly updates: readonly string[];
  /**
   * By synapses that carry what is predicted, once, and are taught once, not in what is repeated: the signal that teaches them, and
   * backprop's δ at their end.
   */
  readonly signals: readonly { readonly synapses: string; readonly teaching: number; readonly delta: number }[];
  /** Synapses that run the other way than some on the way of what is predicted. */
  readonly feedback: readonly { readonly synapses: string; readonly forward: string }[];
}

/** Finds what can be compared: from the traces, whatever the rule. */
export function findPairs({ circuit }: LaidOut, learn: Trace, gradient: Gradient): Pairs {
  const changes = allChanges(learn);
  const carried = new Set(gradient.changes.map(({ synapses }) => synapses));
  const updates = circuit.allSynapses.filter(({ name }) => {
    return carried.has(name) && changes.some(({ synapses }) => synapses === name);
  });
  const drives = allOperations(gradient).flatMap((each) => (each.kind === 'drive' ? [each] : []));
  const repeated = allOperations(learn).flatMap((each) => (each.kind === 'repeat' ? allChanges(each.body) : []));
  const signals = changes.flatMap((change) => {
    const { synapses: name } = change;
    // The synapses of a population that always fires are taught by what teaches the others at their end.
    if ('value' in change || circuit.synapsesOf(name).options.bias || repeated.includes(change)) return [];
    if (changes.filter(({ synapses }) => synapses === name).length > 1) return [];
    const deltas = drives.flatMap(({ synapses, reversed, output }) => {
      const delta = synapses === name && reversed === undefined ? gradient.of.get(output) : undefined;
      return delta === undefined ? [] : [delta];
    });
    return deltas.length === 1 ? [{ synapses: name, teaching: change.post, delta: deltas[0]! }] : [];
  });
  const forward = circuit.allSynapses.filter(({ name }) => {
    return drives.some(({ synapses, reversed }) => synapses === name && reversed === undefined);
  });
  const feedback = circuit.allSynapses.flatMap(({ name, pre, post }) => {
    if (carried.has(name)) return [];
    const other = forward.find((each) => each.pre.name === post.name && each.post.name === pre.name);
    const isUsed = allOperations(learn).some((each) => each.kind === 'drive' && each.synapses === name);
    return other && isUsed ? [{ synapses: name, forward: other.name }] : [];
  });
  return { updates: updates.map(({ name }) => name), signals, feedback };
}

/** The names of the readings: `W1.update`, `W1.signal.per-sample`, `B1.weights`, and their ratios of norms. */
export function readingNames({ updates, signals, feedback }: Pairs): readonly string[] {
  return [
    ...updates.flatMap((name) => [`${weightName(name)}.update`, `${weightName(name)}.update.ratio`]),
    ...signals.flatMap(({ synapses }) =>
      ['per-sample', 'batch-mean', 'flattened', 'ratio'].map((what) => `${weightName(synapses)}.signal.${what}`),
    ),
    ...feedback.flatMap(({ synapses }) => [`${weightName(synapses)}.weights`, `${weightName(synapses)}.weights.ratio`]),
  ];
}
