import type { Circuit } from '../circuit/circuit.ts';
import { allOperations, type Trace } from '../circuit/trace.ts';
import { InputError } from '../errors.ts';

/** What of a rule can be recorded while it learns: states of cells by their names, and signals of cells by their symbols. */
export function recordable(trace: Trace, circuit: Circuit): ReadonlyMap<string, number> {
  const operations = allOperations(trace);
  const inCells = (id: number) => !circuit.isAtSynapses(trace.signals[id]!.population);
  const named = trace.signals.flatMap(({ id, symbol }) =>
    symbol !== undefined && inCells(id) ? [[symbol, id] as const] : [],
  );
  // A state is what it becomes at the end of the step.
  const states = operations.flatMap((each) => {
    if (each.kind !== 'state' || !inCells(each.output)) return [];
    const becomes = operations.find((other) => other.kind === 'become' && other.state === each.output);
    return becomes?.kind === 'become' ? [[each.name, becomes.next] as const] : [];
  });
  return new Map([...named, ...states]);
}

/** The signal of that name. @throws InputError where there is none */
export function recordedSignal(trace: Trace, circuit: Circuit, name: string): number {
  const known = recordable(trace, circuit);
  const found = known.get(name);
  if (found !== undefined) return found;
  throw new InputError(`there is no signal "${name}" to record; there are ${[...known.keys()].join(', ')}`);
}
