import type { Circuit } from '../circuit/circuit.ts';
import { weightName } from '../circuit/synapses.ts';
import { allOperations, type Trace } from '../circuit/trace.ts';
import { InputError } from '../errors.ts';
import { type NetworkOptions, planNetwork } from './options.ts';

/**
 * What of a rule can be recorded while it learns: signals of cells by their symbols, and states of cells by their names, where no other signal
 * has that symbol.
 */
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
  const isState = (name: string, id: number) =>
    operations.some((each) => each.kind === 'state' && each.output === id && each.name === name);
  return new Map([
    ...states,
    ...named.filter(([symbol, id]) => !isState(symbol, id) || !states.some(([name]) => name === symbol)),
  ]);
}

/** The signal of that name. @throws InputError where there is none */
export function recordedSignal(known: ReadonlyMap<string, number>, name: string): number {
  const found = known.get(name);
  if (found !== undefined) return found;
  throw new InputError(`there is no signal "${name}" to record; there are ${[...known.keys()].join(', ')}`);
}

/** What of a network can be recorded, by its names. */
export interface Recordable {
  /** How many cells each state and signal has. */
  readonly signals: ReadonlyMap<string, number>;
  /** How many synapses there can be of each kind. */
  readonly weights: ReadonlyMap<string, number>;
}

/** What a network can record. @throws InputError as `createNetwork` does */
export function recordableOf(options: NetworkOptions): Recordable {
  const { circuit, behaviour } = planNetwork(options);
  const trace = circuit.trace((x, y) => {
    behaviour.learn(x, y);
    return undefined;
  });
  return {
    signals: new Map(
      [...recordable(trace, circuit)].map(([name, id]) => [name, circuit.size(trace.signals[id]!.population)]),
    ),
    weights: new Map(
      circuit.allSynapses.map(({ name, pre, post }) => [
        weightName(name),
        circuit.size(pre.name) * circuit.size(post.name),
      ]),
    ),
  };
}
