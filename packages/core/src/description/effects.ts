import type { Circuit } from '../circuit/circuit.ts';
import { allOperations, inputsOf, type Operation, type Trace } from '../circuit/trace.ts';
import type { Effect } from './description.ts';

/** Synapses are inhibitory if their current is subtracted wherever it arrives. */
export function findEffects(circuit: Circuit, traces: readonly Trace[]): (synapses: string) => Effect {
  const all = traces.map((trace) => ({ operations: allOperations(trace), result: trace.result }));
  const inhibitory = circuit.allSynapses.filter(({ name }) => {
    const subtracted = all.flatMap(({ operations, result }) =>
      operations.flatMap((drive) =>
        drive.kind === 'drive' && drive.synapses === name && !drive.reversed
          ? [drive.output !== result && isOnlySubtracted(drive.output, operations)]
          : [],
      ),
    );
    return subtracted.length > 0 && subtracted.every(Boolean);
  });
  return (synapses) => (inhibitory.some(({ name }) => name === synapses) ? 'inhibitory' : 'excitatory');
}

function isOnlySubtracted(signal: number, operations: readonly Operation[]): boolean {
  const uses = operations.filter((operation) => inputsOf(operation).includes(signal));
  return uses.length > 0 && uses.every((use) => isSubtraction(use, signal));
}

function isSubtraction(use: Operation, signal: number): boolean {
  if (use.kind === 'scale') return use.factor < 0;
  return use.kind === 'minus' && use.right === signal && use.left !== signal;
}
